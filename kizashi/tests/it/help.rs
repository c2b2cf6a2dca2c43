//! Help everywhere, with examples, in both languages; completions for every shell.

use crate::run::{good, kizashi, text};

#[test]
fn every_command_has_help() {
    let help = good(&["--help"]);
    assert!(help.contains("Examples:"));
    for command in [
        "serve",
        "demo",
        "import",
        "clean",
        "match",
        "undo",
        "evaluate",
        "explain",
        "segments",
        "versions",
        "backtest",
        "overlap",
        "flows",
        "packs",
        "experiment",
        "crosstab",
        "profile",
        "clv",
        "model",
        "replenish",
        "due",
        "lookalike",
        "topics",
        "sign",
        "offer",
        "pairs",
        "customers",
        "organisation",
        "tag",
        "watch",
        "inventory",
        "report",
        "reports",
        "mentions",
        "dictionary",
        "today",
        "completions",
    ] {
        let help = good(&[command, "--help"]);
        assert!(help.contains("Example"), "{command} shows no example:\n{help}");
    }
    let japanese = kizashi().env("LANG", "ja_JP.UTF-8").arg("--help").output().unwrap();
    assert!(text(&japanese.stdout).contains("見本の会社"));
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(good(&["completions", shell]).contains("evaluate"), "{shell}");
    }
}
