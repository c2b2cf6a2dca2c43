//! Groups gathered from a table: a row for each customer.

use std::collections::BTreeMap;

use experiments::{Arm, Before};
use intake::Plain;

use super::args;
use crate::{
    ahead::rows::Rows,
    screen::{Failure, Screen},
};

/// What is added up of one group.
#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    n: u64,
    sum: f64,
    squares: f64,
    before: f64,
    before_squares: f64,
    cross: f64,
    other_than_bits: bool,
}

/// The groups by name, the control first.
pub(super) fn groups(
    given: &args::Experiment,
    screen: &Screen,
) -> Result<Vec<(String, Arm)>, Failure> {
    let (Some(file), Some(group), Some(outcome)) = (&given.file, &given.group, &given.outcome)
    else {
        return Err(Failure::new(
            "--group と --outcome の列を指定してください",
            "name the columns of --group and --outcome",
        ));
    };
    let rows = Rows::open(file)?;
    let (group, outcome) = (rows.column(group)?, rows.column(outcome)?);
    let before = given.before.as_ref().map(|name| rows.column(name)).transpose()?;
    let mut found: BTreeMap<String, Sums> = BTreeMap::new();
    let mut left_out = 0;
    rows.each(screen, |_, cells| {
        let name = spelt(&rows.plain(cells, group));
        let of = number(&rows.plain(cells, outcome));
        let known = before.map(|column| number(&rows.plain(cells, column)));
        match (name, of, known) {
            (Some(name), Some(of), None) => found.entry(name).or_default().add(of, 0.0),
            (Some(name), Some(of), Some(Some(known))) => {
                found.entry(name).or_default().add(of, known)
            }
            _ => left_out += 1,
        }
    })?;
    if 0 < left_out {
        screen.note(screen.say(
            &format!("グループか結果のない {left_out} 行を除きました"),
            &format!("{left_out} rows without a group or an outcome were left out"),
        ));
    }
    let bits = found.values().all(|sums| !sums.other_than_bits) && before.is_none();
    let mut groups: Vec<(String, Arm)> =
        found.into_iter().map(|(name, sums)| (name, sums.arm(bits, before.is_some()))).collect();
    if let Some(control) = &given.control {
        let place = groups.iter().position(|(name, _)| name == control).ok_or_else(|| {
            Failure::new(
                format!("グループ `{control}` はありません"),
                format!("there is no group `{control}`"),
            )
        })?;
        let chosen = groups.remove(place);
        groups.insert(0, chosen);
    }
    if groups.len() < 2 || 20 < groups.len() {
        let n = groups.len();
        return Err(Failure::new(
            format!("グループは 2〜20 個にしてください（{n} 個ありました）"),
            format!("there must be 2 to 20 groups; {n} were found"),
        ));
    }
    Ok(groups)
}

impl Sums {
    fn add(&mut self, of: f64, before: f64) {
        self.n += 1;
        self.sum += of;
        self.squares += of * of;
        self.before += before;
        self.before_squares += before * before;
        self.cross += of * before;
        self.other_than_bits |= of != 0.0 && of != 1.0;
    }

    fn arm(self, bits: bool, beside: bool) -> Arm {
        let Sums { n, sum, squares, .. } = self;
        if bits {
            return Arm::Share { hits: sum as u64, n };
        }
        if beside {
            let before =
                Before { sum: self.before, squares: self.before_squares, cross: self.cross };
            return Arm::Beside { n, sum, squares, before };
        }
        Arm::Mean { n, sum, squares }
    }
}

fn spelt(cell: &Plain<'_>) -> Option<String> {
    match cell {
        Plain::Nothing => None,
        Plain::Number(number) | Plain::Day(number) => Some(format!("{number}")),
        Plain::Words(words) => Some(words.trim().to_owned()).filter(|words| !words.is_empty()),
    }
}

/// A number, or a word that says yes or no.
fn number(cell: &Plain<'_>) -> Option<f64> {
    const YES: [&str; 10] = ["yes", "y", "true", "t", "はい", "あり", "有", "済", "○", "購入"];
    const NO: [&str; 9] = ["no", "n", "false", "f", "いいえ", "なし", "無", "未", "×"];
    match cell {
        Plain::Number(number) => Some(*number),
        Plain::Words(words) => {
            let words = words.trim().to_lowercase();
            let is = |list: &[&str]| list.contains(&words.as_str());
            if is(&YES) { Some(1.0) } else { is(&NO).then_some(0.0) }
        }
        Plain::Nothing | Plain::Day(_) => None,
    }
}
