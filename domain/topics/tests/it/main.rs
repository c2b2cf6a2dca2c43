//! The dictionary that comes with the program, on sentences labelled before its rules were written.

mod never_panics;

use kizashi_topics::{Dictionary, DictionaryDraft};

#[test]
fn the_built_in_dictionary_is_sound() {
    let faults = DictionaryDraft::built_in().unwrap().check().err();
    assert!(faults.is_none(), "{faults:#?}");
    assert!(Dictionary::built_in().unwrap().topics().len() >= 7);
}
