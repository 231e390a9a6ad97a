//! One line a finding, for logs and for tools that read `path:line:column`.

use super::text::{Ink, harmless};
use super::{View, heading, summary};
use crate::finding::{Finding, Report};
use std::io::{self, Write};

pub fn write(report: &Report, view: &View, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(out, "{}", line(finding, view))?;
    }
    if view.quiet {
        return Ok(());
    }
    writeln!(out, "{}", summary(report))
}

/// `path:line:column: severity[rule/check] message`
pub(super) fn line(finding: &Finding, view: &View) -> String {
    let place = view.paint(Ink::Strong, &view.place(finding.primary));
    format!("{place}: {} {}", heading(finding, view), harmless(&finding.message))
}
