//! The verdict and its repair as plain data: no behaviour beyond order.

use crate::source::Span;

/// How bad, worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One place that is pinned, with all that is said of it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// `azure-kms`, or `syntax`, `config`, `rule-file`.
    pub rule: String,
    /// How it is pinned: `route-table`; `None` for the findings that are no verdict.
    pub check: Option<&'static str>,
    pub severity: Severity,
    /// `AzureCloud`, ...; `None` for the findings that are no verdict.
    pub cloud: Option<String>,
    /// What: one sentence.
    pub message: String,
    /// Why that matters: one sentence, which may be empty.
    pub why: String,
    /// What to do.
    pub help: String,
    pub url: Option<String>,
    pub containers: Vec<ContainerRef>,
    /// The deciding values as written.
    pub legacy: Vec<String>,
    /// Bare addresses or host names, sorted as in the rule file.
    pub missing: Vec<String>,
    pub primary: Span,
    /// The literals that decide, each with the place where it is used at last, if that is another.
    pub deciding: Vec<(Span, Option<Span>)>,
    pub related: Vec<Related>,
    /// Variable or parameter files, `default`; empty where the code has one scenario only.
    pub scenarios: Vec<String>,
    pub fix: Option<Fix>,
    /// Where the literal lives, for the fingerprint: `local.x`, `azurerm_route.kms`.
    pub home: String,
    pub fingerprint: String,
    /// A note that says "harmless today", which `--strict` raises to a warning.
    pub harmless: bool,
    /// What takes the values is not in view: whether they may be changed is for the reader to say.
    pub guessed: bool,
}

/// A container as a finding names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct ContainerRef {
    pub address: String,
    pub kind: &'static str,
    pub name: Option<String>,
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

/// A repair: edits that make the finding go away, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// Whether a fix is applied unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    Safe,
    Review,
}

/// Replaces the text at a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A container of which something could not be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    pub container: String,
    pub span: Span,
    pub why: String,
}

/// What one run found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// In order: path, position, rule, check, cloud.
    pub findings: Vec<Finding>,
    pub unknown: Vec<Gap>,
    /// Files that were looked at.
    pub files: usize,
    /// Roots and templates that were evaluated.
    pub evaluated: usize,
    pub elapsed: std::time::Duration,
}

impl Report {
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// The network as it was understood.
#[derive(Debug, Clone, Default)]
pub struct Inspection {
    pub containers: Vec<Seen>,
    /// By module: what its locals, variables and outputs stand for; only if asked for.
    pub values: Option<serde_json::Value>,
}

/// A container as it was understood, in one scenario.
#[derive(Debug, Clone)]
pub struct Seen {
    pub kind: String,
    pub address: String,
    pub name: Option<String>,
    /// `None` where the code has one scenario only.
    pub scenario: Option<String>,
    pub complete: bool,
    /// What could not be evaluated, in sentences.
    pub unknown: Vec<String>,
    pub span: Span,
    /// In the order in which Azure asks them: by priority, or the longest prefix first.
    pub entries: Vec<SeenEntry>,
    pub decisions: Vec<SeenDecision>,
}

/// What happens to a watched endpoint in a container.
#[derive(Debug, Clone)]
pub struct SeenDecision {
    pub endpoint: String,
    pub outcome: String,
    /// The entry that decides and where it is written; `None` for the default.
    pub by: Option<(Option<String>, Span)>,
}

/// An entry as it was understood.
#[derive(Debug, Clone)]
pub struct SeenEntry {
    pub name: Option<String>,
    pub targets: Vec<String>,
    /// `Allow`, `Deny` or a next hop type.
    pub effect: String,
    pub next_hop: Option<String>,
    pub order: Vec<i64>,
    pub sources: Vec<String>,
    pub ports: Vec<String>,
    pub protocols: Vec<String>,
    /// Where the first target is written.
    pub span: Span,
    /// What decides whether the entry is there at all, if that is not known.
    pub doubt: Option<String>,
}
