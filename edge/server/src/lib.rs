//! The HTTP API, sign-in, the live loop that feeds the engine, and the delivery of the web app.
//!
//! ```text
//!   request ─▶ finish ─▶ guard (who, may they?) ─▶ a noun's handler ─▶ host: store · registry · live state
//!   stream  ◀─────────────────────────────────────────── news ◀────────────┘
//! ```
//! Read in this order: `serve`, `api` (the table of routes), `http::access`, `host`, then the nouns.

mod api;
mod backup;
mod host;
mod http;
mod models;
mod nouns;
mod offers;
mod openapi;
mod serve;

pub use backup::backup_folder;
pub use http::{
    access::{Needs, Permission, may},
    routes::PREFIX,
};
pub use nouns::proofs::proof_json;
pub use openapi::openapi_json;
pub use serve::{RUNTIME_FILE, Ready, Running, ServeError, ServeOptions, serve};
