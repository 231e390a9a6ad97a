//! The network as kmslint understood it: a table a container for people, JSON for tools.

use super::View;
use super::json::{Place, print};
use super::text::{Ink, harmless};
use crate::finding::{Inspection, Seen, SeenEntry};
use serde::Serialize;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Columns of a table cell; longer lists go on beneath.
const CELL: usize = 40;
/// Columns of the value of one local, variable or output.
const VALUE: usize = 160;

#[derive(Serialize)]
struct Whole<'a> {
    version: u32,
    containers: Vec<Container<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<&'a serde_json::Value>,
}

#[derive(Serialize)]
struct Container<'a> {
    kind: &'a str,
    address: &'a str,
    name: Option<&'a str>,
    scenario: Option<&'a str>,
    complete: bool,
    unknown: &'a [String],
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: Option<&'a str>,
    targets: &'a [String],
    effect: &'a str,
    next_hop: Option<&'a str>,
    order: &'a [i64],
    sources: &'a [String],
    ports: &'a [String],
    protocols: &'a [String],
    location: Place,
}

pub fn write_json(seen: &Inspection, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let entry = |entry: &SeenEntry| -> Place { Place::of(entry.span, view) };
    let containers = seen.containers.iter().map(|it| Container {
        kind: &it.kind,
        address: &it.address,
        name: it.name.as_deref(),
        scenario: it.scenario.as_deref(),
        complete: it.complete,
        unknown: &it.unknown,
        entries: it.entries.iter().map(|row| Entry::of(row, entry(row))).collect(),
    });
    print(&Whole { version: 1, containers: containers.collect(), values: seen.values.as_ref() }, out)
}

impl<'a> Entry<'a> {
    fn of(entry: &'a SeenEntry, location: Place) -> Entry<'a> {
        Entry {
            name: entry.name.as_deref(),
            targets: &entry.targets,
            effect: &entry.effect,
            next_hop: entry.next_hop.as_deref(),
            order: &entry.order,
            sources: &entry.sources,
            ports: &entry.ports,
            protocols: &entry.protocols,
            location,
        }
    }
}

pub fn write_text(seen: &Inspection, view: &View, out: &mut dyn Write) -> io::Result<()> {
    if seen.containers.is_empty() {
        writeln!(out, "No container of network rules was found.")?;
    }
    for (at, container) in seen.containers.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_container(container, view, out)?;
    }
    match &seen.values {
        Some(serde_json::Value::Object(modules)) => write_values(modules, view, out),
        _ => Ok(()),
    }
}

fn write_container(seen: &Seen, view: &View, out: &mut dyn Write) -> io::Result<()> {
    let title = view.paint(Ink::Strong, &format!("{} {}", seen.kind, harmless(&seen.address)));
    let name = seen.name.as_ref().map(|name| format!(" \"{}\"", harmless(name))).unwrap_or_default();
    let scenario = seen.scenario.as_ref().map(|it| format!(" with {}", harmless(it))).unwrap_or_default();
    let place = view.paint(Ink::Dim, &view.place(seen.span));
    writeln!(out, "{title}{name}{scenario}  {place}")?;
    if seen.entries.is_empty() {
        writeln!(out, "  no entries")?;
    }
    write_table(&seen.entries, view, out)?;
    for decision in &seen.decisions {
        let by = match &decision.by {
            Some((Some(name), span)) => format!("by {} at {}", harmless(name), view.place(*span)),
            Some((None, span)) => format!("at {}", view.place(*span)),
            None => "by default".to_owned(),
        };
        let endpoint = view.paint(Ink::Strong, &decision.endpoint);
        writeln!(out, "  {endpoint}: {} {}", harmless(&decision.outcome), view.paint(Ink::Dim, &by))?;
    }
    for why in &seen.unknown {
        writeln!(out, "  {} {}", view.paint(Ink::Warning, "unknown:"), harmless(why))?;
    }
    if !seen.complete && seen.unknown.is_empty() {
        writeln!(out, "  {} there may be more entries", view.paint(Ink::Warning, "unknown:"))?;
    }
    Ok(())
}

/// A row an entry, each cell of as many lines as it needs; columns in which no entry has anything are left out.
fn write_table(entries: &[SeenEntry], view: &View, out: &mut dyn Write) -> io::Result<()> {
    const HEADS: [&str; 7] = ["order", "name", "sources", "targets", "ports", "effect", "written at"];
    let rows: Vec<[Vec<String>; 7]> = entries.iter().map(|entry| cells(entry, view)).collect();
    let width = |column: usize| {
        let cells = rows.iter().flat_map(|row| row[column].iter().map(|line| line.width()));
        cells.max().filter(|width| *width > 0).map_or(0, |width| width.max(HEADS[column].len()))
    };
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", view.paint(Ink::Dim, &aligned(&HEADS, &widths)))?;
    for row in &rows {
        for line in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
            let texts = row.each_ref().map(|cell| cell.get(line).map_or("", String::as_str));
            writeln!(out, "{}", aligned(&texts, &widths))?;
        }
    }
    Ok(())
}

fn aligned(texts: &[&str], widths: &[usize]) -> String {
    let mut out = String::new();
    for (text, width) in texts.iter().zip(widths).filter(|(_, width)| **width > 0) {
        out.push_str("  ");
        out.push_str(text);
        out.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width())));
    }
    out.trim_end().to_owned()
}

fn cells(entry: &SeenEntry, view: &View) -> [Vec<String>; 7] {
    let effect = match entry.effect.as_str() {
        plain @ ("Allow" | "Deny") => plain.to_owned(),
        hop => format!("-> {}", harmless(hop)),
    };
    let hop = entry.next_hop.as_ref().map(|hop| format!(" {}", harmless(hop))).unwrap_or_default();
    let order: Vec<String> = entry.order.iter().map(ToString::to_string).collect();
    let mut place = vec![view.place(entry.span)];
    place.extend(entry.doubt.as_ref().map(|why| format!("(may be absent: {})", harmless(why))));
    let ports = [entry.protocols.join("/"), entry.ports.join(",")].join(" ");
    [
        vec![order.join(".")],
        vec![entry.name.as_deref().map(|name| harmless(name).into_owned()).unwrap_or_default()],
        packed(&entry.sources),
        packed(&entry.targets),
        vec![harmless(ports.trim()).into_owned()],
        vec![format!("{effect}{hop}")],
        place,
    ]
}

/// As many items a line as fit.
fn packed(items: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for item in items.iter().map(|item| harmless(item)) {
        match lines.last_mut() {
            Some(line) if line.width() + 2 + item.width() <= CELL => {
                line.push_str(", ");
                line.push_str(&item);
            }
            _ => lines.push(item.into_owned()),
        }
    }
    lines
}

type Object = serde_json::Map<String, serde_json::Value>;

fn write_values(modules: &Object, view: &View, out: &mut dyn Write) -> io::Result<()> {
    for (path, module) in modules {
        writeln!(out, "\n{}", view.paint(Ink::Strong, &format!("values of {}", harmless(path))))?;
        for (group, prefix) in [("variables", "var"), ("locals", "local"), ("outputs", "output")] {
            for (name, value) in module.get(group).and_then(|it| it.as_object()).into_iter().flatten() {
                let shown = match value.get("unknown").and_then(|why| why.as_str()) {
                    Some(why) => view.paint(Ink::Warning, &format!("unknown: {}", harmless(why))),
                    None => shortened(&value.to_string()),
                };
                writeln!(out, "  {prefix}.{} = {shown}", harmless(name))?;
            }
        }
    }
    Ok(())
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(VALUE) {
        Some((at, _)) => format!("{}…", harmless(&text[..at])),
        None => harmless(text).into_owned(),
    }
}
