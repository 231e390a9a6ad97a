//! JSON text of a value, as Go writes it, and data that was parsed from text as a value.

use super::{Call, Stop, fail};
use crate::syntax::{Node, NodeKind};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Text, Trail, Value, exact_number_text};
use std::fmt::Write as _;

/// JSON text: keys sorted, `<`, `>` and `&` escaped.
pub(super) fn encode(value: &Value) -> Result<String, Stop> {
    let mut out = String::new();
    write(value, &mut out)?;
    Ok(out)
}

fn write(value: &Value, out: &mut String) -> Result<(), Stop> {
    if out.len() > super::LONGEST_TEXT {
        return fail(super::too_large());
    }
    match &value.data {
        Data::Unknown(why) => return Err(Stop::Unknown(why.clone())),
        Data::Null => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Number(number) => match exact_number_text(*number) {
            Some(text) => out.push_str(&text),
            None => return fail(super::too_large()),
        },
        Data::Text(text) => match (text.known(), text.hole()) {
            (Some(text), _) => write_text(&text, out),
            (None, Some(why)) => return Err(Stop::Unknown(why.clone())),
            (None, None) => {}
        },
        Data::List(list) => {
            if let Some(why) = &list.open {
                return Err(Stop::Unknown(why.clone()));
            }
            out.push('[');
            for (at, item) in list.items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Data::Map(map) => {
            if let Some(why) = &map.open {
                return Err(Stop::Unknown(why.clone()));
            }
            out.push('{');
            for (at, entry) in map.entries().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(&entry.key, out);
                out.push(':');
                write(&entry.value, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

/// What was parsed from a text as a value: every literal remembers where in the text it stands.
pub(super) fn decoded(call: &Call, node: &Node, text: &Text) -> Value {
    let trail = place(call, node.range.clone(), node.quoted, text);
    match &node.kind {
        NodeKind::Null => Value::null(trail),
        NodeKind::Bool(value) => Value::bool(*value, trail),
        NodeKind::Number(value) => Value::number(*value, trail),
        NodeKind::Text(value) => Value::text(value.as_str(), trail),
        NodeKind::List(items) => {
            Value::list(ListKind::Tuple, items.iter().map(|item| decoded(call, item, text)).collect(), trail)
        }
        NodeKind::Map(entries) => {
            let entry = |(key, value): &(crate::syntax::NodeKey, Node)| MapEntry {
                key: key.text.as_str().into(),
                key_trail: place(call, key.range.clone(), key.quoted, text),
                value: decoded(call, value, text),
            };
            Value::map(Map::new(MapKind::Object, entries.iter().map(entry).collect()), trail)
        }
    }
}

/// Where bytes of a decoded text are written.
fn place(call: &Call, range: std::ops::Range<usize>, quoted: bool, text: &Text) -> Trail {
    let spelled = match text.overlapping(range).as_slice() {
        [(piece, inside)] => piece.spelled(inside.clone()),
        _ => None,
    };
    match spelled {
        Some(span) if quoted => Trail::quoted(span),
        Some(span) => Trail::written(span),
        None => call.trail(),
    }
}
