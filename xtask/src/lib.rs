//! What the chores and the tidy tests share: the repository's files, cargo's view of the workspace, licences, and
//! the description of the API.

pub mod api;
pub mod licences;
pub mod repository;
pub mod schema;
pub mod workspace;
