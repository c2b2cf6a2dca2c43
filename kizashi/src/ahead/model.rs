//! `kizashi model`: learn from a table, score another by what was learnt, and say what is known of a model.

use std::{fs::File, path::Path, process::ExitCode};

use forecast::propensity::{
    Explaining, Frame, Model, Reading, Said, Table, Trained, Wanted, Way, prepare,
};
use intake::CsvWriter;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{args, kept, report, rows::Rows, workers};
use crate::{
    evaluate, interrupt,
    screen::{Failure, Screen},
};

/// A model as it is kept in a file.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// Which form this is; another one is refused.
    kizashi_model: u32,
    /// The file it was learnt from, by name only.
    table: String,
    /// When.
    trained_at: String,
    model: Model,
}

const FORM: u32 = 1;
/// Reasons shown for each row.
const REASONS: usize = 3;

pub(crate) fn run(
    folder: &Path,
    given: &args::Model,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    match &given.command {
        args::ModelCommand::Train(given) => train(given, screen),
        args::ModelCommand::Score(given) => score(given, screen),
        args::ModelCommand::Card(given) if given.model.exists() => card(given, screen),
        args::ModelCommand::Card(given) => {
            kept::card(folder, &given.model.to_string_lossy(), screen)
        }
        args::ModelCommand::List => kept::list(folder, screen),
        args::ModelCommand::Learn(given) => kept::learn(folder, given, screen),
        args::ModelCommand::Prospects(given) => kept::prospects(folder, given, screen),
    }
}

fn train(given: &args::Train, screen: &Screen) -> Result<ExitCode, Failure> {
    let rows = Rows::open(&given.table)?;
    let wanted = wanted(given, &rows)?;
    let table = rows.table(screen)?;
    let stop = interrupt::flag()?;
    let prepared = prepare(&table, &wanted).map_err(|fault| report::refused(&fault))?;
    let trials = prepared.trials();
    let bar = screen.bar(screen.say("学習", "learning"));
    bar.set_length(trials.len() as u64);
    let tried = workers::each(trials.len(), |place| {
        let tried = interrupt::check(&stop).is_ok().then(|| trials[place].run());
        bar.inc(1);
        tried
    });
    bar.finish_and_clear();
    interrupt::check(&stop)?;
    let tried: Vec<_> = tried.into_iter().flatten().collect();
    let trained = prepared.conclude(tried).ok_or_else(|| {
        Failure::new(
            "隠した行に片方の結果しかありません",
            "the rows held back have one outcome only",
        )
    })?;
    if let Some(out) = &given.out {
        write_scores(out, &table, &trained, &given.label, screen)?;
    }
    if let Some(out) = &given.contributions {
        write_contributions(out, &table, &trained.model)?;
    }
    let kept = Kept {
        kizashi_model: FORM,
        table: given.table.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        trained_at: evaluate::now().to_string(),
        model: trained.model,
    };
    if let Some(path) = &given.save {
        let file = File::create(path).map_err(|fault| Failure::file(path, fault))?;
        serde_json::to_writer(std::io::BufWriter::new(file), &kept)
            .map_err(|fault| Failure::file(path, fault))?;
    }
    tell(&kept, screen);
    Ok(ExitCode::SUCCESS)
}

fn wanted(given: &args::Train, rows: &Rows) -> Result<Wanted, Failure> {
    let name = |given: &String| rows.column(given).map(|place| rows.headers[place].clone());
    let maybe = |given: &Option<String>| given.as_ref().map(name).transpose();
    let all = |given: &[String]| given.iter().map(name).collect::<Result<Vec<String>, Failure>>();
    let rises = all(&given.rises)?.into_iter().map(|column| (column, Way::Up));
    let falls = all(&given.falls)?.into_iter().map(|column| (column, Way::Down));
    Ok(Wanted {
        said: Said {
            label: name(&given.label)?,
            time: maybe(&given.time)?,
            folds: maybe(&given.folds)?,
            without: all(&given.without)?,
            keep: all(&given.keep)?,
        },
        positive: given.positive.clone(),
        whom: maybe(&given.about)?,
        ways: rises.chain(falls).collect(),
        seed: given.seed,
    })
}

fn score(given: &args::Score, screen: &Screen) -> Result<ExitCode, Failure> {
    let kept = open(&given.model)?;
    let table = Rows::open(&given.table)?.table(screen)?;
    let missing = kept.model.missing(&table);
    if !missing.is_empty() {
        let n = missing.len();
        let missing = missing.join(", ");
        if n == kept.model.features.len() {
            return Err(Failure::new(
                format!("モデルが学んだ列がひとつもありません: {missing}"),
                format!("none of the columns that the model was learnt from is there: {missing}"),
            ));
        }
        screen.note(screen.say(
            &format!("モデルが学んだ列がありません。空として扱います: {missing}"),
            &format!(
                "columns that the model was learnt from are missing and count as empty: {missing}"
            ),
        ));
    }
    let model = &kept.model;
    let frame = model.frame(&table);
    let scores = model.scores(&frame);
    let explaining = (!given.scores_only).then(|| model.explaining(frame));
    let label = &model.card.label.column;
    let held = vec![None; table.rows()];
    let scored = Scored {
        table: &table,
        model,
        explaining,
        label,
        scores: &scores,
        held: &held,
        least: least_explained(&scores),
    };
    scored.write(&given.out)?;
    let n = table.rows();
    if screen.json {
        screen.json(&json!({ "rows": n, "out": given.out }));
    } else {
        screen.line(screen.say(
            &format!("{}: {n} 行のスコアを書きました", given.out.display()),
            &format!("{}: scores of {n} rows written", given.out.display()),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn card(given: &args::CardOf, screen: &Screen) -> Result<ExitCode, Failure> {
    tell(&open(&given.model)?, screen);
    Ok(ExitCode::SUCCESS)
}

fn open(path: &Path) -> Result<Kept, Failure> {
    let file = File::open(path).map_err(|fault| Failure::file(path, fault))?;
    let kept: Kept = serde_json::from_reader(std::io::BufReader::new(file)).map_err(|fault| {
        Failure::new(
            format!("{} は保存されたモデルとして読めません: {fault}", path.display()),
            format!("{} cannot be read as a saved model: {fault}", path.display()),
        )
    })?;
    if kept.kizashi_model != FORM {
        let form = kept.kizashi_model;
        return Err(Failure::new(
            format!(
                "{} は別の版のモデル（形式 {form}）です。もう一度学習してください",
                path.display()
            ),
            format!("{} is of another form ({form}); train it again", path.display()),
        ));
    }
    Ok(kept)
}

fn tell(kept: &Kept, screen: &Screen) {
    let card = &kept.model.card;
    if screen.json {
        return screen.json(&json!({
            "table": kept.table, "trained_at": kept.trained_at, "card": card,
        }));
    }
    screen.line(format!("{}  {}", kept.table, kept.trained_at));
    for line in report::card(card, screen.language) {
        screen.line(line);
    }
}

fn write_scores(
    out: &Path,
    table: &Table,
    trained: &Trained,
    label: &str,
    screen: &Screen,
) -> Result<(), Failure> {
    let model = &trained.model;
    let frame = model.frame(table);
    let scores = model.scores(&frame);
    let explaining = Some(model.explaining(frame));
    let held = &trained.held_scores;
    Scored {
        table,
        model,
        explaining,
        label,
        scores: &scores,
        held,
        least: least_explained(&scores),
    }
    .write(out)?;
    let n = table.rows();
    screen.note(screen.say(
        &format!("{}: {n} 行のスコアを書きました。held_back が yes の行は、その行を隠して学習したときのスコアです", out.display()),
        &format!("{}: scores of {n} rows written; where held_back is yes the row was held back while its score was learnt", out.display()),
    ));
    Ok(())
}

/// Everything that goes into a file of scores.
struct Scored<'a> {
    table: &'a Table,
    model: &'a Model,
    explaining: Option<Explaining<'a>>,
    label: &'a str,
    scores: &'a [f64],
    held: &'a [Option<f64>],
    /// The least score that is given reasons.
    least: f64,
}

/// Of a larger table only so many rows are given reasons: those with the highest scores, which are the ones read.
const MOST_EXPLAINED: usize = 20_000;

/// The score from which on rows are given reasons.
fn least_explained(scores: &[f64]) -> f64 {
    if scores.len() <= MOST_EXPLAINED {
        return f64::NEG_INFINITY;
    }
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    sorted[MOST_EXPLAINED - 1]
}

impl Scored<'_> {
    fn write(&self, out: &Path) -> Result<(), Failure> {
        let file = File::create(out).map_err(|fault| Failure::file(out, fault))?;
        self.rows(std::io::BufWriter::new(file)).map_err(|fault| Failure::file(out, fault))
    }

    fn rows(&self, out: impl std::io::Write) -> std::io::Result<()> {
        let mut csv = CsvWriter::new(out)?;
        let names: Vec<&String> =
            self.model.names.iter().filter(|name| self.table.column(name).is_some()).collect();
        let label = self.table.column(self.label);
        let mut head = vec!["row"];
        head.extend(names.iter().map(|name| name.as_str()));
        if label.is_some() {
            head.push(self.label);
        }
        head.extend(["held_back", "score"]);
        if self.explaining.is_some() {
            head.extend(["reason_1", "reason_2", "reason_3"]);
        }
        csv.row(head)?;
        for range in workers::ranges(self.table.rows(), 50_000) {
            let from = range.start;
            let reasons = workers::each(range.len().div_ceil(1_000), |part| {
                let start = from + part * 1_000;
                (start..(start + 1_000).min(range.end))
                    .map(|row| self.reasons(row))
                    .collect::<Vec<_>>()
            });
            for (row, reasons) in range.zip(reasons.into_iter().flatten()) {
                let mut cells = vec![(row + 1).to_string()];
                cells.extend(
                    names.iter().filter_map(|name| Some(self.table.column(name)?.text(row))),
                );
                cells.extend(label.map(|label| label.text(row)));
                let held = self.held[row];
                cells.push(if held.is_some() { "yes" } else { "no" }.to_owned());
                cells.push(format!("{:.6}", held.unwrap_or(self.scores[row])));
                cells.extend(reasons);
                csv.row(cells)?;
            }
        }
        csv.finish()?;
        Ok(())
    }

    /// The score that is written: that of the time when the row was held back, where there was one.
    fn shown(&self, row: usize) -> f64 {
        self.held[row].unwrap_or(self.scores[row])
    }

    /// `tenure = 2 (+0.81)`: what moved the score, and by how much of the logit.
    fn reasons(&self, row: usize) -> Vec<String> {
        let Some(explaining) = &self.explaining else { return vec![] };
        if self.shown(row) < self.least {
            return vec![String::new(); REASONS];
        }
        let mut said: Vec<String> = explaining
            .most(row, REASONS)
            .into_iter()
            .map(|worth| {
                let feature = &self.model.features[worth.feature];
                let value = feature.said(self.table, row);
                let name = match &feature.reading {
                    Reading::Number | Reading::Choice { .. } => feature.column.clone(),
                    Reading::DaysBefore { .. } | Reading::Length | Reading::Mentions { .. } => {
                        feature.name()
                    }
                };
                format!("{name} = {value} ({:+.2})", worth.worth)
            })
            .collect();
        said.resize(REASONS, String::new());
        said
    }
}

fn write_contributions(out: &Path, table: &Table, model: &Model) -> Result<(), Failure> {
    let frame: Frame = model.frame(table);
    let explaining = model.explaining(frame);
    let file = File::create(out).map_err(|fault| Failure::file(out, fault))?;
    let write = || -> std::io::Result<()> {
        let mut csv = CsvWriter::new(std::io::BufWriter::new(file))?;
        let mut head = vec!["row".to_owned(), "start".to_owned()];
        head.extend(model.features.iter().map(|feature| feature.name()));
        head.push("logit".to_owned());
        csv.row(head)?;
        let start = explaining.start();
        for row in 0..table.rows() {
            let worths = explaining.all(row);
            let logit = start + worths.iter().map(|worth| worth.worth).sum::<f64>();
            let mut cells = vec![(row + 1).to_string(), format!("{start:.6}")];
            cells.extend(worths.iter().map(|worth| format!("{:.6}", worth.worth)));
            cells.push(format!("{logit:.6}"));
            csv.row(cells)?;
        }
        csv.finish()?;
        Ok(())
    };
    write().map_err(|fault| Failure::file(out, fault))
}
