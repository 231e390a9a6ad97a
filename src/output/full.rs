//! The report for people: each finding with its source, why it matters and what to do.

use super::snippet::{self, Label};
use super::text::{self, Ink, counted, harmless, wrap};
use super::{View, concise, heading, summary};
use crate::finding::{ContainerRef, Finding, Report, Safety, Severity};
use std::io::{self, Write};

/// Places and names that a list shows before it counts the rest.
const SHOWN: usize = 8;
/// The same where everything is asked for: enough for people.
const SHOWN_VERBOSE: usize = 100;
/// The cloud that goes without saying.
const USUAL_CLOUD: &str = "AzureCloud";

pub fn write(report: &Report, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let brief = |finding: &&Finding| finding.severity == Severity::Note && !view.verbose;
    for finding in report.findings.iter().filter(|finding| !brief(finding)) {
        writeln!(out, "{}", block(finding, view))?;
    }
    let mut notes = report.findings.iter().filter(brief).peekable();
    let any_note = notes.peek().is_some();
    for note in notes {
        writeln!(out, "{}", concise::line(note, view))?;
    }
    if view.quiet {
        return Ok(());
    }
    if any_note {
        writeln!(out)?;
    }
    write_gaps(report, view, out)?;
    writeln!(out, "{}", view.paint(Ink::Strong, &summary(report)))
}

/// What could not be evaluated, so that silence is not taken for more than it is.
fn write_gaps(report: &Report, view: &View, out: &mut dyn Write) -> io::Result<()> {
    if report.unknown.is_empty() {
        return Ok(());
    }
    if !view.verbose {
        let count = counted(report.unknown.len(), "place");
        return writeln!(out, "{count} could not be evaluated; --verbose tells which and why.");
    }
    writeln!(out, "Not evaluated:")?;
    for gap in &report.unknown {
        writeln!(out, "  {}: {}: {}", view.place(gap.span), harmless(&gap.container), harmless(&gap.why))?;
    }
    writeln!(out)
}

fn block(finding: &Finding, view: &View) -> String {
    use std::fmt::Write as _;
    let shown = if view.verbose { SHOWN_VERBOSE } else { SHOWN };
    let primary = Label { span: finding.primary, text: caption(finding) };
    let related = finding.related.iter().take(shown);
    let related: Vec<Label> =
        related.map(|it| Label { span: it.span, text: harmless(&it.message).into_owned() }).collect();
    let cloud = match finding.cloud.as_deref() {
        None | Some(USUAL_CLOUD) => String::new(),
        Some(cloud) => format!(" in {}", harmless(cloud)),
    };
    let message = view.paint(Ink::Strong, &harmless(&finding.message));
    let mut out = format!("{}{cloud}: {message}\n", heading(finding, view));
    out.push_str(&snippet::draw(&primary, &related, Ink::of(finding.severity), view));
    if finding.related.len() > shown {
        let _ = writeln!(out, "  ... and {}", counted(finding.related.len() - shown, "more place"));
    }
    let containers: Vec<String> = finding.containers.iter().map(container).collect();
    let several = if containers.len() > 1 { containers.as_slice() } else { &[] };
    let lines = [
        ("why", finding.why.clone()),
        ("help", finding.help.clone()),
        ("fix", repair(finding)),
        ("holds for", enumerated(&finding.scenarios, shown)),
        ("affects", enumerated(several, shown)),
        ("see", finding.url.clone().unwrap_or_default()),
    ];
    for (name, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
        let text = wrap(&harmless(&text), view.width, name.len() + 4);
        let _ = writeln!(out, "  {} {text}", view.paint(Ink::Help, &format!("{name}:")));
    }
    out
}

/// How to have the repair made, and why it wants a look where it does.
fn repair(finding: &Finding) -> String {
    match &finding.fix {
        None => String::new(),
        Some(fix) if fix.safety == Safety::Safe => format!("{}: kmslint check --fix", fix.title),
        Some(fix) => {
            let why = text::listed(&finding.cautions, "and");
            format!("{}, after a look: kmslint check --fix-review. Look, because {why}.", fix.title)
        }
    }
}

/// What is said under the literal itself.
fn caption(finding: &Finding) -> String {
    match text::listed(&finding.missing, "and") {
        missing if missing.is_empty() => String::new(),
        missing => format!("this is named, {missing} not"),
    }
}

fn container(container: &ContainerRef) -> String {
    let name = container.name.as_ref().map(|name| format!(" (\"{name}\")")).unwrap_or_default();
    format!("{} {}{name}", container.kind, container.address)
}

fn enumerated(items: &[String], shown: usize) -> String {
    let rest = items.len().saturating_sub(shown);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{more}", items[..items.len() - rest].join(", "))
}
