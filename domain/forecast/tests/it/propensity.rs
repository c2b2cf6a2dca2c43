//! Tables with a known make: what is found in them, what is refused, and that the same seed gives the same model.

use kizashi_forecast::{
    chance::Chance,
    propensity::{
        Card, Entry, Gathering, HeldBack, Learner, NoModel, Reason, Said, Table, Trained, Wanted,
        Warning, Way, auc, measure, prepare, tenths,
    },
    special::logistic,
};

/// A customer of the made-up table.
struct Row {
    cells: Vec<(&'static str, Cell)>,
}

enum Cell {
    Nothing,
    Number(f64),
    Day(f64),
    Words(String),
}

fn table(rows: &[Row]) -> Table {
    let names = rows[0].cells.iter().map(|(name, _)| (*name).to_owned());
    let mut gathering = Gathering::new(names);
    for row in rows {
        gathering.row(row.cells.iter().map(|(_, cell)| match cell {
            Cell::Nothing => Entry::Nothing,
            Cell::Number(number) => Entry::Number(*number),
            Cell::Day(day) => Entry::Day(*day),
            Cell::Words(words) => Entry::Words(words),
        }));
    }
    gathering.finish()
}

/// Customers who leave the likelier the longer they are silent, most of all on the small plan, and by a bend that no
/// straight line has: who logs in a middling number of times stays.
fn customers(n: usize, seed: u64) -> Vec<Row> {
    let mut chance = Chance::new(seed, 0);
    (0..n)
        .map(|number| {
            let (silence, logins) = (chance.share() * 60.0, chance.share() * 10.0);
            let plan = ["free", "starter", "premium"][chance.below(3)];
            let bend = if (3.0..7.0).contains(&logins) { -1.5 } else { 1.5 };
            let small = if plan == "free" { 1.2 } else { 0.0 };
            let logit = 0.06 * silence - 3.0 + bend + small;
            let left = chance.share() < logistic(logit);
            let day = 20_000.0 + (number % 300) as f64;
            let hole = chance.share() < 0.1;
            let fee = 100.0 * (1.0 + chance.share());
            Row {
                cells: vec![
                    ("customer_id", Cell::Words(format!("C{number:05}"))),
                    ("no", Cell::Number(number as f64)),
                    ("taken", Cell::Day(day)),
                    ("fold", Cell::Number((number % 4) as f64)),
                    ("silence", if hole { Cell::Nothing } else { Cell::Number(silence) }),
                    ("logins", Cell::Number(logins)),
                    ("plan", Cell::Words(plan.into())),
                    ("fee", Cell::Number(fee)),
                    ("fee_again", Cell::Number(fee)),
                    ("country", Cell::Words("JP".into())),
                    ("cancelled_on", if left { Cell::Day(day + 9.0) } else { Cell::Nothing }),
                    ("refund", Cell::Number(if left { 50.0 + fee } else { fee - 300.0 })),
                    ("left", Cell::Words(if left { "yes" } else { "no" }.into())),
                ],
            }
        })
        .collect()
}

fn wanted(label: &str) -> Wanted {
    Wanted { said: Said { label: label.into(), ..Said::default() }, seed: 7, ..Wanted::default() }
}

fn trained(table: &Table, wanted: &Wanted) -> Trained {
    let prepared = prepare(table, wanted).unwrap();
    let tried = prepared.trials().iter().map(|trial| trial.run()).collect();
    prepared.conclude(tried).unwrap()
}

fn reason_of<'a>(card: &'a Card, column: &str) -> Option<&'a Reason> {
    card.left_out.iter().find(|left| left.column == column).map(|left| &left.reason)
}

#[test]
fn what_may_not_be_learnt_from_is_noticed_and_the_rest_is_learnt() {
    let table = table(&customers(1_200, 1));
    let model = trained(&table, &wanted("left")).model;
    let card = &model.card;
    assert_eq!(reason_of(card, "customer_id"), Some(&Reason::Names));
    assert_eq!(reason_of(card, "no"), Some(&Reason::Names));
    assert_eq!(reason_of(card, "left"), Some(&Reason::Label));
    assert_eq!(reason_of(card, "country"), Some(&Reason::Constant));
    assert_eq!(reason_of(card, "fee_again"), Some(&Reason::CopyOf { column: "fee".into() }));
    assert!(matches!(reason_of(card, "cancelled_on"), Some(Reason::LeaksByHoles { .. })));
    assert!(matches!(reason_of(card, "refund"), Some(Reason::Leaks { auc }) if *auc > 0.99));
    assert_eq!(card.features, ["taken", "fold", "silence", "logins", "plan", "fee"]);
    assert_eq!(card.label.positive, "yes");
    // The bend makes trees better than a straight line, and what matters stands first.
    assert_ne!(card.winner.learner, Learner::Logistic);
    let first: Vec<&str> = card.importance.iter().take(3).map(|(name, _)| name.as_str()).collect();
    assert!(["silence", "logins", "plan"].iter().all(|name| first.contains(name)), "{first:?}");
    let found = card.outcomes[card.winner.learner as usize].measures;
    assert!(found.auc.value > 0.8 && found.auc.low < found.auc.value, "{found:?}");
    assert!(found.calibration_error.value < 0.05, "{found:?}");
}

#[test]
fn contributions_come_to_the_score() {
    let table = table(&customers(600, 2));
    let model = trained(&table, &wanted("left")).model;
    let frame = model.frame(&table);
    let scores = model.scores(&frame);
    let explaining = model.explaining(frame);
    for row in (0..600).step_by(7) {
        let sum: f64 = explaining.all(row).iter().map(|worth| worth.worth).sum();
        let score = logistic(explaining.start() + sum);
        assert!((score - scores[row]).abs() < 1e-9, "{score} is not {}", scores[row]);
    }
}

#[test]
fn the_same_seed_gives_the_same_model_and_another_one_another() {
    let table = table(&customers(400, 3));
    let (one, two) = (trained(&table, &wanted("left")), trained(&table, &wanted("left")));
    assert_eq!(one.model, two.model);
    assert_eq!(one.held_scores, two.held_scores);
    let other = trained(&table, &Wanted { seed: 8, ..wanted("left") });
    assert_ne!(one.held_scores, other.held_scores);
}

#[test]
fn rows_are_held_back_as_asked() {
    let table = table(&customers(800, 4));
    let mut by_time = wanted("left");
    by_time.said.time = Some("taken".into());
    let told = trained(&table, &by_time);
    let HeldBack::Later { column, from } = &told.model.card.held_back else {
        panic!("{:?}", told.model.card.held_back)
    };
    assert_eq!((column.as_str(), from.as_str()), ("taken", "2025-04-22"));
    // 800 rows over 300 days: the last quarter of them, the days before not.
    let held = |number: usize| told.held_scores[number].is_some();
    assert!(held(299) && !held(0) && !held(190));
    assert!(told.model.card.features.iter().all(|feature| feature != "taken"));
    assert!(matches!(
        reason_of(&told.model.card, "cancelled_on"),
        Some(Reason::LeaksByHoles { .. })
    ));

    let mut by_folds = wanted("left");
    by_folds.said.folds = Some("fold".into());
    let told = trained(&table, &by_folds);
    assert_eq!(told.model.card.held_back, HeldBack::Given { column: "fold".into(), parts: 4 });
    assert!(told.held_scores.iter().all(Option::is_some));
}

#[test]
fn rows_about_one_customer_stay_together() {
    let mut rows = customers(600, 5);
    for (number, row) in rows.iter_mut().enumerate() {
        row.cells[0].1 = Cell::Words(format!("C{:04}", number / 3));
    }
    let told = trained(&table(&rows), &wanted("left"));
    let whom = Some("customer_id".to_owned());
    assert_eq!(told.model.card.held_back, HeldBack::Drawn { parts: 5, whom });
}

#[test]
fn a_table_without_structure_promises_nothing() {
    let mut chance = Chance::new(9, 9);
    let rows: Vec<Row> = (0..800)
        .map(|_| Row {
            cells: vec![
                ("a", Cell::Number(chance.share())),
                ("b", Cell::Words(["x", "y", "z"][chance.below(3)].into())),
                ("y", Cell::Number(f64::from(u8::from(chance.share() < 0.3)))),
            ],
        })
        .collect();
    let card = trained(&table(&rows), &wanted("y")).model.card;
    assert_eq!(card.winner.learner, Learner::Logistic);
    let auc = card.outcomes[0].measures.auc;
    assert!(auc.low < 0.5 && 0.5 < auc.high + 0.03, "{auc:?}");
}

#[test]
fn a_way_is_kept() {
    let table = table(&customers(900, 6));
    let ways = vec![("logins".to_owned(), Way::Up)];
    let model = trained(&table, &Wanted { ways, ..wanted("left") }).model;
    let at = |logins: f64| {
        let mut gathering = Gathering::new(["silence", "logins", "plan", "fee"].map(str::to_owned));
        let row = [
            Entry::Number(20.0),
            Entry::Number(logins),
            Entry::Words("free"),
            Entry::Number(150.0),
        ];
        gathering.row(row);
        model.learnt.trees.logits(&model.frame(&gathering.finish()))[0]
    };
    let scores: Vec<f64> = (0..100).map(|tenth| at(f64::from(tenth) / 10.0)).collect();
    assert!(scores.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12), "{scores:?}");
    assert!(scores[0] < scores[99], "the way must not be the only one: nothing moves");
}

#[test]
fn what_cannot_be_learnt_says_why() {
    let few = table(&customers(80, 1));
    assert!(matches!(prepare(&few, &wanted("left")), Err(NoModel::TooFew { rows: 80, .. })));
    let table = table(&customers(300, 1));
    let fault = |wanted: &Wanted| prepare(&table, wanted).unwrap_err();
    assert_eq!(fault(&wanted("gone")), NoModel::NoColumn("gone".into()));
    assert!(matches!(fault(&wanted("plan")), NoModel::NotTwo { values: 3, .. }));
    let premium = Wanted { positive: Some("gold".into()), ..wanted("plan") };
    assert!(matches!(fault(&premium), NoModel::NoPositive { .. }));
    let mut one_day = wanted("left");
    one_day.said.time = Some("country".into());
    assert!(matches!(fault(&one_day), NoModel::NoSplit(_)));
}

#[test]
fn a_value_that_only_the_gone_have_is_named() {
    let mut rows = customers(1_000, 8);
    for row in &mut rows {
        let gone = matches!(&row.cells[12].1, Cell::Words(word) if word == "yes");
        let half = matches!(&row.cells[5].1, Cell::Number(logins) if *logins < 4.0);
        let status = if gone && half { "in dispute" } else { "fine" };
        row.cells[9].1 = Cell::Words(status.into());
    }
    let card = trained(&table(&rows), &wanted("left")).model.card;
    let named = card.warnings.iter().any(
        |warning| matches!(warning, Warning::OnlyPositive { column, value, .. } if column == "country" && value == "in dispute"),
    );
    assert!(named, "{:?}", card.warnings);
}

#[test]
fn measures_are_those_counted_by_hand() {
    // Three positives among six; of the nine pairs six are in order and one is a tie.
    let scores = [0.9, 0.8, 0.7, 0.6, 0.6, 0.1];
    let positive = [true, false, true, true, false, false];
    assert!((auc(&scores, &positive) - 6.5 / 9.0).abs() < 1e-12);
    let found = measure(&scores, &positive, 1).unwrap();
    assert!((found.auc.value - 6.5 / 9.0).abs() < 1e-12);
    // By the tie two of four come at once: 1/1 · 1/3 + 2/3 · 1/3 + 3/5 · 1/3.
    assert!((found.average_precision.value - (1.0 + 2.0 / 3.0 + 0.6) / 3.0).abs() < 1e-12);
    let brier = (0.01 + 0.64 + 0.09 + 0.16 + 0.36 + 0.01) / 6.0;
    assert!((found.brier.value - brier).abs() < 1e-12);
    assert_eq!(tenths(&scores, &positive).len(), 6);
    assert!(measure(&scores, &[true; 6], 1).is_none());
}

#[test]
fn notes_are_read_and_names_are_not() {
    let mut rows = customers(900, 11);
    for (number, row) in rows.iter_mut().enumerate() {
        let left = matches!(&row.cells[12].1, Cell::Words(word) if word == "yes");
        let talks = left && number % 3 != 0 || number % 10 == 0;
        let note = if talks { "競合と比較中。" } else { "満足している。" };
        row.cells[9].1 = Cell::Words(format!("{note}担当{number}"));
        row.cells[10].1 = Cell::Words(format!("株式会社山田商事{number}"));
    }
    let card = trained(&table(&rows), &wanted("left")).model.card;
    assert!(card.features.iter().any(|feature| feature == "country ~ 競合"), "{:?}", card.features);
    assert_eq!(reason_of(&card, "cancelled_on"), Some(&Reason::Names));
    assert!(card.importance.iter().take(6).any(|(name, _)| name.starts_with("country ~")));
}
