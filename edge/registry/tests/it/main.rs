//! The registry as the server uses it: real SQLite files, reopened, raced and searched for secrets.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod definitions;
mod imports;
mod opening;
mod people;
mod room;
mod sign_in;
mod trail;
