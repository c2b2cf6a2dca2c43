//! The words after `experiment`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(
    after_help = "FILE has a row for each customer: which group, and what came of it (yes or no, or a number). With --before a number\nthat was known of each before takes noise away. Groups drawn otherwise than meant are named first: then nothing else counts.\n\nExamples:\n  kizashi experiment answers.csv --group version --outcome bought\n  kizashi experiment spend.csv --group version --outcome amount --before amount_last_year --planned 5000\n  kizashi experiment --shares 3/1000 9/1000\n  kizashi experiment --plan 0.10 0.14 --a-week 40"
)]
pub(crate) struct Experiment {
    /// The table of the experiment
    #[arg(required_unless_present_any = ["shares", "plan"], requires = "group")]
    pub(crate) file: Option<PathBuf>,
    /// The column that says in which group a row is
    #[arg(long, value_name = "COLUMN")]
    pub(crate) group: Option<String>,
    /// The column of what came of it
    #[arg(long, value_name = "COLUMN", required_unless_present_any = ["shares", "plan"])]
    pub(crate) outcome: Option<String>,
    /// The column of a number that was known before
    #[arg(long, value_name = "COLUMN")]
    pub(crate) before: Option<String>,
    /// The group that the others are held against; the first by name when not given
    #[arg(long, value_name = "GROUP")]
    pub(crate) control: Option<String>,
    /// Groups as `yes/of`, the control first
    #[arg(long, num_args = 2.., value_name = "YES/OF", value_parser = share, conflicts_with_all = ["file", "plan"])]
    pub(crate) shares: Vec<(u64, u64)>,
    /// The weights by which the groups were drawn, in the order of the groups; equal when not given
    #[arg(long, value_delimiter = ',', value_name = "WEIGHTS")]
    pub(crate) weights: Vec<f64>,
    /// How many are planned in all: then the difference is also told so that it may be looked at any day
    #[arg(long, value_name = "N")]
    pub(crate) planned: Option<u64>,
    /// The confidence of intervals
    #[arg(long, default_value_t = 0.95)]
    pub(crate) confidence: f64,
    /// How many are needed to see a share move from one to another
    #[arg(long, num_args = 2, value_names = ["NOW", "WANTED"], conflicts_with = "file")]
    pub(crate) plan: Vec<f64>,
    /// With --plan: how many come in a week
    #[arg(long, value_name = "N", requires = "plan")]
    pub(crate) a_week: Option<f64>,
}

fn share(text: &str) -> Result<(u64, u64), String> {
    let wrong = || format!("`{text}` is no share; write it like `9/1000`");
    let (hits, n) = text.split_once('/').ok_or_else(wrong)?;
    let (hits, n) = (hits.trim().parse::<u64>(), n.trim().parse::<u64>());
    match (hits, n) {
        (Ok(hits), Ok(n)) if hits <= n => Ok((hits, n)),
        _ => Err(wrong()),
    }
}
