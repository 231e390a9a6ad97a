//! Trees with positions. Foreign parsers end here.

use std::ops::Range;

pub mod hcl;
pub mod json;
pub mod yaml;

/// Data as JSON and YAML write it, with the bytes where it stands in the text that was parsed.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: NodeKind,
    pub range: Range<usize>,
    /// Whether the range has a quote on each side.
    pub quoted: bool,
}

#[derive(Debug, Clone)]
pub enum NodeKind {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    /// As written; the last of equal keys counts.
    Map(Vec<(NodeKey, Node)>),
}

#[derive(Debug, Clone)]
pub struct NodeKey {
    pub text: String,
    pub range: Range<usize>,
    pub quoted: bool,
}

/// Where parsing stopped, in bytes, and why.
#[derive(Debug, Clone)]
pub struct Stop {
    pub at: usize,
    pub message: String,
}
