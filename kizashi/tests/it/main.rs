//! The real binary, run as people run it.

mod demo;
mod evaluate;
mod folder;
mod help;
mod run;
