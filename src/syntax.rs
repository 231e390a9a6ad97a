//! Trees with positions. Foreign parsers end here.

use crate::value::{ListKind, Map, MapEntry, MapKind, Text, Trail, Value};
use std::ops::Range;

pub mod hcl;
pub mod json;
pub mod yaml;

/// Data as JSON and YAML write it, with the bytes where it stands in the text that was parsed.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: NodeKind,
    pub range: Range<usize>,
    /// Whether the range has a quote on each side.
    pub quoted: bool,
}

#[derive(Debug, Clone)]
pub enum NodeKind {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    /// As written; the last of equal keys counts.
    Map(Vec<(NodeKey, Node)>),
}

#[derive(Debug, Clone)]
pub struct NodeKey {
    pub text: String,
    pub range: Range<usize>,
    pub quoted: bool,
}

/// Where parsing stopped, in bytes, and why.
#[derive(Debug, Clone)]
pub struct Stop {
    pub at: usize,
    pub message: String,
}

impl Node {
    /// What was parsed from a text as a value: every literal remembers where in the text it stands. What was made of
    /// others has the trail `made`.
    pub fn value(&self, text: &Text, made: &Trail) -> Value {
        let trail = || place(self.range.clone(), self.quoted, text, made);
        match &self.kind {
            NodeKind::Null => Value::null(trail()),
            NodeKind::Bool(value) => Value::bool(*value, trail()),
            NodeKind::Number(value) => Value::number(*value, trail()),
            NodeKind::Text(value) => self.text(value, text, made),
            NodeKind::List(items) => {
                Value::list(ListKind::Tuple, items.iter().map(|item| item.value(text, made)).collect(), trail())
            }
            NodeKind::Map(entries) => {
                let entry = |(key, value): &(NodeKey, Node)| MapEntry {
                    key: key.text.as_str().into(),
                    key_trail: place(key.range.clone(), key.quoted, text, made),
                    value: value.value(text, made),
                };
                Value::map(Map::new(MapKind::Object, entries.iter().map(entry).collect()), trail())
            }
        }
    }

    /// A text without escapes that was put together of others keeps their places.
    fn text(&self, value: &str, text: &Text, made: &Trail) -> Value {
        let quote = usize::from(self.quoted);
        let inside = self.range.start + quote..self.range.end.saturating_sub(quote);
        if inside.len() == value.len() && text.overlapping(self.range.clone()).len() > 1 {
            let part = text.slice(inside);
            let trail = match part.pieces() {
                [only] => only.trail.clone(),
                _ => made.clone(),
            };
            return Value::pieces(part, trail);
        }
        Value::text(value, place(self.range.clone(), self.quoted, text, made))
    }
}

/// Where bytes of a decoded text are written.
fn place(range: Range<usize>, quoted: bool, text: &Text, made: &Trail) -> Trail {
    let spelled = match text.overlapping(range).as_slice() {
        [(piece, inside)] => piece.spelled(inside.clone()),
        _ => None,
    };
    match spelled {
        Some(span) if quoted => Trail::quoted(span),
        Some(span) => Trail::written(span),
        None => made.clone(),
    }
}
