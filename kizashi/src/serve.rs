//! Runs the server until it is told to stop.

use std::path::Path;

use crate::{
    args,
    screen::{Failure, Screen},
};

pub(crate) fn serve(folder: &Path, given: &args::Serve, screen: &Screen) -> Result<(), Failure> {
    let mut options = server::ServeOptions::local(folder);
    options.bind = given.listen;
    options.test_clock = given.test_clock;
    options.memory = given.memory.memory;
    if let Some(watch) = &given.watch {
        options.watch = Some(crate::ways_in::from_the_root(watch)?);
    }
    run(options, screen)
}

/// Serves until interrupted: requests are finished, the store is flushed, then the process ends.
pub(crate) fn run(options: server::ServeOptions, screen: &Screen) -> Result<(), Failure> {
    log_to_standard_error();
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::of)?;
    let (json, ja) = (screen.json, screen.language == condition::Language::Ja);
    let ready = move |ready: server::Ready| {
        // One line, so that a script can wait for it.
        let line = match (&ready.setup_link, json) {
            (link, true) => serde_json::json!({ "url": ready.url, "setup_link": link }).to_string(),
            (Some(link), false) if ja => format!(
                "Kizashi: 最初の持ち主になるには {link} を開いてください（一度だけ使えます）"
            ),
            (Some(link), false) => format!("Kizashi: open {link} to become the owner (works once)"),
            (None, false) => format!("Kizashi: {}", ready.url),
        };
        use std::io::Write;
        let _ = writeln!(std::io::stdout(), "{line}");
        let _ = std::io::stdout().flush();
    };
    runtime.block_on(server::serve(options, ready, stop_asked())).map_err(Failure::of)
}

/// Ctrl-C, or the signal by which service managers end a program.
async fn stop_asked() {
    let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
    match terminate {
        Ok(mut terminate) => {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = tokio::signal::ctrl_c().await;
        }
    }
}

fn log_to_standard_error() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("KIZASHI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    // A second start in one process keeps the first log.
    let _ =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
