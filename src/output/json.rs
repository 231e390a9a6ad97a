//! The JSON report, version 1. Keys stand in the order of the fields below, which readers may rely on.

use super::View;
use super::text::harmless_json;
use crate::finding::{ContainerRef, Edit, Finding, Fix, Report, Safety, Severity};
use crate::source::Span;
use serde::Serialize;
use std::io::{self, Write};

pub fn write(report: &Report, view: &View, out: &mut dyn Write) -> io::Result<()> {
    print(&Whole::of(report, view), out)
}

/// Pretty-prints with one final newline.
pub(super) fn print(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    writeln!(out, "{}", harmless_json(&text))
}

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    tool: Tool,
    findings: Vec<Found<'a>>,
    ignored: Vec<Found<'a>>,
    unknown: Vec<Unknown<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Found<'a> {
    rule: &'a str,
    check: Option<&'a str>,
    severity: Severity,
    cloud: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    url: Option<&'a str>,
    containers: Vec<Container<'a>>,
    legacy: &'a [String],
    missing: &'a [String],
    location: Place,
    related: Vec<Related<'a>>,
    scenarios: &'a [String],
    fix: Option<Repair<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Container<'a> {
    kind: &'a str,
    address: &'a str,
    name: Option<&'a str>,
}

/// A stretch of a file; the end is exclusive.
#[derive(Serialize)]
pub(super) struct Place {
    path: String,
    start: Position,
    end: Position,
}

/// Line and column from 1, the column in Unicode code points; the byte of the file from 0.
#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    byte: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    place: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct Repair<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Change<'a>>,
}

/// Replaces the bytes `start..end` of the file.
#[derive(Serialize)]
struct Change<'a> {
    path: String,
    start: u32,
    end: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Unknown<'a> {
    container: &'a str,
    path: String,
    line: u32,
    why: &'a str,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    evaluated: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    fixable: usize,
    elapsed_ms: u64,
}

impl<'a> Whole<'a> {
    fn of(report: &'a Report, view: &View) -> Whole<'a> {
        let unknown = report.unknown.iter().map(|gap| {
            let place = Place::of(gap.span, view);
            Unknown { container: &gap.container, path: place.path, line: place.start.line, why: &gap.why }
        });
        Whole {
            version: 1,
            tool: Tool { name: "kmslint", version: env!("CARGO_PKG_VERSION") },
            findings: report.findings.iter().map(|finding| Found::of(finding, view)).collect(),
            ignored: Vec::new(),
            unknown: unknown.collect(),
            summary: Summary::of(report),
        }
    }
}

impl<'a> Found<'a> {
    fn of(finding: &'a Finding, view: &View) -> Found<'a> {
        let related =
            finding.related.iter().map(|it| Related { place: Place::of(it.span, view), message: &it.message });
        Found {
            rule: &finding.rule,
            check: finding.check,
            severity: finding.severity,
            cloud: finding.cloud.as_deref(),
            message: &finding.message,
            help: &finding.help,
            url: finding.url.as_deref(),
            containers: finding.containers.iter().map(Container::of).collect(),
            legacy: &finding.legacy,
            missing: &finding.missing,
            location: Place::of(finding.primary, view),
            related: related.collect(),
            scenarios: &finding.scenarios,
            fix: finding.fix.as_ref().map(|fix| Repair::of(fix, view)),
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> Container<'a> {
    fn of(container: &'a ContainerRef) -> Container<'a> {
        Container { kind: container.kind, address: &container.address, name: container.name.as_deref() }
    }
}

impl Place {
    pub(super) fn of(span: Span, view: &View) -> Place {
        let source = view.sources.get(span.source);
        let at = |offset| {
            let position = source.position(offset);
            Position { line: position.line, column: position.column, byte: position.byte }
        };
        Place { path: view.path(&source), start: at(span.start), end: at(span.end.max(span.start)) }
    }
}

impl<'a> Repair<'a> {
    fn of(fix: &'a Fix, view: &View) -> Repair<'a> {
        let change = |edit: &'a Edit| {
            let Place { path, start, end } = Place::of(edit.span, view);
            Change { path, start: start.byte, end: end.byte, text: &edit.text }
        };
        let safety = match fix.safety {
            Safety::Safe => "safe",
            Safety::Review => "review",
        };
        Repair { title: &fix.title, safety, edits: fix.edits.iter().map(change).collect() }
    }
}

impl Summary {
    fn of(report: &Report) -> Summary {
        Summary {
            files: report.files,
            evaluated: report.evaluated,
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            fixable: report.findings.iter().filter(|finding| finding.fix.is_some()).count(),
            elapsed_ms: u64::try_from(report.elapsed.as_millis()).unwrap_or(u64::MAX),
        }
    }
}
