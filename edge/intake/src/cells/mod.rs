//! Cells become values.
