//! Terraform's JSON syntax as the same tree: objects are bodies, strings are templates.

use super::convert::{self, Place};
use super::{Attribute, Block, Body, Expr, ExprKind, Item, ItemKey, Literal, Part};
use crate::source::{Source, Span};
use crate::syntax::{Node, NodeKey, NodeKind, json};
use std::sync::Arc;

/// How many labels the blocks of a type have.
const LABELS: [(&str, usize); 12] = [
    ("resource", 2),
    ("data", 2),
    ("ephemeral", 2),
    ("variable", 1),
    ("output", 1),
    ("module", 1),
    ("provider", 1),
    ("check", 1),
    ("locals", 0),
    ("terraform", 0),
    ("moved", 0),
    ("import", 0),
];

/// Parses a file. In a variable file strings are literal.
pub(super) fn body(source: &Arc<Source>, literal: bool) -> Result<Body, convert::Stop> {
    let root = json::parse(&source.text).map_err(|stop| (stop.at, stop.message))?;
    let cx = Convert { source, literal };
    let mut body = Body::default();
    for entries in objects(&root) {
        for (key, value) in entries {
            match LABELS.iter().find(|(kind, _)| *kind == key.text && !literal) {
                Some((_, labels)) => cx.blocks(key, value, *labels, &mut Vec::new(), &mut body.blocks)?,
                None => body.attributes.push(cx.attribute(key, value)?),
            }
        }
    }
    Ok(body)
}

/// The objects that a body is written as: one, or an array of them.
fn objects(node: &Node) -> Vec<&[(NodeKey, Node)]> {
    match &node.kind {
        NodeKind::Map(entries) => vec![entries],
        NodeKind::List(items) => items.iter().flat_map(objects).collect(),
        _ => Vec::new(),
    }
}

/// Whether an object, or one of an array of them, has `dynamic` blocks in it at any depth.
fn holds_dynamic(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Map(entries) => {
            entries.iter().any(|(key, value)| key.text == "dynamic" && is_dynamic(value) || holds_dynamic(value))
        }
        NodeKind::List(items) => items.iter().any(holds_dynamic),
        _ => false,
    }
}

/// Whether a value is what stands behind `dynamic`: block types with what they are made of.
fn is_dynamic(node: &Node) -> bool {
    let mut all = objects(node).into_iter().flatten().flat_map(|(_, value)| objects(value)).peekable();
    all.peek().is_some() && all.all(|entries| entries.iter().any(|(key, _)| key.text == "for_each"))
}

struct Convert<'a> {
    source: &'a Arc<Source>,
    literal: bool,
}

impl Convert<'_> {
    fn span(&self, range: &std::ops::Range<usize>) -> Span {
        Span::new(self.source.id, range.clone())
    }

    /// Blocks below a key: one for each combination of labels, which are nested keys.
    fn blocks(
        &self,
        kind: &NodeKey,
        value: &Node,
        labels: usize,
        given: &mut Vec<Arc<str>>,
        out: &mut Vec<Arc<Block>>,
    ) -> Result<(), convert::Stop> {
        for entries in objects(value) {
            if given.len() == labels {
                let body = self.body(kind, entries)?;
                let span = self.span(&value.range);
                let header = self.span(&kind.range);
                out.push(Arc::new(Block {
                    kind: kind.text.as_str().into(),
                    labels: given.clone(),
                    body,
                    header,
                    span,
                }));
                continue;
            }
            for (key, inner) in entries.iter().filter(|(key, _)| key.text != "//") {
                given.push(key.text.as_str().into());
                // The last label is what a person looks for.
                let named = NodeKey { text: kind.text.clone(), ..key.clone() };
                self.blocks(&named, inner, labels, given, out)?;
                given.pop();
            }
        }
        Ok(())
    }

    /// Without a schema, a nested block looks like an argument, and is one, but for `dynamic`.
    fn body(&self, kind: &NodeKey, entries: &[(NodeKey, Node)]) -> Result<Body, convert::Stop> {
        let mut body = Body::default();
        for (key, value) in entries.iter().filter(|(key, _)| key.text != "//") {
            match (kind.text.as_str(), key.text.as_str(), &value.kind) {
                (_, "dynamic", _) => self.dynamic(key, value, &mut body)?,
                (_, "content", NodeKind::Map(_) | NodeKind::List(_)) if kind.text == "dynamic" => {
                    self.blocks(key, value, 0, &mut Vec::new(), &mut body.blocks)?;
                }
                // A type constraint is no template.
                ("variable", "type", NodeKind::Text(text)) => {
                    let (place, _) = self.place(value, text);
                    let expr = convert::expression(text, place).map_err(|(at, m)| (value.range.start + 1 + at, m))?;
                    body.attributes.push(Attribute {
                        name: key.text.as_str().into(),
                        name_span: self.span(&key.range),
                        expr,
                    });
                }
                // What makes blocks is a block itself.
                _ if holds_dynamic(value) => self.blocks(key, value, 0, &mut Vec::new(), &mut body.blocks)?,
                _ => body.attributes.push(self.attribute(key, value)?),
            }
        }
        Ok(body)
    }

    fn dynamic(&self, key: &NodeKey, value: &Node, body: &mut Body) -> Result<(), convert::Stop> {
        self.blocks(key, value, 1, &mut Vec::new(), &mut body.blocks)
    }

    fn attribute(&self, key: &NodeKey, value: &Node) -> Result<Attribute, convert::Stop> {
        let expr = self.expr(value)?;
        Ok(Attribute { name: key.text.as_str().into(), name_span: self.span(&key.range), expr })
    }

    fn expr(&self, node: &Node) -> Result<Expr, convert::Stop> {
        let span = self.span(&node.range);
        let kind = match &node.kind {
            NodeKind::Null => ExprKind::Null,
            NodeKind::Bool(value) => ExprKind::Bool(*value),
            NodeKind::Number(value) => ExprKind::Number(*value),
            NodeKind::Text(text) => self.text(node, text)?,
            NodeKind::List(items) => {
                ExprKind::List(items.iter().map(|item| self.expr(item)).collect::<Result<_, _>>()?)
            }
            NodeKind::Map(entries) => {
                let item = |(key, value): &(NodeKey, Node)| Ok(Item { key: self.key(key)?, value: self.expr(value)? });
                ExprKind::Object(entries.iter().map(item).collect::<Result<_, convert::Stop>>()?)
            }
        };
        Ok(Expr { kind, span })
    }

    /// A name is a template too.
    fn key(&self, key: &NodeKey) -> Result<ItemKey, convert::Stop> {
        let span = self.span(&key.range);
        if self.literal || !(key.text.contains("${") || key.text.contains("%{")) {
            return Ok(ItemKey::Name(key.text.as_str().into(), span));
        }
        let node = Node { kind: NodeKind::Null, range: key.range.clone(), quoted: key.quoted };
        Ok(ItemKey::Expr(Expr { kind: self.text(&node, &key.text)?, span }))
    }

    /// Where the text between the quotes stands, and whether it stands there as it is.
    fn place(&self, node: &Node, text: &str) -> (Place, bool) {
        let inner = node.range.start + 1..node.range.end.saturating_sub(1).max(node.range.start + 1);
        let exact = self.source.text.get(inner.clone()) == Some(text);
        let whole = Place::Within(self.span(&node.range));
        (if exact { Place::At(self.source.id, inner.start) } else { whole }, exact)
    }

    fn text(&self, node: &Node, text: &str) -> Result<ExprKind, convert::Stop> {
        let (place, exact) = self.place(node, text);
        if self.literal || !(text.contains("${") || text.contains("%{")) {
            let range = if exact { node.range.start + 1..node.range.end - 1 } else { node.range.clone() };
            let literal = Literal { text: text.into(), span: self.span(&range) };
            return Ok(ExprKind::Text(if text.is_empty() { Vec::new() } else { vec![literal] }));
        }
        let parts = convert::template(text, place).map_err(|(at, message)| (node.range.start + 1 + at, message))?;
        let literals: Option<Vec<Literal>> = parts
            .iter()
            .map(|part| if let Part::Literal(literal) = part { Some(literal.clone()) } else { None })
            .collect();
        Ok(literals.map_or(ExprKind::Template(parts), ExprKind::Text))
    }
}
