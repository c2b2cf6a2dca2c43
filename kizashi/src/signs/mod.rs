//! Signs from the terminal: trying them on the past, and writing them.

pub(crate) mod args;
mod backtest;
mod edit;
mod feed;
mod files;
mod judge;
mod mine;
mod tell;

use std::{path::Path, process::ExitCode};

use crate::screen::{Failure, Screen};

pub(crate) use tell::until_done;

pub(crate) fn run(folder: &Path, given: &args::Sign, screen: &Screen) -> Result<ExitCode, Failure> {
    match &given.command {
        args::SignCommand::Backtest(given) => backtest::backtest(folder, given, screen),
        args::SignCommand::Mine(given) => mine::mine(folder, given, screen),
        args::SignCommand::Judge { sign, customer, verdict } => {
            judge::judge(folder, (sign, customer), *verdict, screen)
        }
        args::SignCommand::Feed(given) => feed::feed(folder, given, screen),
        args::SignCommand::Add { file } => edit::add(folder, file, screen),
        args::SignCommand::Print { signs } => edit::print(folder, signs, screen),
        args::SignCommand::On { sign } => edit::on(folder, sign, screen),
        args::SignCommand::Off { sign } => edit::off(folder, sign, screen),
    }
}
