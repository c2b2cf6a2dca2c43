//! The server as programs and browsers meet it: a real one, on a port of its own, over a folder of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod access;
mod backups;
mod changes;
mod customer_edits;
mod due;
mod erasing;
mod facts_in;
mod feed;
mod groups;
mod house;
mod imports;
mod judgements;
mod limits;
mod live;
mod logs;
mod models;
mod offers;
mod openapi;
mod organisations;
mod pairs;
mod past;
mod patterns;
mod proofs;
mod reports;
mod scope;
mod segment_care;
mod segments;
mod session;
mod sign_edits;
mod tags;
mod today;
mod watching;
mod ways_in;
