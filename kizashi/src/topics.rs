//! Finds topics in plain reports, one a line: no folder, no server, nothing kept.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write},
    process::ExitCode,
};

use serde_json::json;
use topics::{Class, Cut, Dictionary, DictionaryDraft, Fault, Hit, Letters, Report};
use words::Words;

use crate::{
    args,
    screen::{Failure, Screen},
};

/// A longer line is no report.
const LINE_MOST: usize = 1 << 20;

pub(crate) fn topics(given: &args::Topics, screen: &Screen) -> Result<ExitCode, Failure> {
    if given.print {
        screen.line(DictionaryDraft::BUILT_IN.trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let cut: Box<dyn Cut> = match Words::unpack() {
        Ok(words) => Box::new(words),
        Err(why) => {
            screen.note(why);
            Box::new(Letters)
        }
    };
    let dictionary = dictionary(given, &*cut, screen)?;
    let reader: Box<dyn Read> = match &given.file {
        Some(path) => Box::new(File::open(path).map_err(|why| Failure::file(path, why))?),
        None => Box::new(std::io::stdin()),
    };
    let printing = Printing { given, screen, dictionary: &dictionary };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut lines = Lines { reader: BufReader::new(reader), number: 0 };
    while let Some(line) = lines.next()? {
        let report = dictionary.read(&line, &*cut);
        // A closed pipe (`| head`) ends the printing, not in a failure.
        if printing.print(&mut out, &line, &report).is_err() {
            break;
        }
    }
    let _ = out.flush();
    Ok(ExitCode::SUCCESS)
}

fn dictionary(given: &args::Topics, cut: &dyn Cut, screen: &Screen) -> Result<Dictionary, Failure> {
    let Some(path) = &given.dictionary else {
        return Dictionary::built_in().map_err(|faults| failure(&faults));
    };
    let text = std::fs::read_to_string(path).map_err(|why| Failure::file(path, why))?;
    let draft = DictionaryDraft::read(&text).map_err(|fault| failure(&[fault]))?;
    let dictionary = draft.check().map_err(|faults| failure(&faults))?;
    let missed = dictionary.try_examples(cut);
    if missed.is_empty() {
        return Ok(dictionary);
    }
    screen.note(
        screen.say("辞書の例文が合いません:", "examples of the dictionary come out otherwise:"),
    );
    Err(failure(&missed))
}

/// All faults, a line each.
fn failure(faults: &[Fault]) -> Failure {
    let lines = |text: fn(&Fault) -> &str| -> String {
        let line = |fault: &Fault| match fault.place.as_str() {
            "" => text(fault).to_owned(),
            place => format!("{place}: {}", text(fault)),
        };
        faults.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Failure::new(lines(|fault| &fault.ja), lines(|fault| &fault.en))
}

struct Lines {
    reader: BufReader<Box<dyn Read>>,
    number: u64,
}

impl Lines {
    fn next(&mut self) -> Result<Option<String>, Failure> {
        self.number += 1;
        let mut bytes = vec![];
        let mut limited = (&mut self.reader).take(LINE_MOST as u64 + 1);
        let read = limited.read_until(b'\n', &mut bytes).map_err(Failure::of)?;
        if read == 0 {
            return Ok(None);
        }
        let number = self.number;
        if LINE_MOST < read && bytes.last() != Some(&b'\n') {
            return Err(Failure::new(
                format!("{number} 行目が長すぎます（1 MB まで）。一件ごとに改行してください"),
                format!("line {number} is longer than 1 MB; put each report on a line of its own"),
            ));
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new(
                format!("{number} 行目が UTF-8 ではありません。UTF-8 で保存し直してください"),
                format!("line {number} is not UTF-8; save the file as UTF-8"),
            )
        })?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let text = if number == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        Ok(Some(text.to_owned()))
    }
}

struct Printing<'a> {
    given: &'a args::Topics,
    screen: &'a Screen,
    dictionary: &'a Dictionary,
}

impl Printing<'_> {
    fn print(&self, out: &mut impl Write, line: &str, report: &Report) -> std::io::Result<()> {
        let topics = report.topics(self.dictionary);
        let topics =
            topics.into_iter().filter(|topic| self.given.all || topic.class == Class::Sign);
        let topics: Vec<&str> = topics.map(|topic| topic.id.as_str()).collect();
        let shown = |hit: &&Hit| hit.counts && topics.contains(&hit.topic.as_str());
        let hits: Vec<&Hit> = report.hits.iter().filter(shown).collect();
        if self.screen.json {
            return writeln!(out, "{}", self.json(line, report, &topics, &hits));
        }
        let spans = hits.iter().map(|hit| {
            let (begin, end) = letters(line, hit);
            format!("{}:{begin}-{end}:{}", hit.topic, plain(&line[hit.span.clone()]))
        });
        let spans: Vec<String> = spans.collect();
        writeln!(out, "{}\t{}\t{}", plain(line), topics.join(","), spans.join(" "))?;
        if self.given.explain {
            for said in self.reasons(line, report) {
                writeln!(out, "  {}", plain(&said))?;
            }
        }
        Ok(())
    }

    fn reasons(&self, line: &str, report: &Report) -> Vec<String> {
        let hits = report.hits.iter().map(|hit| hit.said(line, self.dictionary));
        let hints = report.hints.iter().map(|hint| hint.said());
        hits.chain(hints).map(|said| self.screen.say(&said.ja, &said.en).to_owned()).collect()
    }

    fn json(
        &self,
        line: &str,
        report: &Report,
        topics: &[&str],
        hits: &[&Hit],
    ) -> serde_json::Value {
        let span = |hit: &&Hit| {
            let (begin, end) = letters(line, hit);
            json!({
                "topic": hit.topic, "rule": hit.rule, "rule_since": hit.rule_since,
                "begin": begin, "end": end, "quote": &line[hit.span.clone()],
            })
        };
        let mut value = json!({
            "report": line,
            "topics": topics,
            "spans": hits.iter().map(span).collect::<Vec<_>>(),
        });
        if self.given.explain {
            value["reasons"] = self.reasons(line, report).into();
        }
        value
    }
}

/// The place of a hit, in letters of its line.
fn letters(line: &str, hit: &Hit) -> (usize, usize) {
    let count = |bytes: usize| line[..bytes].chars().count();
    (count(hit.span.start), count(hit.span.end))
}

/// A tab inside a column would make two of it.
fn plain(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
