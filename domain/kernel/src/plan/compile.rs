//! Conditions become nodes: equal ones share one, references become numbers, and circles are found.

use std::collections::{BTreeMap, HashMap};

use condition::{Condition, Leaf, SegmentId};

use super::{Node, Strength};
use crate::{Given, RankKey};

pub(super) struct Compiler<'a> {
    pub(super) numbers: &'a BTreeMap<&'a SegmentId, usize>,
    pub(super) given: &'a Given,
    pub(super) nodes: Vec<Node>,
    pub(super) known: HashMap<String, usize>,
}

impl Compiler<'_> {
    /// The number of a condition's node; equal conditions share one.
    pub(super) fn node(&mut self, condition: &Condition) -> usize {
        // Not the canonical draft: that is made for reading, and could write two conditions alike.
        let written = format!("{condition:?}");
        if let Some(node) = self.known.get(&written) {
            return *node;
        }
        let node = match condition {
            Condition::All(parts) => Node::All(parts.iter().map(|part| self.node(part)).collect()),
            Condition::Any(parts) => Node::Any(parts.iter().map(|part| self.node(part)).collect()),
            Condition::Not(inner) => Node::Not(self.node(inner)),
            Condition::Some { property, of, satisfies } => Node::Some {
                property: property.clone(),
                of: of.clone(),
                satisfies: self.node(satisfies),
            },
            Condition::Contacts { how_many, satisfies } => {
                Node::Contacts { how_many: *how_many, satisfies: self.node(satisfies) }
            }
            Condition::Company(inner) => Node::Company(self.node(inner)),
            Condition::Points { parts, test } => {
                let parts = parts.iter().map(|(weight, part)| (*weight, self.node(part)));
                Node::Points { parts: parts.collect(), test: *test }
            }
            Condition::Leaf(leaf) => self.leaf(leaf),
        };
        self.nodes.push(node);
        self.known.insert(written, self.nodes.len() - 1);
        self.nodes.len() - 1
    }
}

impl Compiler<'_> {
    /// A leaf; what needs other segments is bound to their numbers. All references were found to be there.
    fn leaf(&self, leaf: &Leaf) -> Node {
        let number = |id: &SegmentId| self.numbers.get(id).copied();
        let bound = match leaf {
            Leaf::Segment(id) => number(id).map(Node::Segment),
            Leaf::Stayed(stayed) => {
                number(&stayed.segment).map(|segment| Node::Stay { segment, test: stayed.test })
            }
            Leaf::Rank(rank) => Some(Node::Rank {
                rank: rank.clone(),
                among: rank.among.as_ref().and_then(number),
                cut: self.given.cuts.get(&RankKey::of(rank)).copied(),
            }),
            Leaf::Score { id, test } => self.given.strengths.get(id).map(|of| {
                let parts = of.parts.iter().filter_map(|(weight, id)| Some((*weight, number(id)?)));
                let requires = of.requires.as_ref().and_then(number);
                let of = Strength { requires, parts: parts.collect(), most: of.most };
                Node::Strength { of, test: *test }
            }),
            _ => None,
        };
        bound.unwrap_or_else(|| Node::Leaf(leaf.clone()))
    }
}

/// The first circle among the references, if there is one.
pub(super) fn find_cycle(
    segments: &[(SegmentId, Condition)],
    numbers: &BTreeMap<&SegmentId, usize>,
    given: &Given,
) -> Option<Vec<SegmentId>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        OnPath,
        Done,
    }
    fn walk(
        n: usize,
        segments: &[(SegmentId, Condition)],
        numbers: &BTreeMap<&SegmentId, usize>,
        given: &Given,
        seen: &mut [Seen],
        path: &mut Vec<usize>,
    ) -> Option<Vec<SegmentId>> {
        if seen[n] == Seen::Done {
            return None;
        }
        if seen[n] == Seen::OnPath {
            let start = path.iter().position(|on| *on == n)?;
            let circle = path[start..].iter().chain([&n]);
            return Some(circle.map(|on| segments[*on].0.clone()).collect());
        }
        seen[n] = Seen::OnPath;
        path.push(n);
        for to in given.needed_by(&segments[n].1) {
            let to = numbers.get(to)?;
            if let Some(cycle) = walk(*to, segments, numbers, given, seen, path) {
                return Some(cycle);
            }
        }
        path.pop();
        seen[n] = Seen::Done;
        None
    }
    let mut seen = vec![Seen::No; segments.len()];
    (0..segments.len()).find_map(|n| walk(n, segments, numbers, given, &mut seen, &mut vec![]))
}
