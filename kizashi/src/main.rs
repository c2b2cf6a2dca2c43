//! The one binary: serve, demo, import, evaluate, explain, and the other things done from a terminal.

mod ahead;
mod api;
mod args;
mod backup;
mod changes;
mod clean;
mod cleaned;
mod customers;
mod demo;
mod doctor;
mod due;
mod erase;
mod evaluate;
mod experiment;
mod frugal;
mod groups;
mod import;
mod interrupt;
mod matched;
mod matching_files;
mod members;
mod offers;
mod organisation;
mod past;
mod plain_files;
mod records;
mod reports;
mod screen;
mod segment_files;
mod serve;
mod show;
mod signs;
mod tables;
mod templates;
mod topics;
mod ways_in;

use std::process::ExitCode;

use args::{Command, Kizashi};
use clap::CommandFactory;
use screen::{Failure, Screen};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).take(2).collect();
    if words.first().is_some_and(|word| word == intake::ASIDE) {
        return intake::read_workbook_aside(words.get(1).map(String::as_str));
    }
    if let Ok(program) = std::env::current_exe() {
        intake::read_old_workbooks_with(program);
    }
    let given = Kizashi::parse_in_language();
    if given.command.memory().is_some() {
        frugal::start_again();
    }
    let screen = Screen::new(given.language(), given.json);
    match run(given, &screen) {
        Ok(code) => code,
        Err(failure) => {
            screen.failed(&failure);
            ExitCode::FAILURE
        }
    }
}

fn run(given: Kizashi, screen: &Screen) -> Result<ExitCode, Failure> {
    let folder = given.folder();
    match given.command {
        Command::Serve(serve) => serve::serve(&folder, &serve, screen).map(|()| ExitCode::SUCCESS),
        Command::Demo(demo) => demo::demo(&given.data, &demo, screen).map(|()| ExitCode::SUCCESS),
        Command::Import(import) => import::import(&folder, &import, screen),
        Command::Clean(clean) => clean::clean(&clean, screen),
        Command::Match(given) => matched::matched(&given, screen),
        Command::Imports => import::list(&folder, screen),
        Command::Undo(undo) => import::undo(&folder, &undo, screen),
        Command::Customers(given) => customers::customers(&folder, &given, screen),
        Command::Erase(erase) => erase::erase(&folder, &erase, screen),
        Command::Evaluate(evaluate) => evaluate::evaluate(&evaluate, screen),
        Command::Explain(explain) => show::explain(&folder, &explain, screen),
        Command::Segments(segments) => show::segments(&folder, &segments, screen),
        Command::Versions(versions) => past::versions(&folder, &versions, screen),
        Command::Changes(given) => changes::changes(&folder, &given, screen),
        Command::Backtest(backtest) => past::backtest(&folder, &backtest, screen),
        Command::Overlap(overlap) => past::overlap(&folder, &overlap, screen),
        Command::Flows(flows) => past::flows(&folder, &flows, screen),
        Command::Templates(templates) => templates::templates(&templates, screen),
        Command::Packs(given) => groups::packs(&folder, &given, screen),
        Command::Crosstab(given) => groups::crosstab(&folder, &given, screen),
        Command::Profile(given) => groups::profile(&folder, &given, screen),
        Command::Experiment(given) => experiment::experiment(&given, screen),
        Command::Schema => templates::schema(screen),
        Command::Clv(given) => ahead::clv::clv(&given, screen),
        Command::Lookalike(given) => ahead::lookalike::lookalike(&given, screen),
        Command::Due(given) => due::due(&folder, &given, screen),
        Command::Replenish(given) => ahead::replenish::replenish(&given, screen),
        Command::Model(given) => ahead::model::run(&folder, &given, screen),
        Command::Topics(topics) => topics::topics(&topics, screen),
        Command::Pairs(given) => records::pairs(&folder, &given, screen),
        Command::Organisation(given) => organisation::organisation(&folder, &given, screen),
        Command::Tag(given) => ways_in::tag(&folder, &given, screen),
        Command::Watch(given) => ways_in::watch(&folder, &given, screen),
        Command::Inventory(_) => records::inventory(&folder, screen),
        Command::Report(given) => reports::report(&folder, &given, screen),
        Command::Reports(given) => reports::reports(&folder, &given, screen),
        Command::Mentions(given) => reports::mentions(&folder, &given, screen),
        Command::Dictionary(given) => reports::dictionary(&folder, &given, screen),
        Command::Today(today) => show::today(&folder, &today, screen),
        Command::Signs => show::signs(&folder, screen),
        Command::Sign(given) => signs::run(&folder, &given, screen),
        Command::Offer(given) => offers::run(&folder, &given, screen),
        Command::Rebuild => doctor::rebuild(&folder, screen),
        Command::Backup(given) => backup::backup(&folder, &given, screen),
        Command::Restore(given) => backup::restore_folder(&given, screen),
        Command::Doctor => doctor::doctor(&folder, screen),
        Command::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Kizashi::command(),
                "kizashi",
                &mut std::io::stdout(),
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}
