//! signs
