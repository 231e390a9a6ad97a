//! Where one more sibling of an element can be written, and how: a sibling looks like the element beside which it
//! stands. Notations differ in their separators alone.

use super::hcl::{self, Attribute, Block, Body, Expr, ExprKind, ItemKey, Part};
use super::{Node, NodeKey, NodeKind};
use super::{json, yaml};
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// Something that can have one more sibling.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    pub range: Range<usize>,
    pub kind: ElementKind,
    /// What has to be another in a sibling.
    pub names: Vec<Name>,
    /// The last of its siblings, which is the element itself where that is not known.
    pub last: Range<usize>,
    /// What a sibling does not have: what Azure gives to a resource, with its separator.
    pub left_out: Vec<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// Of a list, or of an object in JSON: separated by commas.
    Item,
    /// Of an object in Terraform: separated by line ends or commas.
    Entry,
    /// On lines of its own, with an empty line between where the others have one.
    Block,
    /// Of a list in YAML, behind a dash.
    Dash,
    /// Of a mapping in YAML, on a line of its own.
    Key,
}

/// A text that tells an element from its siblings.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    /// Without quotes.
    pub range: Range<usize>,
    pub kind: NameKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameKind {
    /// Takes a suffix: text between quotes, a bare key.
    Text,
    /// The label of a resource: letters, digits and `_`.
    Label,
    /// An expression of Terraform.
    Expression,
    /// An expression of Azure Resource Manager, without its brackets.
    Template,
}

/// The elements around a place, the innermost first; none where the notation of the file is not known.
pub fn elements(source: &Arc<Source>, place: Range<usize>) -> Vec<Element> {
    let name = source.path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_lowercase();
    let has = |kinds: &[&str]| kinds.iter().any(|kind| name.ends_with(kind));
    let mut out = Vec::new();
    if has(&[".json", ".jsonc"]) {
        if let Ok(root) = json::parse_leniently(&source.text) {
            in_node(&source.text, &root, &place, false, &mut out);
        }
    } else if has(&[".yaml", ".yml"]) {
        if let Ok(root) = yaml::parse(&source.text) {
            in_node(&source.text, &root, &place, true, &mut out);
        }
    } else if has(&[".tf", ".tofu", ".tfvars", ".hcl"]) {
        in_body(&hcl::parse(source).body, &place, &mut out);
    }
    out.reverse();
    out
}

fn holds(range: &Range<usize>, place: &Range<usize>) -> bool {
    range.start <= place.start && place.end <= range.end
}

fn in_body(body: &Body, place: &Range<usize>, out: &mut Vec<Element>) {
    if let Some(block) = body.blocks.iter().find(|block| holds(&block.span.range(), place)) {
        out.push(Element {
            range: block.span.range(),
            last: block.span.range(),
            kind: ElementKind::Block,
            names: block_names(block),
            left_out: Vec::new(),
        });
        in_body(&block.body, place, out);
    } else if let Some(attribute) = body.attributes.iter().find(|one| holds(&one.expr.span.range(), place)) {
        in_expr(&attribute.expr, place, out);
    }
}

/// The name, and of a resource the label.
fn block_names(block: &Block) -> Vec<Name> {
    let is_name = |attribute: &&Attribute| &*attribute.name == "name";
    let name = block.body.attributes.iter().find(is_name).and_then(|attribute| name_of(&attribute.expr));
    let last = block.labels.last().filter(|_| block.labels.len() > 1);
    let label = last.map(|label| {
        let end = block.header.range().end;
        // The header ends with the label, which may be quoted.
        let start = end.saturating_sub(label.len() + 1);
        Name { range: start..end - 1, kind: NameKind::Label }
    });
    label.into_iter().chain(name).collect()
}

fn name_of(expr: &Expr) -> Option<Name> {
    let range = expr.span.range();
    Some(match &expr.kind {
        ExprKind::Text(_) | ExprKind::Template(_) => {
            Name { range: range.start + 1..range.end.checked_sub(1)?, kind: NameKind::Text }
        }
        ExprKind::Null => return None,
        _ => Name { range, kind: NameKind::Expression },
    })
}

fn in_expr(expr: &Expr, place: &Range<usize>, out: &mut Vec<Element>) {
    let inside = |expr: &Expr| holds(&expr.span.range(), place);
    match &expr.kind {
        ExprKind::List(items) => {
            if let Some(item) = items.iter().find(|item| inside(item)) {
                let element = Element {
                    range: item.span.range(),
                    last: items.last().unwrap_or(item).span.range(),
                    kind: ElementKind::Item,
                    names: object_names(item),
                    left_out: Vec::new(),
                };
                out.push(element);
                in_expr(item, place, out);
            }
        }
        ExprKind::Object(items) => {
            for item in items {
                let key = match &item.key {
                    ItemKey::Name(_, span) => Name { range: span.range(), kind: NameKind::Text },
                    ItemKey::Expr(key) => {
                        let own = || Name { range: key.span.range(), kind: NameKind::Expression };
                        name_of(key).filter(|name| name.kind == NameKind::Text).unwrap_or_else(own)
                    }
                };
                let start = match &item.key {
                    ItemKey::Name(_, span) => span.range().start,
                    ItemKey::Expr(key) => key.span.range().start,
                };
                let range = start..item.value.span.range().end;
                if holds(&range, place) {
                    let names = std::iter::once(key).chain(object_names(&item.value)).collect();
                    let last = range.clone();
                    out.push(Element { range, last, kind: ElementKind::Entry, names, left_out: Vec::new() });
                    in_expr(&item.value, place, out);
                }
            }
        }
        ExprKind::Template(parts) => parts.iter().for_each(|part| match part {
            Part::Put(inner) if inside(inner) => in_expr(inner, place, out),
            _ => {}
        }),
        ExprKind::Parenthesis(inner) | ExprKind::Not(inner) | ExprKind::Negate(inner) => in_expr(inner, place, out),
        ExprKind::Call(call) => call.args.iter().filter(|arg| inside(arg)).for_each(|arg| in_expr(arg, place, out)),
        ExprKind::Binary(_, a, b) => [a, b].into_iter().filter(|e| inside(e)).for_each(|e| in_expr(e, place, out)),
        ExprKind::Conditional(a, b, c) => {
            [a, b, c].into_iter().filter(|e| inside(e)).for_each(|e| in_expr(e, place, out));
        }
        ExprKind::For(of) => {
            let parts = [Some(&of.collection), of.entry_key.as_ref(), Some(&of.result), of.condition.as_ref()];
            parts.into_iter().flatten().filter(|e| inside(e)).for_each(|e| in_expr(e, place, out));
        }
        ExprKind::Traverse(inner, _) if inside(inner) => in_expr(inner, place, out),
        _ => {}
    }
}

fn object_names(expr: &Expr) -> Vec<Name> {
    let ExprKind::Object(items) = &expr.kind else { return Vec::new() };
    let is_name = |key: &ItemKey| match key {
        ItemKey::Name(name, _) => &**name == "name",
        ItemKey::Expr(key) => {
            matches!(&key.kind, ExprKind::Text(parts) if matches!(parts.as_slice(), [one] if &*one.text == "name"))
        }
    };
    items.iter().find(|item| is_name(&item.key)).and_then(|item| name_of(&item.value)).into_iter().collect()
}

fn in_node(text: &str, node: &Node, place: &Range<usize>, yaml: bool, out: &mut Vec<Element>) {
    // In YAML an end may lie behind white space that belongs to nobody.
    let whole = |range: Range<usize>| range.start..range.start + text[range.clone()].trim_end().len();
    let lines = yaml && !text[node.range.clone()].starts_with(['[', '{']);
    match &node.kind {
        NodeKind::List(items) => {
            if let Some(item) = items.iter().find(|item| holds(&item.range, place)) {
                let left_out = given_by_azure(item);
                let names = node_names(text, item);
                let kind = if lines { ElementKind::Dash } else { ElementKind::Item };
                let last = whole(items.last().unwrap_or(item).range.clone());
                out.push(Element { range: whole(item.range.clone()), last, kind, names, left_out });
                in_node(text, item, place, yaml, out);
            }
        }
        NodeKind::Map(entries) => {
            let found = entries.iter().find(|(key, value)| holds(&(key.range.start..value.range.end), place));
            if let Some((key, value)) = found {
                let quote = usize::from(key.quoted);
                let own = Name { range: key.range.start + quote..key.range.end - quote, kind: NameKind::Text };
                out.push(Element {
                    range: whole(key.range.start..value.range.end),
                    last: whole(key.range.start..value.range.end),
                    kind: if lines { ElementKind::Key } else { ElementKind::Item },
                    names: std::iter::once(own).chain(node_names(text, value)).collect(),
                    left_out: given_by_azure(value),
                });
                in_node(text, value, place, yaml, out);
            }
        }
        _ => {}
    }
}

fn node_names(text: &str, node: &Node) -> Vec<Name> {
    let NodeKind::Map(entries) = &node.kind else { return Vec::new() };
    let is_name = |(key, value): &&(NodeKey, Node)| {
        key.text.eq_ignore_ascii_case("name") && matches!(value.kind, NodeKind::Text(_))
    };
    let made = entries.iter().find(is_name).map(|(_, value)| {
        let quote = usize::from(value.quoted);
        let range = value.range.start + quote..value.range.end - quote;
        let written = &text[range.clone()];
        match written.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
            Some(_) if !written.starts_with("[[") => {
                Name { range: range.start + 1..range.end - 1, kind: NameKind::Template }
            }
            _ => Name { range, kind: NameKind::Text },
        }
    });
    made.into_iter().collect()
}

/// The entries `id`, `etag` and `provisioningState`, which exports carry.
fn given_by_azure(node: &Node) -> Vec<Range<usize>> {
    let NodeKind::Map(entries) = &node.kind else { return Vec::new() };
    let mut out = Vec::new();
    for (at, (key, value)) in entries.iter().enumerate() {
        if ["id", "etag", "provisioningstate"].contains(&key.text.to_lowercase().as_str()) {
            out.push(match (entries.get(at + 1), at.checked_sub(1).map(|before| &entries[before].1)) {
                (Some((next, _)), _) => key.range.start..next.range.start,
                (None, Some(before)) => before.range.end..value.range.end,
                (None, None) => key.range.start..value.range.end,
            });
        } else if key.text.eq_ignore_ascii_case("properties") {
            out.extend(given_by_azure(value));
        }
    }
    out
}

/// The edits, as places and texts, that write siblings behind an element.
pub fn behind(text: &str, element: &Element, siblings: &[String]) -> Vec<(Range<usize>, String)> {
    let Range { start, end } = element.range;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line_end = if text[..line_end].ends_with('\r') && line_end > end { line_end - 1 } else { line_end };
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let indent: String = text[line_start..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
    let rest = text[end..line_end].trim();
    let (comma, rest) = rest.strip_prefix(',').map_or((false, rest), |rest| (true, rest.trim()));
    let alone = text[line_start..start].trim().is_empty()
        && (rest.is_empty() || ["#", "//"].iter().any(|sign| rest.starts_with(sign)));
    if element.kind == ElementKind::Block {
        let gap = if is_spaced(text, line_start, line_end) {
            format!("{eol}{eol}{indent}")
        } else {
            eol.to_owned() + &indent
        };
        let all: String = siblings.iter().map(|sibling| format!("{gap}{sibling}")).collect();
        return vec![(line_end..line_end, all)];
    }
    if matches!(element.kind, ElementKind::Dash | ElementKind::Key) {
        let before = &text[line_start..start];
        let lead = match before.rfind('-').filter(|_| element.kind == ElementKind::Dash) {
            Some(dash) => " ".repeat(dash) + &before[dash..],
            None => " ".repeat(before.chars().count()),
        };
        let all = siblings.iter().map(|sibling| format!("{eol}{lead}{sibling}")).collect();
        return vec![(line_end..line_end, all)];
    }
    if !alone {
        let all: String = siblings.iter().map(|sibling| format!(", {sibling}")).collect();
        return vec![(end..end, all)];
    }
    let lines = |each: &str, last: &str| -> String {
        let line = |(at, sibling): (usize, &String)| {
            format!("{eol}{indent}{sibling}{}", if at + 1 == siblings.len() { last } else { each })
        };
        siblings.iter().enumerate().map(line).collect()
    };
    if element.kind == ElementKind::Entry && !text[start..end].contains('\n') {
        return entries(text, line_start, line_end, siblings, if comma { "," } else { "" });
    }
    match (element.kind, comma) {
        (_, true) => vec![(line_end..line_end, lines(",", ","))],
        (ElementKind::Entry, false) => vec![(line_end..line_end, lines("", ""))],
        (_, false) if line_end == end => vec![(end..end, format!(",{}", lines(",", "")))],
        (_, false) => vec![(end..end, ",".to_owned()), (line_end..line_end, lines(",", ""))],
    }
}

/// Entries on lines of their own, whose equals signs line up.
fn entries(
    text: &str,
    line_start: usize,
    line_end: usize,
    siblings: &[String],
    end: &str,
) -> Vec<(Range<usize>, String)> {
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = &text[line_start..line_end];
    let indent = line.len() - line.trim_start().len();
    let key = |entry: &str| entry.find('=').map(|at| entry[..at].trim_end().len());
    let (Some(column), Some(longest)) = (line.find('='), siblings.iter().filter_map(|sibling| key(sibling)).max())
    else {
        let all = siblings.iter().map(|sibling| format!("{eol}{}{sibling}{end}", &line[..indent])).collect();
        return vec![(line_end..line_end, all)];
    };
    let shift = (indent + longest + 1).saturating_sub(column);
    let one = |sibling: &String| {
        let Some((name, value)) = sibling.split_once('=') else {
            return format!("{eol}{}{sibling}{end}", &line[..indent]);
        };
        let name = name.trim_end();
        let blanks = " ".repeat((column + shift).saturating_sub(indent + name.len()));
        format!("{eol}{}{name}{blanks}={value}{end}", &line[..indent])
    };
    let mut edits = vec![(line_end..line_end, siblings.iter().map(one).collect())];
    if shift > 0 {
        let own = std::iter::once(line_start + column);
        edits.extend(own.chain(aligned(text, line_start, column)).map(|at| (at..at, " ".repeat(shift))));
    }
    edits
}

/// Whether an empty line parts a block from the one before it or behind it.
fn is_spaced(text: &str, line_start: usize, line_end: usize) -> bool {
    let before = text[..line_start].lines().next_back().unwrap_or("}").trim();
    let mut behind = text[line_end..].lines().skip(1).map(str::trim);
    let next = behind.next().unwrap_or_default();
    before.is_empty()
        || (next.is_empty() && behind.next().is_some_and(|line| line != "}"))
        || !text[line_start..].starts_with([' ', '\t'])
}

/// Where the equals signs stand that line up with the one in this column of the line at `start`, on the lines before
/// and behind it that are indented alike.
pub fn aligned(text: &str, start: usize, column: usize) -> Vec<usize> {
    let sign = |line_start: usize| {
        let line = text[line_start..].lines().next().unwrap_or_default();
        (indented(line) == indented(&text[start..])
            && line.as_bytes().get(column) == Some(&b'=')
            && line[..column].ends_with(' '))
        .then_some(line_start + column)
    };
    let mut out = Vec::new();
    let mut at = start;
    while let Some(before) = at.checked_sub(1).map(|end| text[..end].rfind('\n').map_or(0, |at| at + 1)) {
        let Some(found) = sign(before) else { break };
        out.push(found);
        at = before;
    }
    let mut at = start;
    while let Some(next) = text[at..].find('\n').map(|end| at + end + 1) {
        let Some(found) = sign(next) else { break };
        out.push(found);
        at = next;
    }
    out
}

/// Blanks at the beginning.
fn indented(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}
