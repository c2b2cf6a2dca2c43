//! Any cells at all, in a column of every kind: compared, never a panic, and a row is always one with itself.

use kizashi_matching::{Column, Kind, Plan, guess};
use proptest::prelude::*;

use crate::tables::{dedupe, dedupe_as};

/// A cell as people leave it, or anything else.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,24}",
        "[株式会社(（)）㈱カ令和昭和HRS元年月日東京都千代田区市町村丁目番号〒ノヶ一二三十百0-9０-９ /.@+a-zｱ-ﾝﾞ-]{0,24}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cells_in_every_kind(cells in proptest::collection::vec(cell(), 5)) {
        for kind in Kind::ALL {
            let columns: Vec<Column> = [kind, Kind::Person, Kind::Phone]
                .into_iter()
                .map(|kind| Column { header: kind.id().to_owned(), kind })
                .collect();
            let row = |one: usize| vec![cells[one].clone(), "山田太郎".into(), "0312345678".into()];
            let rows = [0, 1, 2, 3, 4, 0].map(row).to_vec();
            let found = dedupe_as(Plan::of_one(&columns), &rows);
            prop_assert_eq!(found.matches.customer_of.len(), rows.len());
        }
    }

    #[test]
    fn any_list(headers in proptest::collection::vec("\\PC{0,8}", 1..8), cells in proptest::collection::vec(cell(), 30)) {
        let rows: Vec<Vec<String>> = cells.chunks(headers.len()).map(<[String]>::to_vec).collect();
        if guess(&headers, &rows).iter().any(|column| column.kind != Kind::Ignored) {
            let found = dedupe(&(headers, rows.clone()));
            prop_assert_eq!(found.matches.customer_of.len(), rows.len());
        }
    }
}
