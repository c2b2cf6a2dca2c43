//! The nouns of the API: one file for each, with its shapes and its handlers.

pub(crate) mod backups;
pub(crate) mod changes;
pub(crate) mod customers;
pub(crate) mod erasing;
pub(crate) mod facts_in;
pub(crate) mod flows;
pub(crate) mod health;
pub(crate) mod imports;
pub(crate) mod keys;
pub(crate) mod outcomes;
pub(crate) mod past;
pub(crate) mod people;
pub(crate) mod preview;
pub(crate) mod segment_files;
pub(crate) mod segments;
pub(crate) mod session;
pub(crate) mod signs;
pub(crate) mod stream;
pub(crate) mod templates;
pub(crate) mod timeline;
pub(crate) mod today;
pub(crate) mod versions;
pub(crate) mod vocabulary;
pub(crate) mod why;
pub(crate) mod wire;
