//! Reports in the formats that people and tools read. Outputs translate, nothing more.
//!
//! What comes from linted files passes through [`text::harmless`], or for JSON [`text::harmless_json`].

use crate::finding::{Finding, Report, Safety, Severity};
use crate::source::{Source, Sources, Span};
use std::path::Path;
use std::sync::Arc;

pub mod concise;
pub mod diff;
pub mod full;
pub mod inspect;
pub mod json;
mod snippet;
#[cfg(test)]
mod tests;
pub mod text;

use text::{Ink, counted, harmless, harmless_path};

/// How a report is shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub sources: &'a Sources,
    /// Paths are shown from here: absolute, without symbolic links.
    pub cwd: &'a Path,
    pub color: bool,
    /// In columns; sentences wrap to it.
    pub width: usize,
    /// Notes with their source, everything that a list would leave out, containers that are not wholly known.
    pub verbose: bool,
    /// Findings without a summary.
    pub quiet: bool,
}

impl View<'_> {
    fn path(&self, source: &Source) -> String {
        crate::source::relative(&source.path, self.cwd)
    }

    /// `path:line:column` of the start of a span, harmless.
    fn place(&self, span: Span) -> String {
        let source: Arc<Source> = self.sources.get(span.source);
        let at = source.position(span.start);
        format!("{}:{}:{}", harmless_path(&self.path(&source)), at.line, at.column)
    }

    fn paint(&self, ink: Ink, text: &str) -> String {
        if self.color { ink.on(text) } else { text.to_owned() }
    }
}

/// `error[azure-kms/route-table]`
fn heading(finding: &Finding, view: &View) -> String {
    let check = finding.check.map(|check| format!("/{check}")).unwrap_or_default();
    let name = view.paint(Ink::of(finding.severity), finding.severity.name());
    view.paint(Ink::Strong, &format!("{name}[{}{check}]", harmless(&finding.rule)))
}

/// What was found, and in how much.
fn summary(report: &Report) -> String {
    let evaluated = counted(report.evaluated, "configuration");
    let files = counted(report.files, "file");
    let count = |severity, name| match report.count(severity) {
        0 => None,
        count => Some(counted(count, name)),
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let found: Vec<String> = counts.into_iter().filter_map(|(severity, name)| count(severity, name)).collect();
    match (found.is_empty(), report.files) {
        (true, 0) => "Nothing to check: no file of a kind that is read was found.".to_owned(),
        (true, _) => format!("All clear: nothing to report in {files} ({evaluated} evaluated)."),
        (false, _) => {
            let found = text::listed(&found, "and");
            format!("Found {found} in {files} ({evaluated} evaluated).{}", repairs(report))
        }
    }
}

/// How many findings have a repair, and how it is made.
fn repairs(report: &Report) -> String {
    let count = |safety| {
        let fixes = report.findings.iter().filter_map(|finding| finding.fix.as_ref());
        fixes.filter(|fix| fix.safety == safety).count()
    };
    match (count(Safety::Safe), count(Safety::Review)) {
        (0, 0) => String::new(),
        (safe, 0) => format!(" Fixable: {safe} with --fix."),
        (0, review) => format!(" Fixable: {review} with --fix-review, after a look."),
        (safe, review) => format!(" Fixable: {safe} with --fix, {review} more with --fix-review, after a look."),
    }
}
