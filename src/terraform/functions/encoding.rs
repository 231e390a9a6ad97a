//! Texts in other forms: JSON, YAML, CSV, base64, URLs.

use super::{Call, Made, Stop, fail, json};
use crate::syntax;
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Trail, Value, number_text};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fmt::Write as _;

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "jsonencode" => call.arg(0).and_then(|value| {
            let trail = call.trail();
            Ok(Value::pieces(json::encode(value, &trail)?, trail))
        }),
        "jsondecode" => decode(call, syntax::json::parse),
        "yamldecode" => decode(call, syntax::yaml::parse),
        "yamlencode" => yaml_encode(call),
        "csvdecode" => csv_decode(call),
        "base64encode" => call.text(0).map(|text| call.made(BASE64_STANDARD.encode(text.as_bytes()))),
        "base64decode" => call.text(0).and_then(|text| base64_decode(call, &text)),
        "textencodebase64" => text_encode(call),
        "textdecodebase64" => text_decode(call),
        "base64gzip" => call.text(0).map(|_| call.unknown(&crate::value::Why::because("base64gzip is not evaluated"))),
        "urlencode" => call.text(0).map(|text| call.made(url_encode(&text))),
        _ => return None,
    })
}

fn decode(call: &Call, parse: fn(&str) -> Result<syntax::Node, syntax::Stop>) -> Made {
    let known = call.text(0)?;
    let (text, _) = call.pieces(0)?;
    match parse(&known) {
        Ok(node) => Ok(node.value(&text, &call.trail())),
        Err(stop) => fail(format!("the text cannot be decoded: {} (at byte {})", stop.message, stop.at)),
    }
}

/// Block style, keys quoted, as Terraform writes it.
fn yaml_encode(call: &Call) -> Made {
    let value = call.arg(0)?;
    // What JSON refuses, YAML refuses: what is not known.
    json::encode(value, &call.trail())?;
    let mut out = String::new();
    yaml_value(value, 0, &mut out);
    Ok(call.made(out))
}

fn yaml_value(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match &value.data {
        Data::List(list) if !list.items.is_empty() => {
            for item in &list.items {
                let _ = write!(out, "{pad}- ");
                let start = out.len();
                yaml_value(item, indent + 2, out);
                // The first line stands behind the dash.
                if out[start..].starts_with(' ') {
                    out.replace_range(start..start + indent + 2, "");
                }
            }
        }
        Data::Map(map) if !map.entries().is_empty() => {
            for entry in map.entries() {
                let _ = write!(out, "{pad}{}:", quoted(&entry.key));
                let nested = match &entry.value.data {
                    Data::List(list) => !list.items.is_empty(),
                    Data::Map(map) => !map.entries().is_empty(),
                    _ => false,
                };
                out.push(if nested { '\n' } else { ' ' });
                let deeper = if matches!(entry.value.data, Data::List(_)) { indent } else { indent + 2 };
                yaml_value(&entry.value, deeper, out);
            }
        }
        Data::List(_) => out.push_str("[]\n"),
        Data::Map(_) => out.push_str("{}\n"),
        Data::Bool(value) => _ = writeln!(out, "{value}"),
        Data::Number(number) => out.push_str(&(number_text(*number) + "\n")),
        Data::Text(text) => {
            let text = text.joined();
            if text.contains('\n') {
                let chomp = if text.ends_with('\n') { "" } else { "-" };
                let _ = writeln!(out, "|{chomp}");
                for line in text.lines() {
                    let _ = writeln!(out, "{pad}{line}");
                }
            } else {
                out.push_str(&(quoted(&text) + "\n"));
            }
        }
        Data::Null | Data::Unknown(_) => out.push_str("null\n"),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A list of objects whose values are texts, by the names in the first line.
fn csv_decode(call: &Call) -> Made {
    let known = call.text(0)?;
    let (text, _) = call.pieces(0)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(known.as_bytes());
    let mut rows = Vec::new();
    let mut from = 0;
    for record in reader.records() {
        let record = record.map_err(|error| Stop::Fail(format!("the text is no CSV: {error}")))?;
        let start = record.position().map_or(from, |at| usize::try_from(at.byte()).unwrap_or(from));
        rows.push((start, record));
        from = start;
    }
    let Some(((_, header), rows)) = rows.split_first() else { return fail("the first line must name the columns") };
    let mut out = Vec::new();
    for (start, record) in rows {
        let mut entries = Vec::new();
        let mut at = *start;
        for (name, field) in header.iter().zip(record) {
            // Fields stand one behind the other; a quoted one with escapes is found as a whole or not at all.
            let found = known.get(at..).and_then(|rest| rest.find(field)).map(|offset| at + offset);
            let trail = match found.map(|start| (start, text.slice(start..start + field.len()))) {
                Some((start, part)) => {
                    at = start + field.len();
                    let exact = part.pieces().first().and_then(|piece| piece.spelled(0..field.len()));
                    exact.filter(|_| part.pieces().len() == 1).map_or_else(|| call.trail(), Trail::written)
                }
                None => call.trail(),
            };
            let value = Value::text(field, trail);
            entries.push(MapEntry { key: name.into(), key_trail: Trail::nowhere(), value });
        }
        out.push(Value::map(Map::new(MapKind::Object, entries), call.trail()));
    }
    Ok(Value::list(ListKind::List, out, call.trail()))
}

fn base64_decode(call: &Call, text: &str) -> Made {
    let bytes = BASE64_STANDARD.decode(text).map_err(|_| Stop::Fail("the text is no base64".to_owned()))?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(call.made(text)),
        Err(_) => fail("the decoded bytes are no UTF-8"),
    }
}

/// Terraform takes all IANA encodings; here the two that PowerShell and Linux use.
fn text_encode(call: &Call) -> Made {
    let (text, name) = (call.text(0)?, call.text(1)?.to_uppercase());
    match name.as_str() {
        "UTF-16LE" => {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            Ok(call.made(BASE64_STANDARD.encode(bytes)))
        }
        "UTF-8" => Ok(call.made(BASE64_STANDARD.encode(text.as_bytes()))),
        other => Ok(call.unknown(&crate::value::Why::because(format!("the encoding {other} is not evaluated")))),
    }
}

fn text_decode(call: &Call) -> Made {
    let (text, name) = (call.text(0)?, call.text(1)?.to_uppercase());
    match name.as_str() {
        "UTF-16LE" => {
            let bytes = BASE64_STANDARD.decode(&*text).map_err(|_| Stop::Fail("the text is no base64".to_owned()))?;
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).map(|text| call.made(text)).or_else(|_| fail("the decoded text is no UTF-16"))
        }
        "UTF-8" => base64_decode(call, &text),
        other => Ok(call.unknown(&crate::value::Why::because(format!("the encoding {other} is not evaluated")))),
    }
}

fn url_encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => out.push('+'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    out
}
