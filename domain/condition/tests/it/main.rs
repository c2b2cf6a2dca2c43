//! What the crate promises to others: sentences, and what they may rely on.

mod any_condition;
mod building_blocks;
mod never_panics;
mod schema;
mod sentences;
mod validator;
