//! `kizashi lookalike`: who is like the customers of a list.
