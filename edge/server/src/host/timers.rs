//! The loop that lets time pass: sleeps until the next answer lapses, and judges who is due, a few at a time.

use std::time::{Duration, Instant};

use store::StoreError;

use crate::host::{App, news::Changed};

/// How long it sleeps at most: a machine's clock can be set, and sleep, behind our back.
const SLEEP_MOST: Duration = Duration::from_secs(20);
/// How long it waits after a disk that could not be read.
const AFTER_FAULT: Duration = Duration::from_secs(30);

/// Runs until the workspace is to stop.
pub(crate) async fn run(app: App) {
    let mut stop = app.stop.subscribe();
    loop {
        let pause = match catch_up(&app).await {
            Ok(()) => pause(&app),
            Err(()) => AFTER_FAULT,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = app.bell.notified() => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Judges everyone of whom something has lapsed by now.
pub(crate) async fn catch_up(app: &App) -> Result<(), ()> {
    let result = app
        .blocking(|app| {
            app.judge_owed()?;
            work_off(app)?;
            app.keep_telling();
            app.refresh_week_ago()
        })
        .await;
    result.map_err(|_| ())?;
    app.refresh_cuts().await.map_err(|_| ())
}

/// A few at a time; pages are told now and then, not of every step.
fn work_off(app: &App) -> Result<(), StoreError> {
    const TELL_EVERY: Duration = Duration::from_millis(200);
    let mut changed = Changed::default();
    let mut told = Instant::now();
    loop {
        let more = app.judge_lapsed(&mut changed);
        if !matches!(more, Ok(true)) || TELL_EVERY <= told.elapsed() {
            app.tell_changed(std::mem::take(&mut changed));
            told = Instant::now();
        }
        if !more? {
            return Ok(());
        }
    }
}

fn pause(app: &App) -> Duration {
    let Ok(live) = app.live() else { return SLEEP_MOST };
    let Some(wake_at) = live.engine.wake_at() else { return SLEEP_MOST };
    let millis = u64::try_from(wake_at.since(live.at)).unwrap_or(0);
    Duration::from_millis(millis).min(SLEEP_MOST)
}
