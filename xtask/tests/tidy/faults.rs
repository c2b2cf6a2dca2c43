//! Every fault of the list can still be put in: its line stands in its file, once.

use kizashi_xtask::{faults, repository};

use crate::assert_tidy;

#[test]
fn every_seeded_fault_finds_its_line() {
    let seeded = faults::read(&repository::read(faults::FILE).unwrap()).unwrap();
    assert!(20 <= seeded.len(), "only {} faults are seeded", seeded.len());
    let stale: Vec<String> = (seeded.iter())
        .filter_map(|fault| fault.put_into(&repository::read(&fault.file).unwrap()).err())
        .collect();
    assert_tidy(&stale);
}

#[test]
fn a_fault_that_finds_no_line_or_two_is_refused() {
    let list = "a.rs\n- let x = 1;\n+ let x = 2;\n";
    let [fault] = &faults::read(list).unwrap()[..] else { panic!("one fault was written") };
    assert_eq!(
        fault.put_into("fn f() {\n    let x = 1;\n}\n").unwrap(),
        "fn f() {\nlet x = 2;\n}\n"
    );
    assert!(fault.put_into("let x = 1;\nlet x = 1;\n").is_err());
    assert!(fault.put_into("let y = 1;\n").is_err());
    assert!(faults::read("a.rs\n- only this\n").is_err());
}
