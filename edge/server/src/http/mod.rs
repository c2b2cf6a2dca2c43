//! HTTP: who calls, what they may, how requests are read and answers and errors are written.

pub(crate) mod access;
pub(crate) mod caller;
pub(crate) mod error;
pub(crate) mod finish;
pub(crate) mod language;
pub(crate) mod routes;
pub(crate) mod take;
pub(crate) mod web;
