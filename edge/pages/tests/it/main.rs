//! What is embedded, and which app the build takes.

#![allow(clippy::unwrap_used, reason = "a failing test says where it failed")]

#[path = "../../build/app.rs"]
mod app;
#[path = "../../build/embed.rs"]
mod embed;

mod choice;
mod lookup;
