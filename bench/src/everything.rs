//! Both sides in one go, as one page of Markdown with ratios.

use std::{
    path::Path,
    process::Command,
    time::{Duration, SystemTime},
};

use facts::Timestamp;

use crate::{
    PeerOptions, Which, at_once, figures,
    figures::Figure,
    import, ingest, live,
    load::told,
    machine,
    ours::Evaluated,
    peers::{self, Cache, PEERS, Peer, Took},
    preview, standing,
    workload::{Files, Form, Size},
};

/// How long events are sent.
const SENDING: Duration = Duration::from_secs(20);
/// How many conditions are tried.
const TRIED: usize = 200;
/// Rows of the CSV that is imported.
const IMPORTED: u64 = 1_000_000;

/// Our evaluation of so many segments.
pub(crate) struct Ours {
    form: Form,
    segments: usize,
    evaluated: Evaluated,
}

/// One peer, asked.
pub(crate) struct Asked {
    peer: &'static Peer,
    segments: usize,
    outcome: Result<Took, String>,
}

/// Measures everything, prints the page and keeps it under `bench/results`.
pub(crate) fn measure(which: &Which, options: &PeerOptions) -> Result<(), String> {
    let files = which.loaded(Form::Plain)?;
    which.loaded(Form::Rich)?;
    let mut evaluated = vec![];
    for form in [Form::Plain, Form::Rich] {
        for segments in &options.segments {
            evaluated.push(our_side(which, form, *segments)?);
        }
    }
    let asked = ask_peers(which, options)?;
    let page = format!(
        "{}\n## Every segment over every customer\n\n{}\n## The running server\n\n{}",
        head(which.size),
        comparison(&evaluated, &asked),
        figures::table(&running(&files, which.size))
    );
    println!("{page}");
    keep(&page, which.size)?;
    evaluated.iter().try_for_each(|ours| ours.evaluated.check())
}

/// Evaluates in a process of its own, so that its memory is that of the evaluation alone.
fn our_side(which: &Which, form: Form, segments: usize) -> Result<Ours, String> {
    let word = match form {
        Form::Plain => "plain",
        Form::Rich => "rich",
    };
    let output = Command::new(std::env::current_exe().map_err(told)?)
        .args(["ours", "--json", "--size", which.size.name(), "--form", word])
        .arg("--segments")
        .arg(segments.to_string())
        .arg("--data")
        .arg(&which.data)
        .output()
        .map_err(told)?;
    let evaluated = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
    Ok(Ours { form, segments, evaluated })
}

/// Asks all peers that the options name; one that cannot be asked is a row of the table, too.
pub(crate) fn ask_peers(which: &Which, options: &PeerOptions) -> Result<Vec<Asked>, String> {
    let files = which.made()?;
    let cache = Cache::ready(&options.cache)?;
    let mut asked = vec![];
    let wanted = |peer: &&Peer| {
        let named = options.only.is_empty() || options.only.iter().any(|only| only == peer.engine);
        named && (peer.most == Size::Large || which.size == Size::Small)
    };
    for peer in PEERS.iter().filter(wanted) {
        for segments in options.segments.iter().copied().filter(|n| *n <= peer.segments) {
            eprintln!("{}, {segments} segments ...", peer.name);
            let limit = Duration::from_secs(options.limit);
            let outcome = peers::ask(peer, &cache, &files, which.size, segments, limit);
            asked.push(Asked { peer, segments, outcome });
        }
    }
    Ok(asked)
}

/// The comparison as a table; ratios are of processor time, against our plain form.
pub(crate) fn comparison(ours: &[Ours], asked: &[Asked]) -> String {
    let mut text =
        "| engine | segments | wall | CPU | CPU against ours | peak memory | results |\n\
                    |---|---|---|---|---|---|---|\n"
            .to_owned();
    let baseline = |segments: usize| {
        let same = |ours: &&Ours| ours.form == Form::Plain && ours.segments == segments;
        let cpu = ours.iter().find(same)?.evaluated.median().cpu.as_secs_f64();
        (0.0 < cpu).then_some(cpu)
    };
    for Ours { form, segments, evaluated } in ours {
        let took = evaluated.median();
        let form = match form {
            Form::Plain => "own store",
            Form::Rich => "own store, texts and decimals, a batch in twenty undone",
        };
        let ratio = baseline(*segments)
            .map_or_else(String::new, |cpu| format!("{:.1} x", took.cpu.as_secs_f64() / cpu));
        text.push_str(&format!(
            "| **Kizashi**, {form} | {segments} | {:.2} s | {:.2} s | {ratio} | {} MB | {} |\n",
            took.wall.as_secs_f64(),
            took.cpu.as_secs_f64(),
            evaluated.peak_mb,
            if evaluated.wrong.is_empty() {
                "as expected".into()
            } else {
                format!("{} WRONG", evaluated.wrong.len())
            },
        ));
    }
    for Asked { peer, segments, outcome } in asked {
        text.push_str(&match outcome {
            Ok(took) => peer_row(peer, *segments, took, baseline(*segments)),
            Err(fault) => format!("| {} | {segments} | | | | | not asked: {fault} |\n", peer.name),
        });
    }
    text
}

fn peer_row(peer: &Peer, segments: usize, took: &Took, baseline: Option<f64>) -> String {
    let cpu = took.cpu.as_secs_f64();
    // Of one that was stopped on the way, what it did is stretched to what it should have done.
    let stretch = if 0 < took.done { took.asked as f64 / took.done as f64 } else { 1.0 };
    let ratio = baseline.map_or_else(String::new, |ours| {
        let sign = match took.done {
            0 => "> ",
            done if done < took.asked => "about ",
            _ => "",
        };
        format!("{sign}{:.0} x", cpu * stretch / ours)
    });
    let mut results = match (took.done, took.wrong) {
        (0, _) => String::new(),
        (_, 0) => "as expected".into(),
        (_, wrong) => format!("{wrong} WRONG"),
    };
    if !took.note.is_empty() {
        let comma = if results.is_empty() { "" } else { "; " };
        results = format!("{results}{comma}{}", took.note);
    }
    format!(
        "| {} | {segments} | {:.1} s | {cpu:.1} s | {ratio} | {} MB | {results} |\n",
        peer.name,
        took.wall.as_secs_f64(),
        took.peak_mb
    )
}

/// Everything that is asked of the real program; what fails says so in its row.
fn running(files: &Files, size: Size) -> Vec<Figure> {
    let sections: [(&str, Result<Vec<Figure>, String>); 8] = [
        ("import", import::ours(files, IMPORTED)),
        ("start and memory", standing::measure(files, size, 1_000)),
        ("preview", preview::measure(files, size, TRIED)),
        ("live in memory", live::measure(files, size, 1_000)),
        ("live in memory, 200 segments", live::measure(files, size, 200)),
        ("events over HTTP", ingest::measure(files, size, 1_000, SENDING)),
        ("events over HTTP, 200 segments", ingest::measure(files, size, 200, SENDING)),
        ("many at once", at_once::measure(files, size, 1_000)),
    ];
    let mut all = vec![];
    for (what, figures) in sections {
        match figures {
            Ok(figures) => all.extend(figures),
            Err(fault) => {
                all.push(Figure { what: what.into(), value: "not measured".into(), how: fault })
            }
        }
    }
    all
}

fn head(size: Size) -> String {
    format!(
        "# {}: {} customers, {} events\n\n{}\n\n`kizashi-bench all --size {}` on {}; both sides one after the other, \
         nothing else running. Ours is the median of three, peers once, loading and checking not counted.\n",
        size.name(),
        size.customers(),
        size.events_drawn(),
        machine::described(),
        size.name(),
        today()
    )
}

fn keep(page: &str, size: Size) -> Result<(), String> {
    let folder = Path::new("bench/results");
    std::fs::create_dir_all(folder).map_err(told)?;
    let path = folder.join(format!("{}-{}-{}.md", today(), size.name(), machine::short_name()));
    std::fs::write(&path, page).map_err(told)?;
    eprintln!("kept in {}", path.display());
    Ok(())
}

/// The day by the machine's clock, in UTC.
fn today() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or_default());
    now.to_string().chars().take(10).collect()
}
