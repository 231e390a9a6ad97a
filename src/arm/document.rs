//! What a JSON file is, told by its content.

use super::{Document, Mistake, is_object};
use crate::finding::Severity;
use crate::source::{Sources, Span, lexical};
use crate::syntax::{Node, NodeKey, NodeKind, json};
use crate::value::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Template,
    Parameters,
    /// Resources as Azure or its tools print them.
    Dump,
    /// Something that names a watched endpoint; a list in it may be an allow-list.
    Lists,
    /// Something else.
    Other,
}

/// Texts of which one stands in every file that is Azure's.
const SIGNS: [&str; 7] = [
    "schema.management.azure.com",
    "microsoft.",
    "\"resources\"",
    "addressprefix",
    "\"template\"",
    "securityrules",
    "\"parameters\"",
];

/// Reads a file that may be Azure's; `None` for what is not, by a glance at its text.
pub(super) fn read(
    path: &Path,
    sources: &Sources,
    names_endpoint: &(dyn Fn(&str) -> bool + Sync),
) -> Option<Result<Document, Mistake>> {
    let source = sources.read(path).ok()?;
    let lower = source.text.to_ascii_lowercase();
    let watched = names_endpoint(&source.text);
    if !watched && !SIGNS.iter().any(|sign| lower.contains(sign)) {
        return None;
    }
    match json::read(&source) {
        Ok(mut root) => match kind(&root) {
            Kind::Other if !watched || is_plan(&root) => None,
            Kind::Other => Some(Ok(Document { source, root, kind: Kind::Lists })),
            kind => {
                if has_doubles(&root) {
                    drop_doubles(Arc::make_mut(&mut root));
                }
                Some(Ok(Document { source, root, kind }))
            }
        },
        Err(stop) => {
            // Only what would be Azure's is missed.
            let azure = lower.contains("schema.management.azure.com") || lower.contains("microsoft.network");
            let is_template = lower.contains("{{") || lower.contains("{%");
            let severity = if is_template { Severity::Warning } else { Severity::Error };
            let at = stop.at.min(source.text.len());
            let len = source.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            let span = Span::new(source.id, at..at + len);
            azure.then_some(Err(Mistake { span, message: stop.message, severity }))
        }
    }
}

/// Whether parameters or variables are declared again in other letters.
fn has_doubles(node: &Node) -> bool {
    match &node.kind {
        NodeKind::List(items) => items.iter().any(has_doubles),
        NodeKind::Map(entries) => entries.iter().any(|(key, value)| {
            let mut seen = std::collections::HashSet::new();
            let repeats = match &value.kind {
                NodeKind::Map(named) if is_named(key) => {
                    !named.iter().all(|(key, _)| seen.insert(key.text.to_lowercase()))
                }
                _ => false,
            };
            repeats || has_doubles(value)
        }),
        _ => false,
    }
}

fn is_named(key: &NodeKey) -> bool {
    ["parameters", "variables"].iter().any(|name| key.text.eq_ignore_ascii_case(name))
}

/// Parameters and variables whose names differ in case alone are one: the last wins.
fn drop_doubles(node: &mut Node) {
    match &mut node.kind {
        NodeKind::List(items) => items.iter_mut().for_each(drop_doubles),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                if let NodeKind::Map(named) = &mut value.kind
                    && is_named(key)
                {
                    let mut seen = std::collections::HashSet::new();
                    named.reverse();
                    named.retain(|(key, _)| seen.insert(key.text.to_lowercase()));
                    named.reverse();
                }
                drop_doubles(value);
            }
        }
        _ => {}
    }
}

fn find<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    entries.iter().rev().find(|(key, _)| key.text.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn text<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    match &find(node, name)?.kind {
        NodeKind::Text(text) => Some(text),
        _ => None,
    }
}

/// What a document is.
pub(super) fn kind(root: &Node) -> Kind {
    let schema = text(root, "$schema").unwrap_or_default().to_lowercase();
    if schema.contains("schema.management.azure.com") {
        if schema.contains("deploymentparameters") {
            return Kind::Parameters;
        }
        if schema.contains("deploymenttemplate") {
            return Kind::Template;
        }
    }
    if is_plan(root) {
        return Kind::Other;
    }
    let has_resources = find(root, "resources").is_some_and(|it| is_object(it) || matches!(it.kind, NodeKind::List(_)));
    if has_resources && (find(root, "contentVersion").is_some() || !schema.is_empty() && schema.contains("azure.com")) {
        return Kind::Template;
    }
    if find(root, "template").is_some_and(|template| kind(template) == Kind::Template)
        || find(root, "properties").is_some_and(|it| find(it, "template").is_some_and(|it| kind(it) == Kind::Template))
    {
        return Kind::Template;
    }
    if super::dump::is_dump(root) { Kind::Dump } else { Kind::Other }
}

/// A plan of Terraform, which is read by another road.
fn is_plan(root: &Node) -> bool {
    find(root, "terraform_version").is_some() && find(root, "format_version").is_some()
}

/// The template itself, where it lies in what a tool wrote around it.
pub(super) fn unwrapped(root: Value) -> Value {
    let is_template = |value: &Value| super::get(value, "resources").is_some();
    if is_template(&root) {
        return root;
    }
    let inner = super::get(&root, "template").or_else(|| {
        super::get(&root, "properties").and_then(|properties| {
            super::get(&properties, "template").or_else(|| super::get(&properties, "mainTemplate"))
        })
    });
    inner.filter(is_template).unwrap_or(root)
}

/// Whether Bicep wrote the file.
pub(super) fn is_generated(root: &Node) -> bool {
    let generator = find(root, "metadata").and_then(|metadata| find(metadata, "_generator"));
    generator.and_then(|generator| text(generator, "name")) == Some("bicep")
}

/// Whether a parameter file belongs to a template by its name: `main.json` with `main.parameters.json`,
/// `main.prod.parameters.json` and `main.prod.json`; `template.json` with `parameters.json`.
pub(super) fn pairs(template: &Path, parameters: &Path) -> bool {
    let stem = |path: &Path| path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_lowercase();
    let (own, other) = (stem(template), stem(parameters));
    let by_stem = other.strip_prefix(&own).is_some_and(|rest| rest.starts_with(['.', '-', '_']));
    template.parent() == parameters.parent() && (by_stem || (own == "template" && other == "parameters"))
}

/// Whether a template declares every parameter that a file gives, and there is one.
pub(super) fn declares_all(template: &Node, file: &Node) -> bool {
    let Some(NodeKind::Map(given)) = find(file, "parameters").map(|node| &node.kind) else { return false };
    let declared = find(template, "parameters");
    !given.is_empty() && given.iter().all(|(key, _)| declared.is_some_and(|all| find(all, &key.text).is_some()))
}

/// The files that templates in a document link to by relative paths.
pub(super) fn links(node: &Node, folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    collect(node, folder, &mut out);
    out
}

fn collect(node: &Node, folder: &Path, out: &mut Vec<PathBuf>) {
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| collect(item, folder, out)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                if key.text.eq_ignore_ascii_case("templateLink") {
                    out.extend(text(value, "relativePath").map(|path| lexical(&folder.join(path))));
                    out.extend(text(value, "uri").and_then(|uri| by_name(uri, folder)));
                }
                collect(value, folder, out);
            }
        }
        _ => {}
    }
}

/// A link of which only the end is known: the file of that name below the folder, if it is there.
fn by_name(uri: &str, folder: &Path) -> Option<PathBuf> {
    let lower = uri.to_lowercase();
    if !lower.contains("artifactslocation") {
        return None;
    }
    let end = lower.find(".json")? + 5;
    let start = uri[..end].rfind(['\'', '"', ' ', '(']).map_or(0, |at| at + 1);
    let path = lexical(&folder.join(uri[start..end].trim_start_matches('/')));
    path.is_file().then_some(path)
}

/// Where an evaluated link leads.
pub(super) fn link_target(link: &Value, folder: &Path) -> Option<PathBuf> {
    if let Some(path) = super::get(link, "relativePath").and_then(|path| path.as_str()) {
        return Some(lexical(&folder.join(&*path)));
    }
    let uri = super::get(link, "uri")?;
    let crate::value::Data::Text(text) = &uri.data else { return None };
    // What is known of the end, behind the place where the artifacts lie.
    let end = text.suffix();
    let path = lexical(&folder.join(end.trim_start_matches('/')));
    (end.to_lowercase().ends_with(".json") && text.hole().is_some()).then_some(path)
}

/// The keys that lead to a byte, joined by dots.
pub(super) fn key_path(node: &Node, at: usize) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut here = node;
    loop {
        let inside = |range: &std::ops::Range<usize>| range.start <= at && at < range.end.max(range.start + 1);
        let next = match &here.kind {
            NodeKind::Map(entries) => {
                let found: Option<&(NodeKey, Node)> = entries.iter().find(|(_, value)| inside(&value.range));
                found.map(|(key, value)| {
                    out.push(&key.text);
                    value
                })
            }
            NodeKind::List(items) => items.iter().find(|item| inside(&item.range)),
            _ => None,
        };
        match next {
            Some(next) => here = next,
            None => return out.join("."),
        }
    }
}
