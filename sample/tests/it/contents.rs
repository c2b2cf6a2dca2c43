//! What is in the sample: counts, names, reports, files, and that it is the same each time.

use std::collections::{BTreeMap, BTreeSet};

use facts::{Fact, Timestamp, What};
use kizashi_sample::{DEMO_SEED, Firm, SampleFile};

use crate::{TRIED, at, by_customer, firms};

/// A number that stands for all facts of a firm.
fn digest(firm: &Firm) -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            digest = (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for fact in firm.facts() {
        add(format!("{:?}{:?}{:?}", fact.customer, fact.contact, fact.at).as_bytes());
        match &fact.what {
            What::Happened { name, properties } => {
                add(name.as_str().as_bytes());
                add(properties.as_bytes());
            }
            What::Became(attributes) => add(attributes.as_bytes()),
        }
    }
    digest
}

fn texts<'a>(
    facts: &'a [Fact],
    event: &'a str,
    property: &'a str,
) -> impl Iterator<Item = &'a str> {
    facts.iter().filter_map(move |fact| match &fact.what {
        What::Happened { name, properties } if name.as_str() == event => {
            properties.borrowed().get(property).as_text()
        }
        _ => None,
    })
}

/// Every text of every fact with the name it goes by.
fn all_texts(facts: &[Fact]) -> impl Iterator<Item = (&str, &str)> {
    facts.iter().flat_map(|fact| {
        let properties = match &fact.what {
            What::Happened { properties, .. } | What::Became(properties) => properties,
        };
        properties.borrowed().iter().filter_map(|(name, value)| Some((name, value.as_text()?)))
    })
}

fn file(firm: &Firm, name: &str) -> SampleFile {
    firm.files().into_iter().find(|file| file.name == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn a_seed_and_an_instant_give_one_firm() {
    let (seed, now) = TRIED[0];
    let first = &firms()[0].0;
    let again = Firm::generate(seed, at(now));
    assert_eq!(digest(first), digest(&again));
    assert_eq!(first.truth, again.truth);
    assert_eq!(first.reps, again.reps);
    let other = Firm::generate(DEMO_SEED + 1, at(now));
    assert_ne!(digest(first), digest(&other));
}

#[test]
fn the_counts_are_as_promised() {
    for (firm, _) in firms() {
        let customers = by_customer(firm);
        let companies = customers.keys().filter(|key| key.starts_with("C-")).count();
        let persons = customers.keys().filter(|key| key.starts_with("P-")).count();
        assert_eq!((companies, persons), (300, 3_000));
        assert_eq!(firm.reps.len(), 9);
        let n = firm.facts().len();
        assert!((200_000..=350_000).contains(&n), "{n} facts");
        for (customer, facts) in customers.iter().filter(|(key, _)| key.starts_with("C-")) {
            let contacts: BTreeSet<_> =
                facts.iter().filter_map(|fact| fact.contact.as_ref()).collect();
            assert!((3..=12).contains(&contacts.len()), "{customer}: {} contacts", contacts.len());
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for fact in firm.facts() {
            *counts
                .entry(match &fact.what {
                    What::Happened { name, .. } => name.as_str(),
                    What::Became(_) => "(became)",
                })
                .or_default() += 1;
        }
        println!("{n} facts: {counts:?}");
        for stage in ["opened", "quoted", "won", "lost", "paused"] {
            assert!(texts(firm.facts(), "deal_moved", "stage").any(|one| one == stage), "{stage}");
        }
    }
}

#[test]
fn facts_are_in_order_numbered_and_never_after_now() {
    for (firm, now) in firms() {
        let facts = firm.facts();
        assert!(facts.windows(2).all(|two| two[0].at <= two[1].at));
        assert!(facts.last().unwrap().at <= *now);
        assert!(now.minus(732 * Timestamp::DAY) < facts[0].at);
        assert_eq!(facts[122].id.as_deref(), Some("s-000123"));
        let fresh = facts.iter().filter(|fact| now.minus(6 * Timestamp::HOUR) < fact.at).count();
        assert!(20 <= fresh, "only {fresh} facts in the last hours");
        for (customer, facts) in by_customer(firm) {
            assert!(matches!(facts[0].what, What::Became(_)), "{customer} acts before it is known");
        }
    }
}

#[test]
fn offices_work_on_working_days() {
    let (firm, _) = &firms()[0];
    let calendar = facts::Calendar::japan();
    let logins: Vec<_> = firm
        .facts()
        .iter()
        .filter(
            |fact| matches!(&fact.what, What::Happened { name, .. } if name.as_str() == "login"),
        )
        .map(|fact| calendar.local(fact.at))
        .collect();
    let share = |count: usize| count as f64 / logins.len() as f64;
    let by_day = logins.iter().filter(|at| (8..20).contains(&at.hour())).count();
    let weekend = logins.iter().filter(|at| 5 <= at.weekday().to_monday_zero_offset()).count();
    assert!(0.95 < share(by_day), "{}", share(by_day));
    assert!(0.001 < share(weekend) && share(weekend) < 0.06, "{}", share(weekend));
}

#[test]
fn mail_hosts_and_telephones_reach_nobody() {
    for (firm, _) in firms() {
        for (name, text) in all_texts(firm.facts()) {
            match name {
                "email" => {
                    let host = text.split_once('@').unwrap().1;
                    let reserved = host.ends_with(".example")
                        || ["example.jp", "example.com"].contains(&host)
                        || host.ends_with(".example.jp");
                    assert!(reserved && text.is_ascii(), "{text}");
                }
                "website" | "url" => {
                    let host = text.split('/').nth(2).unwrap();
                    assert!(host.ends_with(".example"), "{text}");
                }
                "phone" => assert!(text.contains("-0000-"), "{text}"),
                "corporate_number" => assert!(&text[1..5] == "9999" && text.len() == 13, "{text}"),
                _ => assert!(!text.contains("http"), "{name}: {text}"),
            }
        }
    }
}

#[test]
fn company_names_differ() {
    for (firm, _) in firms() {
        let text = String::from_utf8(file(firm, "events.csv").bytes).unwrap();
        assert!(text.starts_with("日時,顧客番号,関係者番号,イベント,イベントID,"));
        let mut names = BTreeSet::new();
        let known = by_customer(firm);
        for (customer, facts) in known.iter().filter(|(key, _)| key.starts_with("C-")) {
            let What::Became(attributes) = &facts[0].what else { panic!("{customer}") };
            let name = attributes.borrowed().get("name").to_string();
            assert!(names.insert(name.clone()), "{name} twice");
        }
    }
}

#[test]
fn reports_are_many_sided() {
    let (firm, _) = &firms()[0];
    let sentences: BTreeSet<&str> = texts(firm.facts(), "reported", "text")
        .flat_map(|text| text.split_inclusive('。'))
        .collect();
    assert!(400 <= sentences.len(), "{} sentences", sentences.len());
    assert!(sentences.iter().all(|one| !one.contains('{')), "a gap was not filled");
    for part in ["クレームではないが", "らしい", "見送り", "予算", "満足", "解約の話は出ていない"]
    {
        assert!(sentences.iter().any(|one| one.contains(part)), "{part}");
    }
    for rival in &firm.rivals {
        assert!(sentences.iter().any(|one| one.contains(rival)), "{rival}");
    }
}

/// The customer list opens on any Japanese machine: only characters of JIS X 0208, none of the makers' own rows.
#[test]
fn the_customer_list_is_plain_cp932() {
    for (firm, _) in firms() {
        let bytes = file(firm, "customers.csv").bytes;
        let mut rest = bytes.as_slice();
        while let [first, after @ ..] = rest {
            rest = after;
            if matches!(first, 0x81..=0x9f | 0xe0..=0xfc) {
                assert!(!matches!(first, 0x87 | 0xeb..), "a row of its maker's: {first:x}");
                rest = &rest[1..];
            } else {
                assert!(*first < 0x80, "half-width katakana: {first:x}");
            }
        }
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert!(!broken);
        assert_eq!(text.lines().count(), 3_301);
        assert!(text.starts_with("顧客番号,顧客名,フリガナ,種別,営業担当,"));
    }
}

/// Reading the files back gives the customers, contacts and events that the facts have.
#[test]
fn the_files_hold_the_same_customers() {
    let (firm, _) = &firms()[0];
    let known = by_customer(firm);
    let bytes = file(firm, "customers.csv").bytes;
    let (text, _, _) = encoding_rs::SHIFT_JIS.decode(&bytes);
    let keys: BTreeSet<&str> =
        text.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    assert_eq!(keys, known.keys().copied().collect());
    let contacts = String::from_utf8(file(firm, "contacts.csv").bytes).unwrap();
    assert!(contacts.starts_with('\u{feff}'));
    let mut rows = contacts.lines().count() - 1;
    let told: BTreeSet<_> = firm.facts().iter().filter_map(|fact| fact.contact.as_ref()).collect();
    assert_eq!(rows, told.len());
    rows = 0;
    for name in ["events.csv", "purchases.csv", "deals.csv", "daily_reports.csv"] {
        let text = String::from_utf8(file(firm, name).bytes).unwrap();
        assert!(3 < text.lines().next().unwrap().split(',').count());
        rows += text.lines().count() - 1;
    }
    let happened = |fact: &&Fact| matches!(fact.what, What::Happened { .. });
    assert_eq!(rows, firm.facts().iter().filter(happened).count());
}

#[test]
fn the_truth_is_kept_as_json_and_comes_back() {
    let (firm, _) = &firms()[0];
    let text = serde_json::to_string(&firm.truth).unwrap();
    assert_eq!(serde_json::from_str::<kizashi_sample::Truth>(&text).unwrap(), firm.truth);
}
