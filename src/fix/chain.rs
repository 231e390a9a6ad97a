//! Routes of one table are written one after the other: Azure refuses a second write while the first is under way, so
//! each copy depends on the one before it. [Azure: define the order for deploying resources in ARM templates]

use crate::syntax::insert::{Element, ElementKind};
use crate::syntax::{Node, NodeKind, json};
use std::ops::Range;

/// The resource types of which one parent takes one at a time.
const SERIAL: [&str; 2] = ["routes", "securityrules"];

/// Copies of a child resource, each depending on the one before; copies of anything else as they are. `around` begins
/// with the element that was copied.
pub(super) fn chained(text: &str, around: &[Element], copies: Vec<String>) -> Vec<String> {
    let [element, outer @ ..] = around else { return copies };
    let written = &text[element.range.clone()];
    let Some(first) = Resource::of(written, element.kind) else { return copies };
    if !first.is_serial() {
        return copies;
    }
    let parent = outer.iter().find_map(|element| Resource::of(&text[element.range.clone()], element.kind));
    let mut before = first.id(parent.as_ref());
    let mut out = Vec::new();
    for copy in copies {
        let made = Resource::of(&copy, element.kind).zip(before.take());
        let Some((resource, id)) = made else {
            out.push(copy);
            continue;
        };
        before = resource.id(parent.as_ref());
        out.push(resource.depending_on(&copy, &id).unwrap_or(copy));
    }
    out
}

/// A resource of a template, in a text of its own.
struct Resource {
    /// Its key, where resources have symbolic names.
    symbol: Option<String>,
    kind: String,
    /// An expression.
    name: String,
    /// Where the name's key begins and its value ends, behind which `dependsOn` goes.
    name_key: usize,
    behind_name: usize,
    /// What it depends on: the list, and its last element.
    depends_on: Option<(Range<usize>, Option<Range<usize>>)>,
}

impl Resource {
    fn of(text: &str, kind: ElementKind) -> Option<Resource> {
        if kind != ElementKind::Item {
            return None;
        }
        // `"symbol": { ... }` is no value of its own, but one in braces.
        let (braced, shift) = if text.starts_with('{') { (text.to_owned(), 0) } else { (format!("{{{text}}}"), 1) };
        let root = json::parse_leniently(&braced).ok()?;
        let (symbol, node) = match &root.kind {
            NodeKind::Map(entries) if shift == 1 => {
                let (key, value) = entries.first()?;
                (Some(key.text.clone()), value)
            }
            _ => (None, &root),
        };
        let NodeKind::Map(entries) = &node.kind else { return None };
        let found = |name: &str| entries.iter().find(|(key, _)| key.text.eq_ignore_ascii_case(name));
        let entry = |name: &str| found(name).map(|(_, value)| value);
        let text_of = |node: &Node| match &node.kind {
            NodeKind::Text(text) => Some(text.clone()),
            _ => None,
        };
        entry("apiVersion")?;
        let (key, name) = found("name")?;
        let written = text_of(name)?;
        let expression =
            written.strip_prefix('[').filter(|_| !written.starts_with("[[")).and_then(|it| it.strip_suffix(']'));
        let depends_on = entry("dependsOn").and_then(|node| match &node.kind {
            NodeKind::List(items) => {
                let range = node.range.start - shift..node.range.end - shift;
                Some((range, items.last().map(|item| item.range.start - shift..item.range.end - shift)))
            }
            _ => None,
        });
        Some(Resource {
            symbol,
            kind: text_of(entry("type")?)?,
            name: expression.map_or_else(|| format!("'{written}'"), str::to_owned),
            name_key: key.range.start - shift,
            behind_name: name.range.end - shift,
            depends_on,
        })
    }

    fn is_serial(&self) -> bool {
        let last = self.kind.rsplit('/').next().unwrap_or_default().to_lowercase();
        SERIAL.contains(&last.as_str())
    }

    /// What an entry of `dependsOn` says for this resource.
    fn id(&self, parent: Option<&Resource>) -> Option<String> {
        if let Some(symbol) = &self.symbol {
            return Some(symbol.clone());
        }
        let is_full = self.kind.contains('/');
        let (kind, names) = if is_full {
            (self.kind.clone(), segments(&self.name))
        } else {
            let parent = parent?;
            (format!("{}/{}", parent.kind, self.kind), format!("{}, {}", parent.name, self.name))
        };
        Some(format!("[resourceId('{kind}', {names})]"))
    }

    /// The text of the resource with one more dependency, laid out as what stands beside it.
    fn depending_on(&self, text: &str, id: &str) -> Option<String> {
        let (at, new) = match &self.depends_on {
            Some((_, Some(last))) => (last.end, format!(",{}\"{id}\"", space_before(text, last.start))),
            Some((range, None)) => (range.start + 1, format!("\"{id}\"")),
            None => {
                let space = space_before(text, self.name_key);
                (self.behind_name, format!(",{space}\"dependsOn\": [\"{id}\"]"))
            }
        };
        Some(format!("{}{new}{}", text.get(..at)?, text.get(at..)?))
    }
}

/// What parts a sibling from something that begins at a place: a line end where that has a line of its own.
fn space_before(text: &str, start: usize) -> &str {
    let before = &text[..start];
    let line = before.rfind('\n').filter(|at| before[*at..].trim().is_empty());
    line.map_or(" ", |at| if before[..at].ends_with('\r') { &before[at - 1..] } else { &before[at..] })
}

/// The segments of a name, as arguments of `resourceId`: `'table/route'`, `concat(a, '/route')`, `format('{0}/route', a)`.
fn segments(name: &str) -> String {
    let literal =
        |text: &str| text.strip_prefix('\'')?.strip_suffix('\'').filter(|it| !it.contains('\'')).map(str::to_owned);
    if let Some((table, route)) = literal(name).as_deref().and_then(|it| it.split_once('/')) {
        return format!("'{table}', '{route}'");
    }
    if let Some(inner) = name.strip_prefix("concat(").and_then(|it| it.strip_suffix(')')).filter(|_| is_one_call(name))
        && let [table @ .., end] = arguments(inner).as_slice()
        && let Some(route) = literal(end).as_deref().and_then(|it| it.strip_prefix('/'))
    {
        return match table {
            [table] => format!("{table}, '{route}'"),
            all => format!("concat({}), '{route}'", all.join(", ")),
        };
    }
    if let Some(inner) =
        name.strip_prefix("format('{0}/").and_then(|it| it.strip_suffix(')')).filter(|_| is_one_call(name))
        && let Some((route, table)) = inner.split_once("', ")
        && !route.contains(['\'', '{'])
        && arguments(table).len() == 1
    {
        return format!("{table}, '{route}'");
    }
    format!("split({name}, '/')[0], split({name}, '/')[1]")
}

/// Whether an expression is one call and nothing behind it.
pub(super) fn is_one_call(expression: &str) -> bool {
    let Some(open) = expression.find('(') else { return false };
    let ends = levels(&expression[open..]).find(|(_, c, depth)| *c == ')' && *depth == 0);
    ends.is_some_and(|(at, ..)| open + at + 1 == expression.len())
}

/// The arguments of a call, of which `inner` is what stands between the parentheses.
fn arguments(inner: &str) -> Vec<&str> {
    let commas = levels(inner).filter(|(_, c, depth)| *c == ',' && *depth == 0).map(|(at, ..)| at);
    let mut out = Vec::new();
    let mut start = 0;
    for at in commas.chain([inner.len()]) {
        out.push(inner[start..at].trim());
        start = (at + 1).min(inner.len());
    }
    out
}

/// The characters outside of texts, each with its place and how many parentheses are open behind it.
fn levels(text: &str) -> impl Iterator<Item = (usize, char, usize)> + '_ {
    let mut quoted = false;
    let mut depth = 0_usize;
    text.char_indices().filter_map(move |(at, c)| {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        (!quoted).then_some((at, c, depth))
    })
}
