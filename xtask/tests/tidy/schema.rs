//! What other programs are told of conditions is what the reader takes.

use kizashi_xtask::{repository, schema};

#[test]
fn the_schema_of_conditions_is_fresh() {
    let kept = repository::read(schema::FILE).unwrap();
    assert!(kept == schema::written(), "{} is stale; run `cargo xtask schema`", schema::FILE);
}
