//! What a question said of the values of a column, remembered from block to block: neighbours often have the same values.

use facts::{Value, ValueRef};

/// Answers about lists of values, by who asks: a question or a stream.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    by_node: Vec<Table>,
    by_stream: Vec<Table>,
}

/// A list of values, and what holds for each.
#[derive(Debug, Default)]
struct Table {
    values: Vec<Value>,
    holds: Vec<bool>,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
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
        let (tables, place) = match asker {
            Asker::Node(node) => (&mut self.by_node, node),
            Asker::Stream(stream) => (&mut self.by_stream, stream),
        };
        if tables.len() <= place {
            tables.resize_with(place + 1, Table::default);
        }
        let table = &mut tables[place];
        if table.values.as_slice() != values {
            table.values.clear();
            table.values.extend_from_slice(values);
            table.holds.clear();
            table.holds.extend(values.iter().map(|value| holds(value.borrowed())));
        }
        &table.holds
    }
}
