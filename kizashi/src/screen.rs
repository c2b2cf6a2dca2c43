//! Everything that is said to the terminal: results to standard output, the rest to standard error.

use std::{fmt::Display, io::IsTerminal, time::Duration};

use condition::Language;
use indicatif::{ProgressBar, ProgressStyle};

/// The terminal, in one language, for people or for machines.
pub(crate) struct Screen {
    /// The language.
    pub(crate) language: Language,
    /// Whether machines read the results.
    pub(crate) json: bool,
}

/// Why a command could not be carried out: a sentence in both languages.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) ja: String,
    pub(crate) en: String,
}

impl Failure {
    pub(crate) fn new(ja: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure { ja: ja.into(), en: en.into() }
    }

    /// A failure that has only one wording.
    pub(crate) fn of(said: impl Display) -> Failure {
        Failure::new(said.to_string(), said.to_string())
    }

    /// What could not be done with a file.
    pub(crate) fn file(path: &std::path::Path, fault: impl Display) -> Failure {
        Failure::of(format!("{}: {fault}", path.display()))
    }
}

impl From<intake::Unreadable> for Failure {
    fn from(fault: intake::Unreadable) -> Failure {
        let said = fault.said();
        Failure::new(said.ja, said.en)
    }
}

impl From<store::StoreError> for Failure {
    fn from(fault: store::StoreError) -> Failure {
        Failure::of(fault)
    }
}

impl Screen {
    pub(crate) fn new(language: Language, json: bool) -> Screen {
        Screen { language, json }
    }

    /// One of two wordings.
    pub(crate) fn say<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        match self.language {
            Language::Ja => ja,
            Language::En => en,
        }
    }

    /// A line of the result.
    pub(crate) fn line(&self, line: impl Display) {
        use std::io::Write;
        // A closed pipe (`| head`) ends the printing, not the work.
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// A line beside the result.
    pub(crate) fn note(&self, line: impl Display) {
        if !self.json {
            eprintln!("{line}");
        }
    }

    /// The result for machines.
    pub(crate) fn json(&self, value: &serde_json::Value) {
        self.line(serde_json::to_string_pretty(value).unwrap_or_default());
    }

    pub(crate) fn failed(&self, failure: &Failure) {
        let said = self.say(&failure.ja, &failure.en);
        if self.json {
            self.json(&serde_json::json!({ "error": said }));
        }
        eprintln!("{}: {said}", self.say("エラー", "error"));
    }

    /// A bar for long work; silent where nobody looks.
    pub(crate) fn bar(&self, title: &str) -> ProgressBar {
        if self.json || !std::io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::no_length().with_message(title.to_owned());
        let style = ProgressStyle::with_template(
            "{msg} {wide_bar} {human_pos}/{human_len} {per_sec} {eta}",
        );
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// Shows a store's progress on a bar.
pub(crate) fn follow(bar: &ProgressBar) -> impl Fn(store::Progress) + Sync + '_ {
    move |progress| {
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
        bar.set_position(progress.done);
    }
}
