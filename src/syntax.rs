//! Trees with positions. Foreign parsers end here.

use crate::value::{ListKind, Map, MapEntry, MapKind, Piece, Text, Trail, Value};
use std::ops::Range;

pub mod hcl;
pub mod insert;
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
        let whole = place(self.range.clone(), self.quoted, text, made);
        match whole.spelled().filter(|_| self.quoted && inside.len() > value.len()) {
            Some(_) => match unescaped(value, inside, text, made) {
                Some(parts) => Value::pieces(parts, whole),
                None => Value::text(value, whole),
            },
            None => Value::text(value, whole),
        }
    }
}

/// Of one text: what looks for a place goes through all of them.
const MOST_PIECES: usize = 5_000;

/// A text with the escapes of JSON, in pieces each of which knows its place; `None` where the escapes are others.
fn unescaped(value: &str, inside: Range<usize>, text: &Text, made: &Trail) -> Option<Text> {
    let raw = text.slice(inside.clone()).joined();
    let (mut pieces, mut done, mut at) = (Vec::new(), 0, 0);
    while at < raw.len() {
        // A script, not a file within a file.
        if pieces.len() > MOST_PIECES {
            return None;
        }
        let left = &raw[at..];
        let (length, kept) = match left.find('\\') {
            Some(0) => (escape(left), value.get(done..)?.chars().next()?.len_utf8()),
            Some(run) => (run, run),
            None => (left.len(), left.len()),
        };
        let kept = value.get(done..done + kept)?;
        if !left.starts_with('\\') && !left.starts_with(kept) {
            return None;
        }
        let start = inside.start + at;
        pieces.push(Piece::known(kept.into(), place(start..start + length, false, text, made)));
        (done, at) = (done + kept.len(), at + length);
    }
    (done == value.len()).then(|| Text::from_pieces(pieces))
}

/// The length of the escape that a text begins with; a character beyond U+FFFF is written as two.
fn escape(text: &str) -> usize {
    match (text.chars().nth(1), text.get(6..8)) {
        (Some('u'), Some("\\u")) if is_high_surrogate(text.get(2..6)) => 12,
        (Some('u'), _) => 6,
        (kind, _) => 1 + kind.map_or(0, char::len_utf8),
    }
}

fn is_high_surrogate(digits: Option<&str>) -> bool {
    digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()).is_some_and(|unit| (0xD800..0xDC00).contains(&unit))
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
