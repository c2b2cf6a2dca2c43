//! What can be said on the command line, with examples, in English and (where the terminal speaks it) Japanese.

mod lists;

use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use condition::Language;

pub(crate) use lists::{Clean, FileForm, Match, ReportForm};

use crate::{
    ahead, customers, due, experiment, groups, offers, organisation, records, reports, signs,
    ways_in,
};

/// Reads the signs in what customers do: whom to contact today, why and how.
#[derive(Debug, Parser)]
#[command(name = "kizashi", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Examples:\n  kizashi demo                         a sample firm to look around in\n  kizashi serve --data my-firm         your own firm; the first start prints a link to sign in\n  kizashi import customers.csv purchases.xlsx --data my-firm\n  kizashi evaluate --customers c.csv --events e.csv --segments s.yaml --at 2026-11-21T00:00:00+09:00 --out members"
)]
pub(crate) struct Kizashi {
    /// The folder in which everything is kept
    #[arg(long, short = 'd', global = true, env = "KIZASHI_DATA", value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// The language of what is printed; the terminal's own by default
    #[arg(long, global = true, value_name = "ja|en")]
    pub(crate) lang: Option<Tongue>,
    /// Print JSON for machines
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A language by its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Tongue {
    /// Japanese
    Ja,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start the server; the first start prints a one-time link for the owner
    Serve(Serve),
    /// Fill a new folder with a sample firm, start the server and print its address
    Demo(Demo),
    /// Bring in customers, contacts, events, purchases, deals or daily reports from files
    Import(Import),
    /// Write a normalised copy of any table, and report what was done to it
    Clean(Clean),
    /// Find the rows of a list, or of two, that are the same customer
    Match(Match),
    /// List past imports
    Imports,
    /// Take an import back
    Undo(Undo),
    Customers(customers::Customers),
    /// Erase customers for good: every fact told of them, and whatever comes in of them later
    Erase(Erase),
    /// Evaluate segments over plain files, without a server and without keeping anything
    Evaluate(Evaluate),
    /// Say why a customer is in a segment or not
    Explain(Explain),
    /// List the segments with their exact sizes, or bring in a file of segments
    Segments(Segments),
    /// List the versions of a segment, or say who is in by one and not by another
    Versions(Versions),
    /// List who entered and left segments, in the order in which it was told, or go on telling
    Changes(Changes),
    /// Count who would have been in, day by day, and list from when to when
    Backtest(Backtest),
    /// Say which segments share members, which are alike and which lie inside another
    Overlap(Overlap),
    /// Say who went from which segment to which between two instants
    Flows(Flows),
    /// List segments to begin with, or print some of them as a file of segments
    Templates(Templates),
    /// List packs of segments for a trade, put one in use, or take it out
    Packs(groups::args::Packs),
    /// Count customers by one or two measures: RFM, amounts by industry, anything by anything
    Crosstab(groups::args::Crosstab),
    /// Say what the members of a segment have in common that others have not
    Profile(groups::args::Profile),
    /// Say which of two ways did better, from a table or from counts, and how many are needed
    Experiment(experiment::args::Experiment),
    /// Print the JSON Schema of conditions, for editors and for programs that write conditions
    #[command(after_help = "Example:\n  kizashi schema > condition.schema.json")]
    Schema,
    /// Say how much each customer will buy and is worth, from a file of purchases
    Clv(ahead::args::Clv),
    /// Rank the customers that are most like those of a list, with what they have in common
    Lookalike(ahead::args::Lookalike),
    /// Say which customer is about to buy which product again, from a file of purchases
    Replenish(ahead::args::Replenish),
    /// List what customers are about to buy again, learnt of the running workspace
    Due(due::Due),
    /// Learn from a table who will buy, leave or upgrade, and score others by it
    Model(ahead::args::Model),
    /// Find the topics in daily reports: one report a line, from standard input or a file
    Topics(Topics),
    /// Find customers that stand here more than once, and decide which are one
    Pairs(records::Pairs),
    Organisation(organisation::Organisation),
    Tag(ways_in::Tag),
    Watch(ways_in::Watch),
    /// Say what data there is, how full and how fresh, and what is missing
    Inventory(records::Inventory),
    /// Write a daily report about a customer, or take one back
    Report(reports::Report),
    /// List what was written about customers, with the topics found in it
    Reports(reports::Reports),
    /// Count how often topics come up over time, or the words for them: names of competitors
    Mentions(reports::Mentions),
    /// Show the dictionary of topics with what became of its rules, or change it
    Dictionary(reports::Dictionary),
    /// Print today's call list
    Today(Today),
    /// List the signs and how many customers carry them
    Signs,
    /// Try signs on the past: how often they were right, how early, and how much better than chance
    Sign(signs::args::Sign),
    /// Say whom an offer fits and why, what a customer needs, and what to propose next
    Offer(offers::args::Offer),
    /// Drop everything derived and make it anew from the facts
    Rebuild,
    /// Write everything into one file, while the server goes on working or without one
    Backup(Backup),
    /// Make a new folder of a backup
    Restore(Restore),
    /// Check every byte of a folder and say what is wrong and what to do
    Doctor,
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  kizashi completions bash > ~/.local/share/bash-completion/completions/kizashi"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

impl Command {
    /// With how many bytes of memory it is to do.
    pub(crate) fn memory(&self) -> Option<u64> {
        let given = match self {
            Command::Serve(given) => given.memory,
            Command::Demo(given) => given.memory,
            Command::Import(given) => given.memory,
            Command::Evaluate(given) => given.memory,
            _ => return None,
        };
        given.memory
    }
}

/// How much memory to use.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Memory {
    /// With how much memory to do, such as `512M` or `2G`; facts beyond it are read from disk, only slower
    #[arg(long, value_name = "SIZE", value_parser = size, env = "KIZASHI_MEMORY")]
    pub(crate) memory: Option<u64>,
}

/// The least memory with which the program can do.
const MEMORY_LEAST: u64 = 64 << 20;

fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no size; write it like `512M` or `2G`");
    let (digits, unit) = match text.char_indices().next_back() {
        Some((at, 'K' | 'k')) => (&text[..at], 1 << 10),
        Some((at, 'M' | 'm')) => (&text[..at], 1 << 20),
        Some((at, 'G' | 'g')) => (&text[..at], 1 << 30),
        _ => (text, 1),
    };
    let bytes = digits.parse::<u64>().map_err(|_| wrong())?.checked_mul(unit).ok_or_else(wrong)?;
    match bytes {
        MEMORY_LEAST.. => Ok(bytes),
        _ => Err(format!("`{text}` is too little; the least is 64M")),
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi serve --data my-firm\n  kizashi serve --data my-firm --listen 0.0.0.0:7373   reachable from other machines; put TLS in front"
)]
pub(crate) struct Serve {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:7373", value_name = "ADDRESS")]
    pub(crate) listen: std::net::SocketAddr,
    /// Import each new file of this folder by itself; see `kizashi watch --help`
    #[arg(long, value_name = "FOLDER")]
    pub(crate) watch: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) memory: Memory,
    /// Let tests move the clock through the API; never use it for a real firm
    #[arg(long, hide = true)]
    pub(crate) test_clock: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi demo\n  kizashi demo --data somewhere --port 0 --seed 7\n  kizashi demo --files sample-files      write the sample firm as CSV files and stop"
)]
pub(crate) struct Demo {
    /// The seed from which the firm is made; the same seed gives the same firm
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// The port to listen on, on this machine only; 0 takes a free one
    #[arg(long, default_value_t = 7373)]
    pub(crate) port: u16,
    /// Keep the folder of an earlier demo instead of making a new one
    #[arg(long)]
    pub(crate) keep: bool,
    /// Write the firm's files for trying the import, and its truth, into this folder; start nothing
    #[arg(long, value_name = "FOLDER")]
    pub(crate) files: Option<PathBuf>,
    /// The instant that counts as now, for a firm that is always the same
    #[arg(long, value_name = "INSTANT")]
    pub(crate) now: Option<String>,
    #[command(flatten)]
    pub(crate) memory: Memory,
    /// Let tests move the clock through the API
    #[arg(long, hide = true)]
    pub(crate) test_clock: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Columns are guessed and shown. Wrong rows are listed and left out, the rest goes in.\n\nExamples:\n  kizashi import customers.csv\n  kizashi import --kind purchases --field 購入日=at --field メモ=- orders.xlsx\n  kizashi import --check reports.csv          look only, keep nothing\n  kizashi import exports/                     every file of a folder\n  pbpaste | kizashi import -                  what was copied from a sheet"
)]
pub(crate) struct Import {
    /// CSV (any usual encoding), Excel, OpenDocument, a zip or a folder of them; `-` is standard input
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// What the rows are about, when the guess is wrong: customers, contacts, cards, events, purchases, deals,
    /// reports, page_views, mails, letters, inquiries, surveys, usage
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// What a column means, when the guess is wrong; `-` leaves it out. May be given again
    #[arg(long = "field", value_name = "COLUMN=FIELD")]
    pub(crate) fields: Vec<String>,
    /// The sheet of a workbook
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// The encoding, when the guess is wrong: utf-8, cp932, euc-jp, iso-2022-jp, utf-16le, utf-16be
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// The row of the headers, from 1; 0 when there are none
    #[arg(long, value_name = "ROW")]
    pub(crate) header_row: Option<u32>,
    /// Take the hidden rows of a sheet too
    #[arg(long)]
    pub(crate) hidden_rows: bool,
    /// The year of dates written without one (4月1日); without it such rows are left out
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// Check the whole file and keep nothing
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) memory: Memory,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kizashi imports\n  kizashi undo 3")]
pub(crate) struct Undo {
    /// The import's number, as `kizashi imports` lists it
    pub(crate) import: i64,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The file is read back and checked before it gets its name. Files that were uploaded and wait to be imported are not in it.\n\nExamples:\n  kizashi backup my-firm.backup --data my-firm\n  kizashi backup my-firm.backup --check"
)]
pub(crate) struct Backup {
    /// The file to write; it must not be there yet
    pub(crate) file: PathBuf,
    /// Read a backup that is there to its end instead, and say whether it is whole
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Every byte is checked before anything is written.\n\nExamples:\n  kizashi restore my-firm.backup my-firm-again\n  kizashi restore old.backup my-firm-again --erased my-firm/facts/erased      customers erased since stay erased"
)]
pub(crate) struct Restore {
    /// The backup
    pub(crate) file: PathBuf,
    /// The folder to make; it must be new or empty
    pub(crate) folder: PathBuf,
    /// The list of erased customers of the folder the backup was made of: `FOLDER/facts/erased`
    #[arg(long, value_name = "FILE")]
    pub(crate) erased: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "There is no way back. Older backups still hold them: see `kizashi restore --erased`.\n\nExample:\n  kizashi erase C0042 --yes"
)]
pub(crate) struct Erase {
    /// The customers' keys
    #[arg(required = true)]
    pub(crate) customers: Vec<String>,
    /// Do it; without this, only what would be erased is said
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Customers and events come as CSV, Excel or Parquet; segments as YAML or JSON.\n\nExample:\n  kizashi evaluate --customers customers.csv --events events.parquet --segments segments.yaml \\\n      --at 2026-11-21T00:00:00+09:00 --out members"
)]
pub(crate) struct Evaluate {
    /// A list of customers; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) customers: Vec<PathBuf>,
    /// Events, purchases, deals or reports; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) events: Vec<PathBuf>,
    /// The segments
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) segments: Vec<PathBuf>,
    /// The instant to evaluate at, or a day for its first instant; now by default
    #[arg(long, value_name = "INSTANT")]
    pub(crate) at: Option<String>,
    /// The folder for the results
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,
    /// How the members are written
    #[arg(long, default_value = "csv")]
    pub(crate) format: Format,
    /// The time zone of calendar windows and of times without an offset
    #[arg(long, default_value = "Asia/Tokyo")]
    pub(crate) zone: String,
    #[command(flatten)]
    pub(crate) memory: Memory,
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated text, UTF-8
    Csv,
    /// Parquet
    Parquet,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi explain C0042 dormant\n  kizashi explain C0042 --condition draft.yaml     a condition that is not saved"
)]
pub(crate) struct Explain {
    /// The customer's key
    pub(crate) customer: String,
    /// The segment's id
    #[arg(required_unless_present = "condition")]
    pub(crate) segment: Option<String>,
    /// A file with one condition, instead of a segment
    #[arg(long, value_name = "FILE", conflicts_with = "segment")]
    pub(crate) condition: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi segments\n  kizashi segments --check segments.yaml       say every fault, keep nothing\n  kizashi segments --diff segments.yaml        say who would come and go, keep nothing\n  kizashi segments --add segments.yaml\n  kizashi segments --export > segments.yaml\n  kizashi segments --review loyal --next 2027-03-01\n  kizashi segments --merge often --into loyal --json > merged.json\n  kizashi segments --undo-merge merged.json"
)]
pub(crate) struct Segments {
    /// Bring in a file of segments
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "diff"])]
    pub(crate) add: Option<PathBuf>,
    /// Check a file of segments by itself
    #[arg(long, value_name = "FILE", conflicts_with = "diff")]
    pub(crate) check: Option<PathBuf>,
    /// Say who would come and go if a file of segments were brought in
    #[arg(long, value_name = "FILE")]
    pub(crate) diff: Option<PathBuf>,
    /// Print all segments in use as a file that can be brought in again
    #[arg(long, conflicts_with_all = ["add", "check", "diff"])]
    pub(crate) export: bool,
    /// Say that a segment was looked at today and stays as it is
    #[arg(long, value_name = "SEGMENT", conflicts_with_all = ["add", "check", "diff", "export"])]
    pub(crate) review: Option<String>,
    /// The day by which it is to be looked at again, such as 2027-03-01
    #[arg(long, value_name = "DAY", requires = "review")]
    pub(crate) next: Option<String>,
    /// Make one of two segments: this one goes out of use
    #[arg(long, value_name = "SEGMENT", requires = "into", conflicts_with_all = ["add", "check", "diff", "export", "review"])]
    pub(crate) merge: Option<String>,
    /// The segment that stays; what refers to the other refers to this one from then on
    #[arg(long, value_name = "SEGMENT", requires = "merge")]
    pub(crate) into: Option<String>,
    /// Undo a merge, of which --json printed this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["add", "check", "diff", "export", "review", "merge"])]
    pub(crate) undo_merge: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi versions loyal\n  kizashi versions loyal --compare 2 3      who is in by version 3 and not by 2, and the other way round"
)]
pub(crate) struct Versions {
    /// The segment's id
    pub(crate) segment: String,
    /// Two versions to compare
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"])]
    pub(crate) compare: Vec<i32>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi changes --segment dormant\n  kizashi changes --after 41200 --follow --json | your-program      one JSON object a line; keep the last `seq` to go on later"
)]
pub(crate) struct Changes {
    /// Only changes of this segment, by id
    #[arg(long, value_name = "ID")]
    pub(crate) segment: Option<String>,
    /// Begin behind the change of this number
    #[arg(long, value_name = "SEQ", default_value_t = 0)]
    pub(crate) after: u64,
    /// Go on and wait for further ones, until interrupted
    #[arg(long)]
    pub(crate) follow: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi backtest dormant --from 2026-09-01 --to 2026-11-20\n  kizashi backtest dormant --of-version 2 --from 2026-09-01 --to 2026-11-20\n  kizashi backtest --condition draft.yaml --from 2026-09-01 --to 2026-11-20 --out stays.csv"
)]
pub(crate) struct Backtest {
    /// The segment's id
    #[arg(required_unless_present = "condition")]
    pub(crate) segment: Option<String>,
    /// A file with one condition, instead of a segment
    #[arg(long, value_name = "FILE", conflicts_with = "segment")]
    pub(crate) condition: Option<PathBuf>,
    /// An earlier version of the segment
    #[arg(long, value_name = "VERSION", conflicts_with = "condition")]
    pub(crate) of_version: Option<i32>,
    /// The first day
    #[arg(long, value_name = "DAY")]
    pub(crate) from: String,
    /// The last day, not after today
    #[arg(long, value_name = "DAY")]
    pub(crate) to: String,
    /// Write who was in from when to when into this CSV file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi overlap\n  kizashi overlap loyal at-risk      only pairs with these\n  kizashi overlap loyal at-risk dormant --exactly      how many are in which of these and in no other"
)]
pub(crate) struct Overlap {
    /// Ids of segments; all of them by default
    pub(crate) segments: Vec<String>,
    /// Say how many are in which of the named segments, 2 to 12 of them, and in no other of these
    #[arg(long, requires = "segments")]
    pub(crate) exactly: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A customer counts for the first of the segments that holds.\n\nExample:\n  kizashi flows loyal at-risk dormant --from 2026-10-01T00:00:00+09:00 --to 2026-11-01T00:00:00+09:00"
)]
pub(crate) struct Flows {
    /// Ids of segments
    #[arg(required = true)]
    pub(crate) segments: Vec<String>,
    /// The instant before
    #[arg(long, value_name = "INSTANT")]
    pub(crate) from: String,
    /// The instant after; now by default
    #[arg(long, value_name = "INSTANT")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi templates\n  kizashi templates dormant-good-customers > mine.json     then: kizashi segments --add mine.json"
)]
pub(crate) struct Templates {
    /// Ids of templates to print as a file of segments; none lists them all
    pub(crate) templates: Vec<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "One line comes out for each that goes in, with tabs between: the report, its topics with commas between, and where each was\nfound, as topic:begin-end:quote with spaces between; places count letters from 0.\n\nExamples:\n  kizashi topics < reports.txt > topics.tsv\n  kizashi topics reports.txt --all --explain\n  kizashi topics --print > mine.yaml     then: kizashi topics --dictionary mine.yaml < reports.txt"
)]
pub(crate) struct Topics {
    /// The file of reports; standard input by default
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// A dictionary of one's own, in the form that --print shows; its examples are tried first
    #[arg(long, value_name = "FILE")]
    pub(crate) dictionary: Option<PathBuf>,
    /// Also topics that are good to know but foretell nothing: renewal, praise, interest
    #[arg(long)]
    pub(crate) all: bool,
    /// Say why each place counts or does not, below its report
    #[arg(long)]
    pub(crate) explain: bool,
    /// Print the dictionary that comes with the program, and stop
    #[arg(long)]
    pub(crate) print: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kizashi today --rep 佐藤")]
pub(crate) struct Today {
    /// Only this rep's customers
    #[arg(long)]
    pub(crate) rep: Option<String>,
    /// How many rows
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
}

/// What each command is for, in Japanese.
const ABOUT_JA: &[(&str, &str)] = &[
    ("serve", "サーバーを始める。最初の起動では持ち主のための一度きりのリンクを表示する"),
    ("demo", "見本の会社を新しいフォルダに作り、サーバーを始めてアドレスを表示する"),
    ("import", "顧客・関係者・行動・購買・案件・日報をファイルから取り込む"),
    ("clean", "表を整えた写しを作り、何を直したかを報告する"),
    ("match", "一つの表の中、または二つの表の間で、同じ顧客の行を見つける（名寄せ）"),
    ("imports", "これまでの取り込みを一覧する"),
    ("undo", "取り込みを取り消す"),
    ("erase", "顧客を完全に消去する（元に戻せない）。以後その顧客の記録は受け取らない"),
    ("evaluate", "サーバーなしで、手元のファイルだけでセグメントを評価する（何も残さない）"),
    ("explain", "顧客がセグメントに入っている（いない）理由を示す"),
    ("segments", "セグメントと正確な件数を一覧する。ファイルからの登録もできる"),
    ("versions", "セグメントの版を一覧し、二つの版で出入りする顧客を比べる"),
    ("backtest", "過去の期間について、日ごとの件数と、だれがいつからいつまで入っていたかを示す"),
    ("overlap", "セグメントどうしの重なり、同じもの、含まれるものを示す"),
    ("flows", "二つの時点の間に、どのセグメントからどこへ移ったかを示す"),
    ("templates", "はじめに使えるセグメントのひな形を一覧し、ファイルとして出力する"),
    ("packs", "業種ごとのセグメント一式を一覧し、まとめて使い始める・外す"),
    ("crosstab", "顧客を一つか二つの物差しで数える（RFM、業種別の金額など）"),
    ("profile", "セグメントに入っている顧客の、ほかの顧客と違う点を示す"),
    ("experiment", "二つのやり方のどちらがよかったか、何人で確かめられるかを示す（A/B テスト）"),
    ("schema", "条件の JSON Schema を出力する（エディターやプログラム向け）"),
    ("clv", "購入のファイルから、顧客ごとにこれからの購入と価値を予測する"),
    ("lookalike", "リストの顧客に似ている顧客を、共通点とともに似ている順に並べる"),
    ("due", "まもなくまた買われる品を、動いているワークスペースから並べる"),
    ("replenish", "購入のファイルから、だれがどの商品をまもなくまた買うかを予測する"),
    ("model", "表から、だれが買うか・離れるか・上位に移るかを学び、スコアを付ける"),
    ("topics", "日報の文から話題（競合・不満・離反など）を見つける。一行を一件として読む"),
    ("pairs", "同じ顧客の記録を探し、一つにまとめるか決める（名寄せ）"),
    ("customers", "顧客を一覧し、まとめて変え、まとめて元に戻す"),
    ("organisation", "顧客がどの会社・拠点・人かと、同じ会社のほかの記録を示す"),
    ("tag", "自社サイトに貼るタグを作る・一覧する・止める（閲覧が記録になる）"),
    ("watch", "フォルダに置かれたファイルを、前と同じ読み方で自動で取り込む"),
    ("inventory", "どんなデータがあり、どれだけ埋まり新しいか、何が足りないかを表示する"),
    ("report", "顧客についての営業日報を書く。または取り消す"),
    ("reports", "顧客について書かれたものを、見つかった話題とともに一覧する"),
    ("mentions", "話題（または競合名などの言い方）が出た数を期間ごとに数える"),
    ("dictionary", "話題の辞書と、規則ごとの成績を表示する。または辞書を変える"),
    ("today", "今日連絡すべき顧客を表示する"),
    ("signs", "兆しと、いま当てはまる顧客の数を一覧する"),
    ("sign", "兆しを過去で試し、どれだけ当たり、どれだけ早く、偶然の何倍かを示す"),
    ("rebuild", "派生データを捨て、事実から作り直す"),
    ("backup", "すべてを一つのファイルに書き出す（サーバーが動いたままでもよい）"),
    ("restore", "バックアップから新しいフォルダを作る"),
    ("doctor", "フォルダの全バイトを調べ、問題と直し方を示す"),
    ("completions", "シェルの補完スクリプトを出力する"),
];

impl Kizashi {
    /// Reads the command line; help comes in the terminal's language.
    pub(crate) fn parse_in_language() -> Kizashi {
        let mut command = Kizashi::command();
        if terminal_language() == Language::Ja {
            command = command
                .about("顧客の行動から兆しを読み、今日だれに、なぜ、どう連絡するかを示します");
            for (name, about) in ABOUT_JA.iter().copied() {
                command = command.mut_subcommand(name, |subcommand| subcommand.about(about));
            }
        }
        Kizashi::from_arg_matches(&command.get_matches()).unwrap_or_else(|fault| fault.exit())
    }

    /// The language to speak.
    pub(crate) fn language(&self) -> Language {
        match self.lang {
            Some(Tongue::Ja) => Language::Ja,
            Some(Tongue::En) => Language::En,
            None => terminal_language(),
        }
    }

    /// The data folder, `kizashi-data` here by default.
    pub(crate) fn folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from("kizashi-data"))
    }
}

fn terminal_language() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    match named {
        Some(tag) if tag.starts_with("ja") => Language::Ja,
        _ => Language::En,
    }
}
