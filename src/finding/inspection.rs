//! The network as it was understood, as plain data: what `inspect` shows.

use crate::source::Span;

/// Containers in the order in which they are shown.
#[derive(Debug, Clone, Default)]
pub struct Inspection {
    pub containers: Vec<Seen>,
    /// Of each module: its locals, variables and outputs; only where it was asked for.
    pub values: Option<serde_json::Value>,
}

/// A container with all its entries.
#[derive(Debug, Clone)]
pub struct Seen {
    pub kind: &'static str,
    pub address: String,
    pub name: Option<String>,
    /// `None` where the code has one scenario only.
    pub scenario: Option<String>,
    /// The declaration, or else the first entry.
    pub span: Span,
    /// Whether everything in it could be evaluated.
    pub complete: bool,
    /// What could not be, one sentence each.
    pub unknown: Vec<String>,
    pub entries: Vec<SeenEntry>,
}

/// An entry of a container.
#[derive(Debug, Clone)]
pub struct SeenEntry {
    pub name: Option<String>,
    pub targets: Vec<String>,
    /// `Allow`, `Deny` or a next hop type.
    pub effect: String,
    /// The address or id of an appliance.
    pub next_hop: Option<String>,
    pub order: Vec<i64>,
    pub sources: Vec<String>,
    pub ports: Vec<String>,
    pub protocols: Vec<String>,
    pub span: Span,
    /// What decides whether the entry is there at all, if that is not known.
    pub doubt: Option<String>,
}
