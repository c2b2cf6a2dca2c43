//! The words after `offer`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(
    after_help = "An offer fits by criteria with weights: conditions, needs that it meets, and attributes that suit what it is like.\nWhat is not known counts as unknown and not as failed, so that the level has a range.\n\nExamples:\n  kizashi offer list --data my-firm\n  kizashi offer customers premium-plan --limit 20\n  kizashi offer match premium-plan C-0100\n  kizashi offer of C-0100"
)]
pub(crate) struct Offer {
    #[command(subcommand)]
    pub(crate) command: OfferCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OfferCommand {
    /// List the offers with what makes each fit
    List,
    /// List the needs that offers meet
    Needs,
    /// Rank customers by how well an offer fits them
    Customers(OfferCustomers),
    /// Say how well an offer fits a customer, criterion by criterion: the sheet before a proposal
    #[command(after_help = "Example:\n  kizashi offer match premium-plan C-0100")]
    Match {
        /// The offer
        offer: String,
        /// The customer's key
        customer: String,
    },
    /// Say how well each offer fits a customer
    #[command(after_help = "Example:\n  kizashi offer of C-0100")]
    Of {
        /// The customer's key
        customer: String,
    },
    /// Say what a customer needs, or record it
    Need(OfferNeed),
    /// Say what a customer is likeliest to buy next that they have never bought, and what speaks for it
    #[command(after_help = "Example:\n  kizashi offer next C-0100")]
    Next {
        /// The customer's key
        customer: String,
    },
    /// Learn what is bought together more often than chance, and try it on the past
    Learn(OfferLearn),
    /// List what was proposed to a customer
    Proposals {
        /// The customer's key
        customer: String,
    },
    /// Record that an offer was proposed, with the level as it is now
    #[command(
        after_help = "Example:\n  kizashi offer propose C-0100 premium-plan --variant one-site --arrangement \"one site first\""
    )]
    Propose {
        /// The customer's key
        customer: String,
        /// The offer
        offer: String,
        /// The variant that was proposed
        #[arg(long)]
        variant: Option<String>,
        /// How it was arranged for this customer
        #[arg(long)]
        arrangement: Option<String>,
    },
    /// Say what came of a proposal
    Answer {
        /// The customer's key
        customer: String,
        /// The proposal, as `kizashi offer proposals` names it
        proposal: String,
        /// won, lost or open
        #[arg(value_parser = ["won", "lost", "open"])]
        result: String,
    },
    /// Hold what came of the proposals of an offer against what was foretold
    Review {
        /// The offer
        offer: String,
    },
    /// Take in a file of offers and needs: all of it, or nothing
    #[command(after_help = "Example:\n  kizashi offer add offers.yaml --data my-firm")]
    Add {
        /// The file, YAML or JSON
        file: PathBuf,
    },
    /// Print offers and needs as a file, to be edited and taken in again
    #[command(after_help = "Example:\n  kizashi offer print premium-plan > premium.json")]
    Print {
        /// The offers; all when none is named
        offers: Vec<String>,
    },
    /// Take an offer that was switched off into use again
    On {
        /// The offer
        offer: String,
    },
    /// Switch an offer off; nothing is lost
    Off {
        /// The offer
        offer: String,
    },
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi offer customers premium-plan --limit 20\n  kizashi offer customers premium-plan --variant one-site --json"
)]
pub(crate) struct OfferCustomers {
    /// The offer
    pub(crate) offer: String,
    /// How well this variant fits, instead of the offer itself
    #[arg(long)]
    pub(crate) variant: Option<String>,
    /// Only customers whose name, reading or key has this in it
    #[arg(long, value_name = "TEXT")]
    pub(crate) query: Option<String>,
    /// How many rows, at most 500
    #[arg(long, default_value_t = 50)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Pairs of items, and of an attribute and an item, are told when they are surer than chance among all that were tried.\nSuggestions made of what was known before the horizon are held against what customers bought for the first time in it.\n\nExamples:\n  kizashi offer learn\n  kizashi offer learn --property category --horizon 180 --json"
)]
pub(crate) struct OfferLearn {
    /// The event of a purchase; as it was said last when not said
    #[arg(long)]
    pub(crate) event: Option<String>,
    /// The property that names what was bought; as it was said last when not said
    #[arg(long)]
    pub(crate) property: Option<String>,
    /// Over how many days it is tried
    #[arg(long, default_value_t = 90, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(7..=730))]
    pub(crate) horizon: u32,
    /// Show what was learnt last instead
    #[arg(long)]
    pub(crate) last: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi offer need C-0100\n  kizashi offer need C-0100 front-desk stated --note \"said so on the phone\""
)]
pub(crate) struct OfferNeed {
    /// The customer's key
    pub(crate) customer: String,
    /// The need
    #[arg(requires = "kind")]
    pub(crate) need: Option<String>,
    /// What is known of it
    pub(crate) kind: Option<NeedKind>,
    /// In which words
    #[arg(long)]
    pub(crate) note: Option<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum NeedKind {
    /// The customer says so
    Stated,
    /// Others see it, the customer does not say so
    Latent,
    /// There is no such need
    Absent,
    /// Take back what was recorded
    Unknown,
}

impl NeedKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            NeedKind::Stated => "stated",
            NeedKind::Latent => "latent",
            NeedKind::Absent => "absent",
            NeedKind::Unknown => "unknown",
        }
    }
}
