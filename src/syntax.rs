//! Trees with positions. Foreign parsers end here.

pub mod hcl;
