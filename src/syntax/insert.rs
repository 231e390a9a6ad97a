//! Where one more sibling of an element can be written, and how: a sibling looks like the element beside which it
//! stands. Notations differ in their separators alone.

mod layout;
mod lines;
mod template;

pub use layout::{aligned, behind, comment_behind, realigned};

use super::hcl::{self, Attribute, Block, Body, Expr, ExprKind, ItemKey, Part};
use super::{Node, NodeKind};
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
    /// Why a sibling wants a look.
    pub caution: Option<&'static str>,
}

impl Element {
    fn new(range: Range<usize>, kind: ElementKind) -> Element {
        Element { last: range.clone(), range, kind, names: Vec::new(), left_out: Vec::new(), caution: None }
    }
}

const CHOSEN: &str = "a condition decides whether this value is used at all";
const REPEATED: &str = "the resource is repeated by for_each, and its copies are too";
const PROVISIONED: &str = "the provisioners of the copies run too";
const COMPOSED: &str = "the name of the copy is made of an expression";
const JSON_TEXT: &str = "it is JSON inside a text, which Terraform does not check";

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
    /// Of a text that is read line by line.
    Line,
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
    /// The next number that is free: a priority.
    Number,
}

/// A text, read to find elements in it.
pub struct Notation(Form);

enum Form {
    Terraform(Arc<hcl::File>),
    Json(Arc<Node>),
    TerraformJson(Arc<Node>),
    Yaml(Node),
    Csv,
    /// Nothing that is known, or that cannot be parsed.
    Lines,
}

impl Notation {
    pub fn of(source: &Arc<Source>) -> Notation {
        let name = source.path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_lowercase();
        let name = [".tftpl", ".tpl", ".tmpl"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
        let has = |kinds: &[&str]| kinds.iter().any(|kind| name.ends_with(kind));
        Notation(if has(&[".tf.json", ".tofu.json"]) {
            json::read(source).map_or(Form::Lines, Form::TerraformJson)
        } else if has(&[".json", ".jsonc"]) {
            json::read(source).map_or(Form::Lines, Form::Json)
        } else if has(&[".yaml", ".yml"]) {
            yaml::parse(&source.text).map_or(Form::Lines, Form::Yaml)
        } else if has(&[".tf", ".tofu", ".tfvars", ".hcl"]) {
            Form::Terraform(hcl::parse(source))
        } else if has(&[".csv"]) {
            Form::Csv
        } else {
            Form::Lines
        })
    }

    /// The elements around a place, the innermost first.
    pub fn elements(&self, text: &str, place: Range<usize>) -> Vec<Element> {
        let mut out = Vec::new();
        match &self.0 {
            Form::Terraform(file) => in_body(text, &file.body, &place, &mut out),
            Form::Json(root) => in_node(text, root, &place, false, &mut out),
            Form::TerraformJson(root) => {
                in_node(text, root, &place, false, &mut out);
                // `resource`, its type, its label.
                if let Some(label) = out.get_mut(2).and_then(|element| element.names.first_mut()) {
                    label.kind = NameKind::Label;
                }
            }
            Form::Yaml(root) => in_node(text, root, &place, true, &mut out),
            Form::Csv => out.extend(lines::line(text, 0..text.len(), &place, true)),
            Form::Lines => out.extend(lines::line(text, 0..text.len(), &place, false)),
        }
        out.reverse();
        out
    }
}

fn holds(range: &Range<usize>, place: &Range<usize>) -> bool {
    range.start <= place.start && place.end <= range.end
}

fn in_body(text: &str, body: &Body, place: &Range<usize>, out: &mut Vec<Element>) {
    if let Some(block) = body.blocks.iter().find(|block| holds(&block.span.range(), place)) {
        let names = block_names(text, block);
        let caution = copying(block, &names);
        out.push(Element { names, caution, ..Element::new(block.span.range(), ElementKind::Block) });
        in_body(text, &block.body, place, out);
    } else if let Some(attribute) = body.attributes.iter().find(|one| holds(&one.expr.span.range(), place)) {
        in_expr(text, &attribute.expr, place, out);
    }
}

/// Why a copy of a resource wants a look.
fn copying(block: &Block, names: &[Name]) -> Option<&'static str> {
    let is_resource = block.labels.len() > 1;
    let repeated = block.body.attribute("for_each").is_some_and(|each| !is_literal(&each.expr));
    let composed = names.iter().any(|name| name.kind == NameKind::Expression);
    let provisioned = block.body.blocks_of("provisioner").next().is_some();
    match (is_resource, repeated, composed) {
        (true, ..) if provisioned => Some(PROVISIONED),
        (true, true, _) => Some(REPEATED),
        (true, false, true) => Some(COMPOSED),
        _ => None,
    }
}

/// Whether a collection is written where it stands: `{ ... }`, `toset([ ... ])`.
fn is_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::List(_) | ExprKind::Object(_) => true,
        ExprKind::Parenthesis(inner) => is_literal(inner),
        ExprKind::Call(call) => call.args.iter().all(is_literal),
        _ => false,
    }
}

/// The name and the priority, and of a resource the label.
fn block_names(text: &str, block: &Block) -> Vec<Name> {
    let named = block.body.attributes.iter().filter_map(|Attribute { name, expr, .. }| own_name(name, expr));
    let last = block.labels.last().filter(|_| block.labels.len() > 1);
    let label = last.map(|label| {
        // The header ends with the label, which may be quoted.
        let end = block.header.range().end - usize::from(text[..block.header.range().end].ends_with('"'));
        Name { range: end.saturating_sub(label.len())..end, kind: NameKind::Label }
    });
    label.into_iter().chain(named).collect()
}

/// What an attribute says of its object alone.
fn own_name(key: &str, expr: &Expr) -> Option<Name> {
    match key {
        "name" => name_of(expr),
        "priority" => {
            let range = expr.span.range();
            let is_number = |text: &String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            match &expr.kind {
                ExprKind::Number(_) => Some(Name { range, kind: NameKind::Number }),
                ExprKind::Text(_) if expr.as_text().as_ref().is_some_and(is_number) => {
                    Some(Name { range: range.start + 1..range.end - 1, kind: NameKind::Number })
                }
                _ => None,
            }
        }
        _ => None,
    }
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

fn in_expr(text: &str, expr: &Expr, place: &Range<usize>, out: &mut Vec<Element>) {
    let inside = |expr: &&Expr| holds(&expr.span.range(), place);
    if lines::is_heredoc(text, expr) {
        in_heredoc(text, expr, place, out);
    }
    match &expr.kind {
        ExprKind::List(items) => {
            if let Some(item) = items.iter().find(inside) {
                let last = items.last().unwrap_or(item).span.range();
                let names = object_names(item);
                out.push(Element { names, last, ..Element::new(item.span.range(), ElementKind::Item) });
                in_expr(text, item, place, out);
            }
        }
        ExprKind::Object(items) => {
            for item in items {
                let (start, key) = match &item.key {
                    ItemKey::Name(_, span) => (span.range().start, Name { range: span.range(), kind: NameKind::Text }),
                    ItemKey::Expr(key) => {
                        let own = || Name { range: key.span.range(), kind: NameKind::Expression };
                        let name = name_of(key).filter(|name| name.kind == NameKind::Text).unwrap_or_else(own);
                        (key.span.range().start, name)
                    }
                };
                let range = start..item.value.span.range().end;
                if holds(&range, place) {
                    let names = std::iter::once(key).chain(object_names(&item.value)).collect();
                    out.push(Element { names, ..Element::new(range, ElementKind::Entry) });
                    in_expr(text, &item.value, place, out);
                }
            }
        }
        ExprKind::Conditional(condition, one, other) => {
            if [one, other].into_iter().any(|arm| holds(&arm.span.range(), place)) {
                for element in out.iter_mut() {
                    element.caution = Some(CHOSEN);
                }
            }
            for part in [condition, one, other].into_iter().filter(|part| holds(&part.span.range(), place)) {
                in_expr(text, part, place, out);
            }
        }
        _ => parts(expr).into_iter().filter(inside).for_each(|part| in_expr(text, part, place, out)),
    }
}

/// What a value is made of, if it is no collection.
fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Template(parts) => parts.iter().filter_map(Part::put).collect(),
        ExprKind::Parenthesis(inner)
        | ExprKind::Not(inner)
        | ExprKind::Negate(inner)
        | ExprKind::Traverse(inner, _) => vec![inner],
        ExprKind::Call(call) => call.args.iter().collect(),
        ExprKind::Binary(_, a, b) => vec![a, b],
        ExprKind::For(of) => [Some(&of.collection), of.entry_key.as_ref(), Some(&of.result), of.condition.as_ref()]
            .into_iter()
            .flatten()
            .collect(),
        _ => Vec::new(),
    }
}

/// A heredoc may hold JSON or YAML, or be read line by line.
fn in_heredoc(text: &str, expr: &Expr, place: &Range<usize>, out: &mut Vec<Element>) {
    let content = lines::content(text, expr);
    if !holds(&content, place) {
        return;
    }
    // What stands before becomes empty lines, so that offsets are those of the file.
    let alone = "\n".repeat(content.start) + &text[content.clone()];
    let before = out.len();
    if let Ok(root) = json::parse(&alone) {
        in_node(text, &root, place, false, out);
        for element in out.iter_mut() {
            element.caution = element.caution.or(Some(JSON_TEXT));
        }
    } else if let Ok(root) = yaml::parse(&alone) {
        in_node(text, &root, place, true, out);
    }
    if out.len() == before {
        out.extend(lines::line(text, content, place, false));
    }
}

fn object_names(expr: &Expr) -> Vec<Name> {
    let ExprKind::Object(items) = &expr.kind else { return Vec::new() };
    let named = |item: &super::hcl::Item| match &item.key {
        ItemKey::Name(name, _) => own_name(name, &item.value),
        ItemKey::Expr(key) => own_name(&key.as_text()?, &item.value),
    };
    items.iter().filter_map(named).collect()
}

fn in_node(text: &str, node: &Node, place: &Range<usize>, yaml: bool, out: &mut Vec<Element>) {
    // In YAML an end may lie behind white space that belongs to nobody.
    let whole = |range: Range<usize>| range.start..range.start + without_tail(&text[range], yaml).len();
    // A list whose first element is in braces begins with its brace.
    let bracket = if matches!(node.kind, NodeKind::List(_)) { '[' } else { '{' };
    let lines = yaml && !text[node.range.clone()].starts_with(bracket);
    match &node.kind {
        NodeKind::List(items) => {
            if let Some(item) = items.iter().find(|item| holds(&item.range, place)) {
                let (names, left_out) = (node_names(text, item), given_by_azure(item));
                let kind = if lines { ElementKind::Dash } else { ElementKind::Item };
                let last = whole(items.last().unwrap_or(item).range.clone());
                out.push(Element { names, last, left_out, ..Element::new(whole(item.range.clone()), kind) });
                in_node(text, item, place, yaml, out);
            }
        }
        NodeKind::Map(entries) => {
            let found = entries.iter().find(|(key, value)| holds(&(key.range.start..value.range.end), place));
            if let Some((key, value)) = found {
                let quote = usize::from(key.quoted);
                // The symbolic name of a resource is an identifier.
                let kind = if is_resource(value) { NameKind::Label } else { NameKind::Text };
                let own = Name { range: key.range.start + quote..key.range.end - quote, kind };
                let kind = if lines { ElementKind::Key } else { ElementKind::Item };
                out.push(Element {
                    names: std::iter::once(own).chain(node_names(text, value)).collect(),
                    left_out: given_by_azure(value),
                    ..Element::new(whole(key.range.start..value.range.end), kind)
                });
                in_node(text, value, place, yaml, out);
            }
        }
        NodeKind::Text(_) if !yaml && node.quoted && holds(&node.range, place) => {
            template::arguments(text, node.range.start + 1..node.range.end - 1, place, out);
        }
        _ => {}
    }
}

/// A value without the blanks and the comment that may stand behind it in YAML.
fn scalar(text: &str, quoted: bool) -> &str {
    let quote = text.chars().next().filter(|_| quoted);
    let end = match quote {
        Some(quote) if text.ends_with(quote) => text.len(),
        Some(quote) => text[1..].find(quote).map_or(text.len(), |at| at + 2),
        None => text.find(" #").unwrap_or(text.len()),
    };
    text[..end].trim_end()
}

/// A text without the blanks, and in YAML without the lines of comments, that stand behind what it says.
fn without_tail(text: &str, yaml: bool) -> &str {
    let mut text = text.trim_end();
    while yaml
        && let Some((before, last)) = text.rsplit_once('\n')
        && last.trim_start().starts_with('#')
    {
        text = before.trim_end();
    }
    text
}

fn is_resource(node: &Node) -> bool {
    let NodeKind::Map(entries) = &node.kind else { return false };
    ["type", "apiVersion"].iter().all(|name| entries.iter().any(|(key, _)| key.text.eq_ignore_ascii_case(name)))
}

/// The name and the priority of an object, which Azure's types keep among the properties.
fn node_names(text: &str, node: &Node) -> Vec<Name> {
    let NodeKind::Map(entries) = &node.kind else { return Vec::new() };
    let mut out = Vec::new();
    for (key, value) in entries {
        let quote = usize::from(value.quoted);
        let end = value.range.start + scalar(&text[value.range.clone()], value.quoted).len();
        let range = value.range.start + quote..end - quote;
        match (key.text.to_lowercase().as_str(), &value.kind) {
            ("name", NodeKind::Text(_)) => out.push(template::name(text, range)),
            ("priority", NodeKind::Number(_)) => out.push(Name { range, kind: NameKind::Number }),
            ("properties", _) => {
                out.extend(node_names(text, value).into_iter().filter(|name| name.kind == NameKind::Number));
            }
            _ => {}
        }
    }
    out
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
