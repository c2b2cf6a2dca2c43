//! The engine on the sample firm: what was planted is found, and live equals batch.

mod handover;
mod planted;
