//! `kizashi match`: the rows of a list, or of two, that are the same customer.

use std::{
    io::{BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use intake::CsvWriter;
use matching::{
    Apart, Blocks, Link, Matches, Model, Plan, Records, RowNo, Side, Step, Thresholds, Verdict,
    explain,
};
use store::on_all_cores;

use crate::{
    args,
    matching_files::{Table, described, said},
    screen::{Failure, Screen},
};

pub(crate) fn matched(given: &args::Match, screen: &Screen) -> Result<ExitCode, Failure> {
    let thresholds = thresholds(given)?;
    let mut tables = tables(given)?;
    let plan = match tables.as_slice() {
        [one] => Plan::of_one(&one.columns),
        [first, second, ..] => Plan::of_two(&first.columns, &second.columns),
        [] => return Err(nothing_to_compare(&tables, screen)),
    };
    if plan.comparisons().is_empty() {
        return Err(nothing_to_compare(&tables, screen));
    }
    let mut records = Records::new(plan);
    let bar = screen.bar(screen.say("名寄せ", "matching"));
    for (table, side) in tables.iter_mut().zip([Side::First, Side::Second]) {
        table.read(side, &mut records)?;
    }
    let rules = matching::rules(&records, given.seed, &on_all_cores);
    let blocks = Blocks::new(&records, &rules, &on_all_cores);
    let apart = Apart::new();
    let (matches, model) =
        matching::matches(&mut records, &blocks, given.seed, thresholds, &apart, &on_all_cores);
    bar.finish_and_clear();
    let result = Run { tables, records, blocks, matches, model };
    result.write(given)?;
    result.say(given, screen);
    Ok(ExitCode::SUCCESS)
}

fn thresholds(given: &args::Match) -> Result<Thresholds, Failure> {
    let sound = 0.0 < given.review && given.review <= given.auto && given.auto <= 1.0;
    if !sound {
        return Err(Failure::new(
            format!(
                "--review {} と --auto {}: 0 < review ≦ auto ≦ 1 となるように指定してください",
                given.review, given.auto
            ),
            format!(
                "--review {} and --auto {}: choose them so that 0 < review <= auto <= 1",
                given.review, given.auto
            ),
        ));
    }
    Ok(Thresholds { auto: given.auto, review: given.review })
}

fn tables(given: &args::Match) -> Result<Vec<Table>, Failure> {
    let said = said(&given.column)?;
    let mut used = vec![false; said.len()];
    let mut tables = Vec::new();
    for path in &given.files {
        let mut table = Table::look(path, given)?;
        for (known, here) in used.iter_mut().zip(table.set(&said)) {
            *known |= here;
        }
        tables.push(table);
    }
    let unknown = said.iter().zip(&used).find(|(_, used)| !**used);
    if let Some(((header, _), _)) = unknown {
        let headers: Vec<&str> = tables
            .iter()
            .flat_map(|table| table.columns.iter().map(|column| column.header.as_str()))
            .collect();
        let headers = headers.join(", ");
        return Err(Failure::new(
            format!("--column: 見出し `{header}` の列はありません。あるもの: {headers}"),
            format!("--column: no column is headed `{header}`; there are: {headers}"),
        ));
    }
    Ok(tables)
}

fn nothing_to_compare(tables: &[Table], screen: &Screen) -> Failure {
    let columns: Vec<String> = tables.iter().map(|table| described(table, screen)).collect();
    let columns = columns.join("\n  ");
    Failure::new(
        format!(
            "比べられる列がありません。氏名・会社名・住所・電話番号などの列を --column 見出し=種類 で指定してください\n  {columns}"
        ),
        format!(
            "there is no column to compare; name columns of names, addresses, telephones and so on by --column HEADER=KIND\n  {columns}"
        ),
    )
}

/// What came of a run, with all that is needed to show it.
struct Run {
    tables: Vec<Table>,
    records: Records,
    blocks: Blocks,
    matches: Matches,
    model: Model,
}

impl Run {
    /// The table of a row, and its place there.
    fn place(&self, row: RowNo) -> (usize, usize) {
        let row = row as usize;
        let first = self.tables.first().map_or(0, |table| table.ids.len());
        if row < first { (0, row) } else { (1, row - first) }
    }

    fn id(&self, row: RowNo) -> &str {
        let (table, place) = self.place(row);
        self.tables.get(table).and_then(|table| table.ids.get(place)).map_or("", String::as_str)
    }

    fn number(&self, row: RowNo) -> u64 {
        let (table, place) = self.place(row);
        self.tables.get(table).and_then(|table| table.rows.get(place)).copied().unwrap_or(0)
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.matches.links.iter().filter(|link| link.verdict == verdict).count()
    }

    /// The number of a customer: that of its first row, from 1.
    fn customer(&self, row: RowNo) -> u32 {
        self.matches.customer_of.get(row as usize).copied().unwrap_or(row) + 1
    }

    fn write(&self, given: &args::Match) -> Result<(), Failure> {
        match &given.out {
            Some(out) => to_file(out, &|csv| self.links(csv))?,
            None if !given.explain => to_output(&|csv| self.links(csv))?,
            None => {}
        }
        if let Some(out) = &given.customers {
            to_file(out, &|csv| self.rows(csv))?;
        }
        Ok(())
    }

    fn links(&self, csv: &mut Csv) -> std::io::Result<()> {
        csv.row([
            "id_a",
            "id_b",
            "probability",
            "weight",
            "verdict",
            "cluster",
            "direct",
            "row_a",
            "row_b",
        ])?;
        for link in &self.matches.links {
            let (verdict, cluster) = match link.verdict {
                Verdict::Auto => ("auto", self.customer(link.a).to_string()),
                Verdict::Review => ("review", String::new()),
            };
            csv.row([
                self.id(link.a),
                self.id(link.b),
                &format!("{:.6}", link.judged.probability),
                &format!("{:.2}", link.judged.weight),
                verdict,
                &cluster,
                if link.through_others { "no" } else { "yes" },
                &self.number(link.a).to_string(),
                &self.number(link.b).to_string(),
            ])?;
        }
        Ok(())
    }

    fn rows(&self, csv: &mut Csv) -> std::io::Result<()> {
        csv.row(["file", "row", "id", "cluster"])?;
        for row in 0..self.records.len() {
            let (table, _) = self.place(row);
            csv.row([
                &(table + 1).to_string(),
                &self.number(row).to_string(),
                self.id(row),
                &self.customer(row).to_string(),
            ])?;
        }
        Ok(())
    }

    fn say(&self, given: &args::Match, screen: &Screen) {
        if screen.json && given.out.is_some() {
            screen.json(&self.as_json(given, screen));
            return;
        }
        let to_people = given.out.is_some() || given.explain;
        let line = |text: String| if to_people { screen.line(text) } else { screen.note(text) };
        for text in self.summary(screen) {
            line(text);
        }
        if given.blocks {
            for rule in self.blocks.figures() {
                line(match screen.language {
                    condition::Language::Ja => format!(
                        "  {}: {} 組 / {} ブロック(最大 {} 行、大きすぎて除いたもの {})",
                        rule.label, rule.pairs, rule.blocks, rule.largest, rule.too_large
                    ),
                    condition::Language::En => format!(
                        "  {}: {} pairs in {} blocks (largest {} rows, {} too large and left out)",
                        rule.label, rule.pairs, rule.blocks, rule.largest, rule.too_large
                    ),
                });
            }
        }
        if given.explain {
            for link in self.to_explain(given.limit) {
                for text in self.explained(link, screen) {
                    line(text);
                }
            }
        }
    }

    fn summary(&self, screen: &Screen) -> Vec<String> {
        let mut lines: Vec<String> =
            self.tables.iter().map(|table| described(table, screen)).collect();
        for table in &self.tables {
            for fault in &table.faults {
                let path = table.path.display();
                lines.push(format!(
                    "{path}:{}: {}",
                    fault.number,
                    screen.say(&fault.reason.ja, &fault.reason.en)
                ));
            }
        }
        let rows = self.records.len();
        let left_out: u64 = self.tables.iter().map(|table| table.left_out).sum();
        let (auto, review) = (self.count(Verdict::Auto), self.count(Verdict::Review));
        let mut firsts = self.matches.customer_of.clone();
        firsts.sort_unstable();
        firsts.dedup();
        let (customers, compared) = (firsts.len(), self.matches.compared);
        lines.push(match screen.language {
            condition::Language::Ja => format!(
                "{rows} 行(読めず除いた {left_out} 行)、{compared} 組を比較 → 顧客 {customers}、自動で結んだ組 {auto}、人が確かめる組 {review}"
            ),
            condition::Language::En => format!(
                "{rows} rows ({left_out} unreadable and left out), {compared} pairs compared: {customers} customers, {auto} pairs linked, {review} pairs for people to decide"
            ),
        });
        lines
    }

    /// Pairs in doubt first, then the weakest links.
    fn to_explain(&self, limit: usize) -> Vec<&Link> {
        let mut links: Vec<&Link> = self.matches.links.iter().collect();
        links.sort_by(|x, y| {
            let doubt = |link: &Link| link.verdict == Verdict::Auto;
            doubt(x).cmp(&doubt(y)).then(x.judged.weight.total_cmp(&y.judged.weight))
        });
        links.truncate(limit);
        links
    }

    fn explained(&self, link: &Link, screen: &Screen) -> Vec<String> {
        let waterfall = explain(&self.records, &self.model, link.a, link.b);
        let verdict = match link.verdict {
            Verdict::Auto => screen.say("自動", "auto"),
            Verdict::Review => screen.say("要確認", "review"),
        };
        let percent = 100.0 * link.judged.probability;
        let mut lines = vec![
            String::new(),
            format!("{} = {}  {percent:.2} % {verdict}", self.id(link.a), self.id(link.b)),
        ];
        for (step, bits) in &waterfall.steps {
            lines.push(format!("  {bits:+7.2}  {}", self.step(step, screen)));
        }
        lines.push(format!("  {:+7.2}  {}", waterfall.judged.weight, screen.say("合計", "in all")));
        lines
    }

    fn step(&self, step: &Step, screen: &Screen) -> String {
        let (ja, en) = step.said(self.records.plan());
        screen.say(&ja, &en).to_owned()
    }

    fn as_json(&self, given: &args::Match, screen: &Screen) -> serde_json::Value {
        let table = |table: &Table| {
            let columns: serde_json::Map<String, serde_json::Value> = table
                .columns
                .iter()
                .map(|column| (column.header.clone(), column.kind.id().into()))
                .collect();
            serde_json::json!({
                "file": table.path.display().to_string(),
                "rows": table.ids.len(),
                "left_out": table.left_out,
                "columns": columns,
            })
        };
        let mut all = serde_json::json!({
            "files": self.tables.iter().map(table).collect::<Vec<_>>(),
            "compared": self.matches.compared,
            "auto": self.count(Verdict::Auto),
            "review": self.count(Verdict::Review),
        });
        if given.explain {
            let explained = self.to_explain(given.limit).into_iter().map(|link| {
                let waterfall = explain(&self.records, &self.model, link.a, link.b);
                let steps: Vec<serde_json::Value> = waterfall
                    .steps
                    .iter()
                    .map(|(step, bits)| serde_json::json!({ "said": self.step(step, screen), "bits": bits }))
                    .collect();
                serde_json::json!({
                    "id_a": self.id(link.a),
                    "id_b": self.id(link.b),
                    "probability": link.judged.probability,
                    "steps": steps,
                })
            });
            all["explained"] = explained.collect();
        }
        all
    }
}

/// A CSV in memory, so that a file is either whole or not there.
type Csv = CsvWriter<Vec<u8>>;

fn written(fill: &dyn Fn(&mut Csv) -> std::io::Result<()>) -> Result<Vec<u8>, Failure> {
    let mut csv = CsvWriter::new(Vec::new()).map_err(Failure::of)?;
    fill(&mut csv).map_err(Failure::of)?;
    let bytes = csv.finish().map_err(Failure::of)?;
    // Only where there is something else than ASCII does the mark tell programs anything.
    let mark = "\u{feff}".len();
    let plain = bytes.get(mark..).filter(|rest| rest.is_ascii()).map(<[u8]>::to_vec);
    Ok(plain.unwrap_or(bytes))
}

fn to_file(out: &Path, fill: &dyn Fn(&mut Csv) -> std::io::Result<()>) -> Result<(), Failure> {
    let bytes = written(fill)?;
    std::fs::write(out, bytes).map_err(|fault| Failure::file(out, fault))
}

fn to_output(fill: &dyn Fn(&mut Csv) -> std::io::Result<()>) -> Result<(), Failure> {
    let bytes = written(fill)?;
    // A closed pipe (`| head`) ends the printing, not the work.
    let mut out = BufWriter::new(std::io::stdout().lock());
    let _ = out.write_all(&bytes).and_then(|()| out.flush());
    Ok(())
}
