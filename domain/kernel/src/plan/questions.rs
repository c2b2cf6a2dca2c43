//! The questions behind a plan: what must be asked of a history, and what the answers together say of each segment.
//!
//! ```text
//!   questions      logins ≥ 3 in 7d     plan is pro     no purchase in 30d         asked of the history, one bit each
//!                        └───────┬───────────┘                 │
//!   logic                       and ────────────── or ─────────┘                   worked out from the bits
//!   segments                                    loyal
//! ```
//! Who keeps one bit for each question and customer need ask again only what a new fact can touch, or what has lapsed;
//! the segments follow from the bits without looking at the history.

use facts::{Calendar, History, Reading, Timestamp};

use super::{Likeness, Node, Plan, Scratch};
use crate::{leaves::Notes, moment::Moment};

/// The number of a question of one plan, from 0.
pub type Question = u32;

/// The questions of a plan. They belong to the plan they were made from and to no other.
#[derive(Debug)]
pub struct Questions {
    /// The node that is asked.
    nodes: Vec<usize>,
    /// For each node the question it is, if it is one.
    by_node: Vec<Option<Question>>,
    /// For each question the segments whose answer hangs on it, rising.
    segments: Vec<Vec<u32>>,
}

/// Memory for working out segments from answers, used again for the next customer.
#[derive(Debug, Default)]
pub struct Working {
    /// For each node the round in which it was worked out, and what came of it.
    known: Vec<(u32, bool)>,
    round: u32,
}

impl Questions {
    /// The questions of a plan.
    pub fn of(plan: &Plan) -> Questions {
        let mut by_node = vec![None; plan.nodes.len()];
        let mut nodes = vec![];
        let mut segments: Vec<Vec<u32>> = vec![];
        let mut seen = vec![u32::MAX; plan.nodes.len()];
        for (segment, root) in plan.roots.iter().enumerate() {
            let segment = segment as u32;
            let mut open = vec![*root];
            while let Some(node) = open.pop() {
                if std::mem::replace(&mut seen[node], segment) == segment {
                    continue;
                }
                match &plan.nodes[node] {
                    Node::All(parts) | Node::Any(parts) => open.extend(parts),
                    Node::Not(inner) => open.push(*inner),
                    Node::Segment(number) => open.push(plan.roots[*number]),
                    Node::Some { .. }
                    | Node::Contacts { .. }
                    | Node::Company(_)
                    | Node::Points { .. }
                    | Node::Stay { .. }
                    | Node::Strength { .. }
                    | Node::Rank { .. }
                    | Node::Leaf(_) => {
                        let question = *by_node[node].get_or_insert_with(|| {
                            nodes.push(node);
                            segments.push(vec![]);
                            nodes.len() as u32 - 1
                        });
                        segments[question as usize].push(segment);
                    }
                }
            }
        }
        Questions { nodes, by_node, segments }
    }

    /// How many there are.
    pub fn n(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn node<'p>(&self, plan: &'p Plan, question: Question) -> &'p Node {
        &plan.nodes[self.nodes[question as usize]]
    }

    /// The node of each question.
    pub(crate) fn nodes(&self) -> &[usize] {
        &self.nodes
    }

    /// What a question asks, as a number that equal questions share.
    pub fn likeness(&self, likeness: &Likeness, question: Question) -> u32 {
        likeness.of_node(self.nodes[question as usize])
    }

    /// The segments whose answer hangs on a question, rising.
    pub fn segments(&self, question: Question) -> &[u32] {
        &self.segments[question as usize]
    }

    /// Asks one question of the history of a known customer.
    pub fn ask(
        &self,
        plan: &Plan,
        question: Question,
        (history, at): (&History, Timestamp),
        calendar: &Calendar,
        scratch: &mut Scratch,
    ) -> Reading<bool> {
        let moment = Moment::new(history, calendar, at);
        let node = self.nodes[question as usize];
        if let Node::Leaf(leaf) = &plan.nodes[node] {
            return moment.answer(leaf, &mut Notes::None).reading;
        }
        scratch.answers.clear();
        scratch.answers.resize(plan.nodes.len(), None);
        plan.answer(node, moment, scratch)
    }

    /// Whether a known customer is in a segment, by the answers to its questions.
    pub fn holds(
        &self,
        plan: &Plan,
        segment: u32,
        answer: &impl Fn(Question) -> bool,
        working: &mut Working,
    ) -> bool {
        self.node_holds(plan, plan.roots[segment as usize], answer, working)
    }

    fn node_holds(
        &self,
        plan: &Plan,
        node: usize,
        answer: &impl Fn(Question) -> bool,
        working: &mut Working,
    ) -> bool {
        if let Some(question) = self.by_node[node] {
            return answer(question);
        }
        if working.known[node].0 == working.round {
            return working.known[node].1;
        }
        let mut holds = |node: usize| self.node_holds(plan, node, answer, working);
        let value = match &plan.nodes[node] {
            Node::All(parts) => parts.iter().all(|part| holds(*part)),
            Node::Any(parts) => parts.iter().any(|part| holds(*part)),
            Node::Not(inner) => !holds(*inner),
            Node::Segment(number) => holds(plan.roots[*number]),
            Node::Some { .. }
            | Node::Contacts { .. }
            | Node::Company(_)
            | Node::Points { .. }
            | Node::Stay { .. }
            | Node::Strength { .. }
            | Node::Rank { .. }
            | Node::Leaf(_) => {
                unreachable!("what is asked of the history has a number")
            }
        };
        working.known[node] = (working.round, value);
        value
    }
}

impl Working {
    /// Begins with the next customer, or with changed answers.
    pub fn begin(&mut self, plan: &Plan) {
        if self.known.len() != plan.nodes.len() || self.round == u32::MAX {
            self.known.clear();
            self.known.resize(plan.nodes.len(), (0, false));
            self.round = 0;
        }
        self.round += 1;
    }
}
