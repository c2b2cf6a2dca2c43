//! Which parts of two plans ask the same.

use std::collections::HashMap;

use super::{Node, Plan};

/// Numbers what plans ask: equal parts of all plans that it has read share a number, and only they.
#[derive(Debug, Default)]
pub struct Likenesses {
    /// Each part as it is written, with the numbers of its own parts.
    known: HashMap<String, u32>,
}

/// The numbers of one plan.
#[derive(Debug)]
pub struct Likeness {
    nodes: Vec<u32>,
    segments: Vec<u32>,
}

impl Likenesses {
    /// Numbers a plan. Segments are told apart by what they ask, not by their ids.
    pub fn read(&mut self, plan: &Plan) -> Likeness {
        let mut found = vec![None; plan.nodes.len()];
        let all = 0..plan.nodes.len();
        let nodes: Vec<u32> = all.map(|node| self.number(plan, node, &mut found)).collect();
        let segments = plan.roots.iter().map(|root| nodes[*root]).collect();
        Likeness { nodes, segments }
    }

    fn number(&mut self, plan: &Plan, node: usize, found: &mut Vec<Option<u32>>) -> u32 {
        if let Some(number) = found[node] {
            return number;
        }
        let (word, parts) = written(plan, node);
        let parts: Vec<u32> =
            parts.into_iter().map(|part| self.number(plan, part, found)).collect();
        let next = self.known.len() as u32;
        let number = *self.known.entry(format!("{word} {parts:?}")).or_insert(next);
        found[node] = Some(number);
        number
    }
}

impl Likeness {
    /// The number of what a segment asks.
    pub fn of_segment(&self, segment: usize) -> u32 {
        self.segments[segment]
    }

    pub(super) fn of_node(&self, node: usize) -> u32 {
        self.nodes[node]
    }
}

/// What a node is, and the nodes it is made of.
fn written(plan: &Plan, node: usize) -> (String, Vec<usize>) {
    let root = |number: &usize| plan.roots[*number];
    match &plan.nodes[node] {
        Node::All(parts) => ("all".into(), parts.clone()),
        Node::Any(parts) => ("any".into(), parts.clone()),
        Node::Not(inner) => ("not".into(), vec![*inner]),
        Node::Segment(number) => ("known".into(), vec![root(number)]),
        Node::Some { property, of, satisfies } => {
            (format!("some {property:?} of {of:?}"), vec![*satisfies])
        }
        Node::Contacts { how_many, satisfies } => {
            (format!("contacts {how_many:?}"), vec![*satisfies])
        }
        Node::Company(inner) => ("company".into(), vec![*inner]),
        Node::Points { parts, test } => {
            let (weights, parts): (Vec<i32>, Vec<usize>) = parts.iter().copied().unzip();
            (format!("points {weights:?} {test:?}"), parts)
        }
        Node::Stay { segment, test } => (format!("stay {test:?}"), vec![root(segment)]),
        Node::Strength { of, test } => {
            let (weights, parts): (Vec<i32>, Vec<usize>) = of.parts.iter().copied().unzip();
            let needs = of.requires.is_some();
            let roots = of.requires.iter().chain(&parts).map(root).collect();
            (format!("strength {needs} {weights:?} {} {test:?}", of.most), roots)
        }
        Node::Rank { rank, among, cut } => {
            (format!("{rank:?} {cut:?}"), among.iter().map(root).collect())
        }
        Node::Leaf(leaf) => (format!("{leaf:?}"), vec![]),
    }
}
