//! A rule as a page to read.

use super::{CHECKS, Cloud, Rule, Side};
use std::fmt::Write as _;

/// Columns of a page.
const WIDTH: usize = 100;

/// The page of a rule, or of one of its checks.
pub fn page(rule: &Rule, check: Option<&str>) -> String {
    let mut out = String::new();
    match check {
        Some(check) => check_page(rule, check, &mut out),
        None => rule_page(rule, &mut out),
    }
    out
}

/// The rules, a line each, with their checks.
pub fn table(rules: &[Rule]) -> String {
    let mut rows = vec![["rule".to_owned(), "check".to_owned(), "flags".to_owned()]];
    for rule in rules {
        for check in CHECKS {
            if let Some(texts) = rule.check(check) {
                rows.push([rule.id.clone(), check.to_owned(), rule.fill(&texts.summary, &[], &[])]);
            }
        }
    }
    let mut out = columns(&rows);
    out.push_str("\n`kmslint explain RULE` shows what moved and how to follow, `kmslint explain RULE/CHECK` one check.\n");
    out
}

fn rule_page(rule: &Rule, out: &mut String) {
    heading(out, &format!("{}: {}", rule.id, rule.title), '=');
    paragraph(out, &rule.summary);
    paragraph(out, &rule.consequence);
    heading(out, "What moved", '-');
    let mut rows = vec![["cloud".to_owned(), "legacy".to_owned(), "successors, all of them needed".to_owned()]];
    rows.extend(rule.clouds.iter().flat_map(cloud_rows));
    out.push_str(&columns(&rows));
    let _ = writeln!(out, "\n{} port {}.\n", rule.protocol, rule.port);
    heading(out, "What is flagged", '-');
    for check in CHECKS {
        if let Some(texts) = rule.check(check) {
            let summary = rule.fill(&texts.summary, &[], &[]);
            let _ = writeln!(out, "{}", wrapped(&format!("{check}: {summary}"), 2));
        }
    }
    out.push('\n');
    paragraph(
        out,
        "A finding is a difference: what happens to the legacy endpoint against what happens to each successor, within \
         one container. A text that mentions an address is none.",
    );
    heading(out, "How to fix", '-');
    let (legacy, missing) = wording();
    for check in CHECKS {
        if let Some(texts) = rule.check(check) {
            let help = rule.fill(&texts.help, &legacy, &missing);
            let _ = writeln!(out, "{}", wrapped(&format!("{check}: {help}"), 2));
        }
    }
    out.push('\n');
    examples(rule, None, out);
    if !rule.timeline.is_empty() {
        heading(out, "Timeline", '-');
        out.push_str(&columns(&rule.timeline.iter().map(|e| [e.date.clone(), e.what.clone()]).collect::<Vec<_>>()));
        out.push('\n');
    }
    sources(rule, out);
}

fn check_page(rule: &Rule, check: &str, out: &mut String) {
    let Some(texts) = rule.check(check) else { return };
    let (legacy, missing) = wording();
    heading(out, &format!("{}/{check}", rule.id), '=');
    paragraph(out, &format!("Flags {}.", rule.fill(&texts.summary, &[], &[])));
    paragraph(out, &rule.fill(&texts.why, &legacy, &missing));
    heading(out, "How to fix", '-');
    paragraph(out, &rule.fill(&texts.help, &legacy, &missing));
    examples(rule, Some(check), out);
    sources(rule, out);
}

/// What stands for the values of a finding.
fn wording() -> (Vec<String>, Vec<String>) {
    (vec!["the legacy one".to_owned()], vec!["the successors".to_owned()])
}

fn cloud_rows(cloud: &Cloud) -> Vec<[String; 3]> {
    let texts = |side: &Side| {
        side.hosts.iter().cloned().chain(side.addresses.iter().map(ToString::to_string)).collect::<Vec<_>>()
    };
    let (legacy, mut successors) = (texts(&cloud.legacy), texts(&cloud.successors));
    if cloud.closed {
        successors.push("none: the cloud is closed".to_owned());
    }
    let at = |texts: &[String], row: usize| texts.get(row).cloned().unwrap_or_default();
    let title = |row: usize| if row == 0 { cloud.title.clone() } else { String::new() };
    (0..legacy.len().max(successors.len())).map(|row| [title(row), at(&legacy, row), at(&successors, row)]).collect()
}

fn examples(rule: &Rule, check: Option<&str>, out: &mut String) {
    let wanted: Vec<_> = rule.examples.iter().filter(|example| check.is_none_or(|check| example.check == check)).collect();
    // The page of a rule shows one; that of a check all of them.
    let shown = if check.is_some() { wanted.len() } else { 1 };
    for example in wanted.into_iter().take(shown) {
        heading(out, &format!("Example: {} ({})", example.title, example.expect.name()), '-');
        for text in example.files.values() {
            for line in text.lines() {
                let _ = writeln!(out, "{}", format!("    {line}").trim_end());
            }
            out.push('\n');
        }
    }
}

fn sources(rule: &Rule, out: &mut String) {
    heading(out, "Sources", '-');
    for reference in &rule.references {
        let _ = writeln!(out, "  {}\n    {}", reference.title, reference.url);
    }
}

fn heading(out: &mut String, text: &str, line: char) {
    let _ = writeln!(out, "{text}\n{}\n", line.to_string().repeat(text.chars().count()));
}

fn paragraph(out: &mut String, text: &str) {
    let _ = writeln!(out, "{}\n", wrapped(text, 0));
}

/// Breaks lines at blanks; lines behind the first are indented.
fn wrapped(text: &str, indent: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let width = word.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out
}

/// Rows with aligned columns.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(at, cell)| if at + 1 == N { cell.clone() } else { format!("{cell:<w$}", w = width(at)) })
            .collect();
        let _ = writeln!(out, "  {}", cells.join("  ").trim_end());
    }
    out
}
