//! What a question said of the values of a column, remembered from block to block: neighbours often have the same values.

use std::collections::HashMap;

use facts::{Value, ValueRef};

/// Answers about lists of values, by who asks: a question or a stream.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    by_asker: HashMap<Asker, (Vec<Value>, Vec<bool>)>,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Asker {
    /// The question of a node.
    Node(usize),
    /// The filter of a stream with one filter.
    Stream(usize),
}

impl Remembered {
    /// What holds for each of the values.
    pub(super) fn table(
        &mut self,
        asker: Asker,
        values: &[Value],
        holds: impl Fn(ValueRef<'_>) -> bool,
    ) -> &[bool] {
        let (known, table) = self.by_asker.entry(asker).or_default();
        if known.as_slice() != values {
            known.clear();
            known.extend_from_slice(values);
            table.clear();
            table.extend(values.iter().map(|value| holds(value.borrowed())));
        }
        table
    }
}
