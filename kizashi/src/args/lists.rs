//! What can be said to commands from list to list: a clean copy, and the same customer once.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What is said of files whose form is guessed wrong.
#[derive(Debug, Args)]
pub(crate) struct FileForm {
    /// The encoding, when the guess is wrong: UTF-8, CP932, EUC-JP, ISO-2022-JP, UTF-16LE, UTF-16BE
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,
    /// The character between the cells, when the guess is wrong; `tab` is a tabulator
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) delimiter: Option<String>,
    /// The sheet of a workbook
    #[arg(long)]
    pub(crate) sheet: Option<String>,
    /// The row of the headers, from 1; 0 when there are none
    #[arg(long, value_name = "ROW")]
    pub(crate) header_row: Option<u32>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Any usual encoding and delimiter, Excel (.xlsx, .xls, .xlsb), OpenDocument (.ods), a zip of one of them, or `-` for standard input. Names, telephone numbers, postal codes, dates, amounts and addresses are put into one form, column by column; a column with a changed cell is followed by one of raw values. What cannot be read is empty in the copy and listed in the report.\n\nExamples:\n  kizashi clean list.csv                           the copy to standard output, the report beside it\n  kizashi clean list.xls --out list.clean.xlsx     the report to standard output\n  kizashi clean list.csv --report json             the report alone, for machines"
)]
pub(crate) struct Clean {
    /// The file; `-` is standard input
    pub(crate) file: PathBuf,
    /// Where to write the copy: .csv or .xlsx
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How to print the report
    #[arg(long, value_name = "text|json")]
    pub(crate) report: Option<ReportForm>,
    #[command(flatten)]
    pub(crate) form: FileForm,
    /// The encoding of a CSV copy: UTF-8 (with a byte order mark) or CP932
    #[arg(long, value_name = "NAME", default_value = "UTF-8")]
    pub(crate) out_encoding: String,
    /// Take the hidden rows of a sheet too
    #[arg(long)]
    pub(crate) hidden_rows: bool,
    /// The year of dates written without one (4月1日); without it they cannot be read
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<i16>,
    /// The order of dates such as 11/12/2026, when the values do not show it
    #[arg(long, value_name = "ymd|mdy|dmy")]
    pub(crate) date_order: Option<Order>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "One list is searched for doubles; two are linked. What the columns hold is guessed from headers and values, and shown; --column corrects it. A column of ids is given back with every link and never compared. Links from --auto on are made, those from --review on are for people to decide; a name alone is never enough.\n\nKinds of columns: id person given family reading company company_reading site postal region city house address phone fax email website birth corporate_number code choice text ignored\n\nExamples:\n  kizashi match customers.csv --out links.csv\n  kizashi match web.csv shop.xlsx --out links.csv\n  kizashi match list.csv --column 担当=person --column 備考=ignored --out links.csv\n  kizashi match list.csv --explain --limit 5       why pairs were linked, step by step"
)]
pub(crate) struct Match {
    /// One list or two; any usual encoding and delimiter, Excel or OpenDocument
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Where to write the links, as CSV; to standard output without it
    #[arg(long, short = 'o', value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Where to write every row's customer, as CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) customers: Option<PathBuf>,
    /// What a column holds, when the guess is wrong, for every file that has it
    #[arg(long, value_name = "HEADER=KIND")]
    pub(crate) column: Vec<String>,
    /// From which probability on a link is made without asking
    #[arg(long, default_value_t = 0.9, value_name = "0..1")]
    pub(crate) auto: f64,
    /// From which probability on people should look at a pair
    #[arg(long, default_value_t = 0.5, value_name = "0..1")]
    pub(crate) review: f64,
    /// Print why pairs were linked, step by step, in bits; each bit doubles the odds
    #[arg(long)]
    pub(crate) explain: bool,
    /// How many pairs to explain: those in doubt first
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: usize,
    /// Print which keys brought pairs to compare, and how many
    #[arg(long)]
    pub(crate) blocks: bool,
    /// The seed of what is drawn at random
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) form: FileForm,
}

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportForm {
    /// For people
    Text,
    /// For machines
    Json,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// 2026/11/21
    Ymd,
    /// 11/21/2026
    Mdy,
    /// 21/11/2026
    Dmy,
}

impl From<Order> for intake::DateOrder {
    fn from(order: Order) -> intake::DateOrder {
        match order {
            Order::Ymd => intake::DateOrder::YearMonthDay,
            Order::Mdy => intake::DateOrder::MonthDayYear,
            Order::Dmy => intake::DateOrder::DayMonthYear,
        }
    }
}
