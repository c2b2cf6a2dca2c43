//! What can be said to the commands about signs.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::args::Memory;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  kizashi sign backtest churn --data my-firm")]
pub(crate) struct Sign {
    #[command(subcommand)]
    pub(crate) command: SignCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SignCommand {
    /// Try signs at many past dates, by what was known at each: how often right, how early, against chance
    Backtest(SignBacktest),
    /// Search what customers did before an outcome for behaviour that foretells it
    Mine(SignMine),
    /// Say whether a sign was right about a customer
    #[command(after_help = "Example:\n  kizashi sign judge churn C-0100 wrong")]
    Judge {
        /// The sign
        sign: String,
        /// The customer's key
        customer: String,
        /// right or wrong
        verdict: Verdict,
    },
    /// What came and went among signs, newest first
    Feed(SignFeed),
    /// Take in a file of signs: all of it, or nothing
    #[command(after_help = "Example:\n  kizashi sign add signs.yaml --data my-firm")]
    Add {
        /// The file, YAML or JSON
        file: PathBuf,
    },
    /// Print signs as a file, to be edited and taken in again
    #[command(after_help = "Example:\n  kizashi sign print churn > churn.json")]
    Print {
        /// The signs; all when none is named
        signs: Vec<String>,
    },
    /// Take a draft, or a sign that was switched off, into force
    #[command(after_help = "Example:\n  kizashi sign on cart_left")]
    On {
        /// The sign
        sign: String,
    },
    /// Switch a sign off; nothing is lost
    #[command(after_help = "Example:\n  kizashi sign off follow_up_request")]
    Off {
        /// The sign
        sign: String,
    },
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi sign feed --kind churn --limit 20 --data my-firm\n  kizashi sign feed --urgent --json"
)]
pub(crate) struct SignFeed {
    /// Only signs of this kind: purchase, upsell, churn, replenishment, follow_up
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// Only this sign
    #[arg(long)]
    pub(crate) sign: Option<String>,
    /// Only urgent ones, which go before every other sign
    #[arg(long)]
    pub(crate) urgent: bool,
    /// How many rows
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, clap::ValueEnum)]
pub(crate) enum Verdict {
    Right,
    Wrong,
}

/// Plain files to look at instead of a firm's folder.
#[derive(Debug, Args)]
pub(crate) struct Files {
    /// A list of customers, to look at files instead of a folder; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) customers: Vec<PathBuf>,
    /// Events, purchases, deals or reports; may be given again
    #[arg(long, value_name = "FILE")]
    pub(crate) events: Vec<PathBuf>,
    /// The instant that counts as now, or a day for its first instant; only with files
    #[arg(long, value_name = "INSTANT")]
    pub(crate) at: Option<String>,
    /// The time zone of calendar windows and of times without an offset; only with files
    #[arg(long, default_value = "Asia/Tokyo")]
    pub(crate) zone: String,
    #[command(flatten)]
    pub(crate) memory: Memory,
}

impl Files {
    /// Whether plain files are to be looked at.
    pub(crate) fn are_given(&self) -> bool {
        !self.customers.is_empty() || !self.events.is_empty()
    }
}

#[derive(Debug, Args)]
#[command(
    after_help = "A sign counts as right when what it foretells follows within its horizon. Facts that came or were told after a date\nnever matter at that date. Where there is too little to judge, that is said instead of a number.\n\nExamples:\n  kizashi sign backtest churn --data my-firm\n  kizashi sign backtest --all --json --data my-firm\n  kizashi sign backtest --all --customers customers.csv --events events.csv --signs signs.yaml"
)]
pub(crate) struct SignBacktest {
    /// The signs to try
    #[arg(value_name = "SIGN", required_unless_present = "all")]
    pub(crate) signs: Vec<String>,
    /// Try every sign
    #[arg(long, conflicts_with = "signs")]
    pub(crate) all: bool,
    /// A file of signs, and of what they foretell; the built-in ones by default. Only with files
    #[arg(long = "signs", id = "sign_files", value_name = "FILE")]
    pub(crate) sign_files: Vec<PathBuf>,
    /// Over how many days to try them
    #[arg(long, default_value_t = 364, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) back: u16,
    /// How many days lie between two dates
    #[arg(long, default_value_t = 7, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) step: u16,
    #[command(flatten)]
    pub(crate) files: Files,
}

#[derive(Debug, Args)]
#[command(
    after_help = "What foretells purchases, upgrades or leaving is searched among counts, absences, trends, rhythm, sequences, attributes\nand what contacts of a role did. A pattern is told when it holds on later dates than those it was found on, and when\nchance gives nothing as sure among all that was searched. What is right can be changed on the page of a sign.\n\nExamples:\n  kizashi sign mine churn --horizon 60 --data my-firm\n  kizashi sign mine purchase --out found.json && kizashi sign add found.json"
)]
pub(crate) struct SignMine {
    /// What is to be foretold: purchase, upsell, churn, replenishment, follow_up
    #[arg(value_name = "KIND")]
    pub(crate) kind: String,
    /// Within how many days the outcome counts
    #[arg(long, default_value_t = 30, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..=365))]
    pub(crate) horizon: u16,
    /// For the draws of chance; the same seed gives the same patterns
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write the patterns as a file of draft signs
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
