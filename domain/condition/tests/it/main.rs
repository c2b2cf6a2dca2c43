//! What the crate promises to others: sentences, and what they may rely on.

mod any_condition;
mod building_blocks;
mod schema;
mod sentences;
mod validator;
