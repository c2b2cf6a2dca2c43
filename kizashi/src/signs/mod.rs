//! Signs from the terminal: trying them on the past, of a firm's folder or of plain files.

pub(crate) mod args;
mod backtest;
mod files;
mod tell;

use std::{path::Path, process::ExitCode};

use crate::screen::{Failure, Screen};

pub(crate) fn run(folder: &Path, given: &args::Sign, screen: &Screen) -> Result<ExitCode, Failure> {
    match &given.command {
        args::SignCommand::Backtest(given) => backtest::backtest(folder, given, screen),
    }
}
