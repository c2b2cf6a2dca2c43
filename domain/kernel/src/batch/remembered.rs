//! What a question said of the values of a column, remembered from block to block: neighbours often have the same values.

use facts::{Value, ValueRef};

/// Answers about lists of values, by the node that asks.
#[derive(Debug, Default)]
pub(super) struct Remembered(Vec<Table>);

/// A list of values, and what holds for each.
#[derive(Debug, Default)]
struct Table {
    values: Vec<Value>,
    holds: Vec<bool>,
}

impl Remembered {
    /// What holds for each of the values.
    pub(super) fn table(
        &mut self,
        node: usize,
        values: &[Value],
        holds: impl Fn(ValueRef<'_>) -> bool,
    ) -> &[bool] {
        if self.0.len() <= node {
            self.0.resize_with(node + 1, Table::default);
        }
        let table = &mut self.0[node];
        if table.values.as_slice() != values {
            table.values.clear();
            table.values.extend_from_slice(values);
            table.holds.clear();
            table.holds.extend(values.iter().map(|value| holds(value.borrowed())));
        }
        &table.holds
    }
}
