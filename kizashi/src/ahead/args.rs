//! What can be said to the commands that look ahead.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(
    after_help = "Columns are guessed from headers and values and shown. Purchases of one customer on one day count as one.\n\nExamples:\n  kizashi clv purchases.csv --until 2026-09-30 --horizon 39w --out value.csv\n  kizashi clv orders.xlsx --customer 顧客番号 --date 購入日 --amount 金額 --horizon 12m\n  kizashi clv CDNOW_sample.txt --until 1997-09-30 --horizon 39w       columns set apart by blanks, no header"
)]
pub(crate) struct Clv {
    /// Purchases: a customer, a day and, if there is one, an amount in each row; CSV, Excel or Parquet
    pub(crate) file: PathBuf,
    /// The last day that is looked at; what comes later checks the forecast. The last day in the file by default
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// How far to look ahead: days, weeks, months or years, such as 90d, 39w, 12m, 1y. Times are told in this unit
    #[arg(long, default_value = "52w", value_name = "LENGTH")]
    pub(crate) horizon: String,
    /// The length in which P(any purchase) is asked; the horizon by default
    #[arg(long, value_name = "LENGTH")]
    pub(crate) within: Option<String>,
    /// Tell the day on which P(any purchase) falls below this, if nothing is bought until then
    #[arg(long, default_value_t = 0.5, value_name = "SHARE")]
    pub(crate) threshold: f64,
    /// How much less money is worth each month, for the value of twelve months
    #[arg(long, default_value_t = 0.01, value_name = "SHARE")]
    pub(crate) discount: f64,
    /// The column of the customer, by name or number, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) customer: Option<String>,
    /// The column of the day, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) date: Option<String>,
    /// The column of the amount, when the guess is wrong; `-` for none
    #[arg(long, value_name = "COLUMN")]
    pub(crate) amount: Option<String>,
    /// The file to write, one row a customer
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi model train churn.csv --label churn --out scores.csv --save churn.model\n  kizashi model score churn.model customers.csv --out scores.csv\n  kizashi model card churn.model"
)]
pub(crate) struct Model {
    #[command(subcommand)]
    pub(crate) command: ModelCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Learn from a table of which the outcome is known, and say how good that is on rows held back
    Train(Box<Train>),
    /// Score the rows of a table by a saved model
    Score(Score),
    /// Print what is known of a saved model, or of a model of the data folder
    Card(CardOf),
    /// List the models of the data folder
    List,
    /// Learn a model of the data folder from its own facts, and score everybody
    Learn(Learn),
    /// List those who are like the members of a segment, by a model of the data folder
    Prospects(ProspectsOf),
}

#[derive(Debug, Args)]
#[command(
    after_help = "With --time the latest rows are held back, with --folds each part in turn, else five parts drawn by the seed.\nColumns that name rows, or that tell the outcome because they are written down afterwards, are left out and named.\n\nExamples:\n  kizashi model train churn.csv --label churn\n  kizashi model train monthly.csv --label bought --time month --out scores.csv --save buy.model\n  kizashi model train churn.csv --label churn --folds fold --without notes --rises age"
)]
pub(crate) struct Train {
    /// The table: one row for each customer (or customer and date), CSV, Excel or Parquet
    pub(crate) table: PathBuf,
    /// The column of the outcome, with two different values; rows without one are only scored
    #[arg(long, value_name = "COLUMN")]
    pub(crate) label: String,
    /// Which value of the outcome counts as positive; found out when not given
    #[arg(long, value_name = "VALUE")]
    pub(crate) positive: Option<String>,
    /// The column that says when a row was taken: the latest rows are held back
    #[arg(long, value_name = "COLUMN")]
    pub(crate) time: Option<String>,
    /// The column that says to which part a row belongs: each part is held back in turn
    #[arg(long, value_name = "COLUMN")]
    pub(crate) folds: Option<String>,
    /// The column that says whom a row is about, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) about: Option<String>,
    /// A column to leave out; may be given again
    #[arg(long, value_name = "COLUMN")]
    pub(crate) without: Vec<String>,
    /// A column to learn from although it looks like a name or a leak; may be given again
    #[arg(long, value_name = "COLUMN")]
    pub(crate) keep: Vec<String>,
    /// A number with which the trees' score may only rise; may be given again
    #[arg(long, value_name = "COLUMN")]
    pub(crate) rises: Vec<String>,
    /// A number with which the trees' score may only fall; may be given again
    #[arg(long, value_name = "COLUMN")]
    pub(crate) falls: Vec<String>,
    /// The seed of what is drawn; the same seed gives the same model
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Write the score of every row, with what made it, into this CSV file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Write what each column adds to every row's score into this CSV file
    #[arg(long, value_name = "FILE")]
    pub(crate) contributions: Option<PathBuf>,
    /// Keep the model in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  kizashi model score churn.model customers.csv --out scores.csv"
)]
pub(crate) struct Score {
    /// The saved model
    pub(crate) model: PathBuf,
    /// The table, with the columns that the model was learnt from
    pub(crate) table: PathBuf,
    /// The CSV file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Leave out what made each score. Of a table over 20,000 rows only the highest scores have it anyway
    #[arg(long)]
    pub(crate) scores_only: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi model card churn.model\n  kizashi model card will-buy --data my-folder"
)]
pub(crate) struct CardOf {
    /// The file of a saved model, or the id of a model of the data folder
    pub(crate) model: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Without --happens, --stops, --like or --value a model that is there is learnt again.\n\nExamples:\n  kizashi model learn will-buy --happens purchased --days 30\n  kizashi model learn will-leave --stops login --days 30\n  kizashi model learn lookalike --like golden-loyal\n  kizashi model learn value --value purchased --days 365"
)]
pub(crate) struct Learn {
    /// The id of the model; its scores are `score: ID` in conditions
    pub(crate) model: String,
    /// Foretell that an event of this name happens
    #[arg(long, value_name = "EVENT", conflicts_with_all = ["stops", "like", "value"])]
    pub(crate) happens: Option<String>,
    /// Foretell that events of this name stop
    #[arg(long, value_name = "EVENT", conflicts_with_all = ["like", "value"])]
    pub(crate) stops: Option<String>,
    /// Find those who are like the members of this segment
    #[arg(long, value_name = "SEGMENT", conflicts_with = "value")]
    pub(crate) like: Option<String>,
    /// Foretell how many events of this name come, and what they are worth
    #[arg(long, value_name = "EVENT")]
    pub(crate) value: Option<String>,
    /// With --value: the property that holds the amount
    #[arg(long, value_name = "PROPERTY", default_value = "amount")]
    pub(crate) amount: String,
    /// For how many days ahead
    #[arg(long, default_value_t = 30)]
    pub(crate) days: u32,
    /// The seed
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kizashi model prospects lookalike --limit 20")]
pub(crate) struct ProspectsOf {
    /// The id of the model
    pub(crate) model: String,
    /// How many rows
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
#[command(
    after_help = "CUSTOMERS is a table with one row a customer. SEED lists some of them by the same key, one a row.\n\nExample:\n  kizashi lookalike customers.csv best-customers.csv --out prospects.csv"
)]
pub(crate) struct Lookalike {
    /// All customers with what is known of them
    pub(crate) customers: PathBuf,
    /// Those to look for more of
    pub(crate) seed: PathBuf,
    /// The column of the key in both files, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) key: Option<String>,
    /// A column to leave out; may be given again
    #[arg(long, value_name = "COLUMN")]
    pub(crate) without: Vec<String>,
    /// For how many of the likest the points in common and the nearest customers are worked out
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    pub(crate) explain: usize,
    /// The seed of what is drawn
    #[arg(long = "random-seed", default_value_t = 1)]
    pub(crate) random_seed: u64,
    /// The CSV file to write, the likest first
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  kizashi replenish purchases.csv --product category --within 14d --out due.csv"
)]
pub(crate) struct Replenish {
    /// Purchases: a customer, a product and a day in each row; CSV, Excel or Parquet
    pub(crate) file: PathBuf,
    /// The last day that is looked at; what comes later checks the forecast. The last day in the file by default
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<String>,
    /// How far to look ahead
    #[arg(long, default_value = "14d", value_name = "LENGTH")]
    pub(crate) within: String,
    /// Bought on fewer days, a product is no habit
    #[arg(long, default_value_t = 4, value_name = "N")]
    pub(crate) least_days: usize,
    /// Last bought more days ago, a product is given up
    #[arg(long, default_value_t = 120, value_name = "DAYS")]
    pub(crate) most_silent: i32,
    /// The column of the customer, by name or number, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) customer: Option<String>,
    /// The column of the product, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) product: Option<String>,
    /// The column of the day, when the guess is wrong
    #[arg(long, value_name = "COLUMN")]
    pub(crate) date: Option<String>,
    /// The CSV file to write, the likeliest first
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}
