//! Any dictionary and any report at all: faults or mentions, never a panic, and quotes that stand in the text.

use kizashi_topics::{Dictionary, DictionaryDraft, Hint, Letters};
use proptest::prelude::*;

/// Whatever was written is read as a dictionary and, when it is one, used.
fn used(yaml: &str, report: &str) {
    let Ok(draft) = DictionaryDraft::read(yaml) else { return };
    let Ok(dictionary) = draft.check() else { return };
    let _ = dictionary.try_examples(&Letters);
    read(&dictionary, report);
}

fn read(dictionary: &Dictionary, report: &str) {
    let found = dictionary.read(report, &Letters);
    for mention in found.mentions(report) {
        assert!(report.contains(&mention.term), "{mention:?} of {report:?}");
    }
    for hit in &found.hits {
        let _ = hit.said(report, dictionary);
    }
    let _ = Hint::of(report);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_dictionary(text in "[ \n:{}\\[\\]\"'|&*!-]{0,80}", report in "\\PC{0,60}") {
        used(&text, &report);
    }

    #[test]
    fn any_pattern_of_a_dictionary(pattern in "[競合解約他社A-Z/|()\\[\\]{}<>+*?.~^$@_0-9, -]{0,30}", report in "[競合解約他社の話が出た。、\n]{0,40}") {
        let topic = format!("version: 1\ntopics:\n  - id: x\n    name: {{ja: あ, en: a}}\n    rules:\n      - id: r\n        find: [{pattern:?}]\n");
        used(&topic, &report);
    }

    #[test]
    fn any_dictionary_damaged(place in any::<prop::sample::Index>(), length in 0..40_usize, with in "\\PC{0,8}") {
        let whole = DictionaryDraft::BUILT_IN;
        let starts: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
        let from = place.index(starts.len());
        let to = (from + length).min(starts.len() - 1);
        let damaged = format!("{}{with}{}", &whole[..starts[from]], &whole[starts[to]..]);
        used(&damaged, "競合のA社から提案を受けた");
    }

    #[test]
    fn any_report(text in "[競合解約他社乗り換え不満見送りないとのこと来月末日年百万千円億本台0-9０-９/.,、。「」()ｱ-ﾝﾞ \n]{0,80}", odd in "\\PC{0,20}") {
        let built_in = Dictionary::built_in().unwrap();
        read(&built_in, &text);
        read(&built_in, &odd);
        read(&built_in, &format!("{text}{odd}{text}"));
    }
}
