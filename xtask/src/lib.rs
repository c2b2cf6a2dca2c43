//! What the chores and the tidy tests share: the repository's files, cargo's view of the workspace, and licences.

pub mod licences;
pub mod repository;
pub mod workspace;
