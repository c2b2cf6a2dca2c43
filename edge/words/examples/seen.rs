//! Prints what goes wrong among the labelled sentences that may be looked at: not the held-out third.
//! `cargo run -p kizashi-words --example seen`

use std::collections::BTreeSet;

use kizashi_words::Words;
use topics::Dictionary;

const LABELLED: &str = include_str!("../tests/sentences/labelled.tsv");
const MORE: &str = include_str!("../tests/sentences/more.tsv");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words = Words::unpack()?;
    let dictionary = Dictionary::built_in().map_err(|faults| format!("{faults:#?}"))?;
    for fault in dictionary.try_examples(&words) {
        println!("{}: {}", fault.place, fault.en);
    }
    let labelled = (1_usize..).zip(LABELLED.lines().skip(1));
    let seen = labelled.filter(|(number, _)| !number.is_multiple_of(3)).map(|(_, line)| line);
    let (mut right, mut all) = (0, 0);
    for line in seen.chain(MORE.lines().skip(1)) {
        let [_, _, labels, text] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let wanted: BTreeSet<&str> = labels.split(',').filter(|label| !label.is_empty()).collect();
        let report = dictionary.read(text, &words);
        let found: BTreeSet<&str> =
            report.topics(&dictionary).into_iter().map(|topic| topic.id.as_str()).collect();
        all += 1;
        right += usize::from(wanted == found);
        if wanted != found {
            println!("{text}\n   wanted {wanted:?}, found {found:?}");
            for hit in &report.hits {
                println!("   {}", hit.said(text, &dictionary).en);
            }
        }
    }
    println!("{right} of {all} right");
    Ok(())
}
