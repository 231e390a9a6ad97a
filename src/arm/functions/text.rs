//! Texts, and data as text.

use super::collection::concatenated;
use super::{Given, is_int};
use crate::arm::eval::{Fail, Outcome, mistake, put};
use crate::syntax;
use crate::value::{Data, Piece, Text, Trail, Value, number_text};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use std::fmt::Write as _;

pub(super) fn call(call: &Given) -> Option<Outcome> {
    Some(match call.name {
        "concat" => concat(call),
        "format" => format(call),
        "tolower" => mapped(call, lower),
        "toupper" => mapped(call, upper),
        "trim" => trim(call),
        "replace" => replace(call),
        "split" => split(call),
        "join" => join(call),
        "substring" => substring(call),
        "startswith" => ends(call, true),
        "endswith" => ends(call, false),
        "padleft" => pad_left(call),
        "string" => string(call),
        "json" => json(call),
        "base64" => call.count(1..=1).and_then(|()| call.made_text(BASE64_STANDARD.encode(call.text(0)?.as_bytes()))),
        "base64tostring" => decoded(call).and_then(|text| call.made_text(text)),
        "base64tojson" => decoded(call).and_then(|text| parsed(call, &text)),
        "datauri" => call.count(1..=1).and_then(|()| {
            let value = call.whole(0)?;
            let (kind, text) = match &value.data {
                Data::Text(text) => ("text/plain", text.joined()),
                _ => {
                    let mut out = String::new();
                    write_json(value, '"', &mut out);
                    ("application/json", out)
                }
            };
            call.made_text(format!("data:{kind};charset=utf-8;base64,{}", BASE64_STANDARD.encode(text.as_bytes())))
        }),
        "datauritostring" => data_uri(call),
        "uricomponent" => call.count(1..=1).and_then(|()| call.made_text(component(&call.text(0)?))),
        "uricomponenttostring" => call.count(1..=1).and_then(|()| call.made_text(uncomponent(&call.text(0)?))),
        "like" => like(call),
        _ => return None,
    })
}

fn lower(text: &str) -> String {
    text.chars().map(|c| single(c, c.to_lowercase())).collect()
}

fn upper(text: &str) -> String {
    text.chars().map(|c| single(c, c.to_uppercase())).collect()
}

/// Each character becomes one: what would become several stays.
fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        // The dotless i belongs to other cultures.
        (Some(one), None) if c != '\u{131}' && c != '\u{130}' => one,
        _ => c,
    }
}

fn mapped(call: &Given, change: fn(&str) -> String) -> Outcome {
    call.count(1..=1)?;
    let value = call.arg(0)?;
    match &value.data {
        Data::Text(text) => Ok(Value::pieces(text.map(change), value.trail.clone())),
        Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
        _ => call.wrong("a text", value),
    }
}

/// A value as `concat`, `format` and `join` print it; `None` for what they do not take.
fn printed(value: &Value, trail: &Trail) -> Option<Vec<Piece>> {
    let made = |text: String| vec![Piece::known(text.into(), trail.clone())];
    match &value.data {
        Data::Number(number) if is_int(*number) => Some(made(number_text(*number))),
        Data::Bool(value) => Some(made(if *value { "True" } else { "False" }.to_owned())),
        _ => put(value),
    }
}

fn concat(call: &Given) -> Outcome {
    if call.args.iter().any(|arg| matches!(arg.data, Data::List(_))) {
        return concatenated(call, &call.args);
    }
    let mut pieces = Vec::new();
    for arg in &call.args {
        match printed(arg, &call.trail) {
            Some(found) => pieces.extend(found),
            None => return call.wrong("texts, numbers, bools or arrays", arg),
        }
    }
    composed(call, pieces)
}

/// A text of pieces; of one alone, that one.
fn composed(call: &Given, pieces: Vec<Piece>) -> Outcome {
    if pieces.iter().map(|piece| piece.text().len()).sum::<usize>() > super::LONGEST || pieces.len() > 10_000 {
        return mistake("the text is longer than kmslint evaluates");
    }
    let pieces: Vec<Piece> =
        match pieces.iter().filter(|piece| piece.why().is_some() || !piece.text().is_empty()).count() {
            0 => pieces.into_iter().take(1).collect(),
            _ => pieces.into_iter().filter(|piece| piece.why().is_some() || !piece.text().is_empty()).collect(),
        };
    if let [only] = pieces.as_slice()
        && let Some(why) = only.why()
    {
        return Ok(Value::unknown(why.clone(), call.trail.clone()));
    }
    if pieces.is_empty() {
        return call.made_text("");
    }
    let trail = match pieces.as_slice() {
        [only] => only.trail.clone(),
        _ => call.trail.clone(),
    };
    Ok(Value::pieces(Text::from_pieces(pieces), trail))
}

/// .NET composite formatting, as far as templates use it: `{0}`, `{0,5}`, `{0:N2}`, `{{`.
fn format(call: &Given) -> Outcome {
    call.count(1..=usize::MAX)?;
    let pattern = call.text(0)?;
    let Data::Text(whole) = &call.args[0].data else { return call.wrong("a text", &call.args[0]) };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    let flush = |pieces: &mut Vec<Piece>, range: std::ops::Range<usize>| {
        if !range.is_empty() {
            pieces.extend(whole.slice(range).pieces().iter().cloned());
        }
    };
    while at < pattern.len() {
        let rest = &pattern[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            flush(&mut pieces, plain..at + 1);
            at += 2;
            plain = at;
        } else if rest.starts_with('{') {
            flush(&mut pieces, plain..at);
            let Some(end) = rest.find('}') else { return mistake("a hole of the format is not closed") };
            pieces.extend(hole(call, &rest[1..end])?);
            at += end + 1;
            plain = at;
        } else if rest.starts_with('}') {
            return mistake("the format has a closing bracket too many");
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    flush(&mut pieces, plain..pattern.len());
    composed(call, pieces)
}

/// `0`, `0,5`, `0:N2`.
fn hole(call: &Given, text: &str) -> Result<Vec<Piece>, Fail> {
    let (left, letter) = text.split_once(':').map_or((text, None), |(left, letter)| (left, Some(letter)));
    let (number, width) = left.split_once(',').map_or((left, None), |(left, width)| (left, Some(width)));
    let Some(value) = Some(number.trim_end())
        .filter(|text| !text.starts_with([' ', '+']))
        .and_then(|text| text.parse::<usize>().ok())
        .and_then(|at| call.args.get(at + 1))
    else {
        return mistake(format!("the format has no value for {{{text}}}"));
    };
    let pieces = match (&value.data, letter) {
        (Data::Number(number), Some(letter)) => {
            vec![Piece::known(formatted(*number, letter)?.into(), call.trail.clone())]
        }
        (Data::Null, _) => vec![Piece::known("".into(), call.trail.clone())],
        (Data::Number(number), None) => vec![Piece::known(number_text(*number).into(), call.trail.clone())],
        (Data::List(_) | Data::Map(_), _) => {
            if let Some(why) = value.any_why() {
                return Ok(vec![Piece::hole(why, value.trail.clone())]);
            }
            let mut out = String::new();
            write_json(value, '\'', &mut out);
            vec![Piece::known(out.into(), call.trail.clone())]
        }
        _ => printed(value, &call.trail).unwrap_or_default(),
    };
    let Some(width) = width else { return Ok(pieces) };
    let Ok(width) = width.trim().parse::<i64>() else { return mistake("the width of a hole is a whole number") };
    if pieces.iter().any(|piece| piece.why().is_some()) {
        return Ok(pieces);
    }
    let text: String = pieces.iter().map(Piece::text).collect();
    let missing = usize::try_from(width.unsigned_abs()).unwrap_or(0).min(10_000).saturating_sub(text.chars().count());
    let blanks = " ".repeat(missing);
    let padded = if width < 0 { text + &blanks } else { blanks + &text };
    Ok(vec![Piece::known(padded.into(), call.trail.clone())])
}

fn formatted(number: f64, letter: &str) -> Result<String, Fail> {
    let digits = letter.get(1..).and_then(|digits| digits.parse::<usize>().ok());
    let plain = number_text(number.abs());
    let sign = if number < 0.0 { "-" } else { "" };
    Ok(match letter.chars().next() {
        None | Some('G' | 'g' | 'R' | 'r') => format!("{sign}{plain}"),
        Some('D' | 'd') => format!("{sign}{plain:0>width$}", width = digits.unwrap_or(0).min(1000)),
        Some('N' | 'n') => {
            let text = format!("{:.*}", digits.unwrap_or(2).min(100), number.abs());
            let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
            let mut grouped = String::new();
            for (at, digit) in whole.chars().enumerate() {
                if at > 0 && (whole.len() - at) % 3 == 0 {
                    grouped.push(',');
                }
                grouped.push(digit);
            }
            let point = if rest.is_empty() { "" } else { "." };
            format!("{sign}{grouped}{point}{rest}")
        }
        Some('F' | 'f') => format!("{sign}{:.*}", digits.unwrap_or(2).min(100), number.abs()),
        #[allow(clippy::cast_possible_truncation, reason = "whole numbers alone are written so")]
        Some(letter @ ('X' | 'x')) => {
            let width = digits.unwrap_or(0).min(1000);
            if letter == 'X' { format!("{:0>width$X}", number as i64) } else { format!("{:0>width$x}", number as i64) }
        }
        Some('#') if letter.contains(',') => {
            let decimals = letter.split_once('.').map_or(0, |(_, rest)| rest.len());
            return formatted(number, &format!("N{decimals}"));
        }
        Some('0') => {
            let (whole, decimals) = letter.split_once('.').map_or((letter, 0), |(whole, rest)| (whole, rest.len()));
            let text = format!("{:.decimals$}", number.abs());
            let width = whole.len() + if decimals > 0 { decimals + 1 } else { 0 };
            format!("{sign}{text:0>width$}")
        }
        _ => return mistake(format!("kmslint does not know the format {letter}")),
    })
}

/// JSON without blanks, between quotes of a kind.
fn write_json(value: &Value, quote: char, out: &mut String) {
    match &value.data {
        Data::Null | Data::Unknown(_) => out.push_str("null"),
        Data::Bool(value) => _ = write!(out, "{value}"),
        Data::Number(number) => out.push_str(&number_text(*number)),
        Data::Text(text) => write_text(&text.joined(), quote, out),
        Data::List(list) => {
            out.push('[');
            for (at, item) in list.items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_json(item, quote, out);
            }
            out.push(']');
        }
        Data::Map(map) => {
            out.push('{');
            for (at, entry) in map.entries().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_text(&entry.key, quote, out);
                out.push(':');
                write_json(&entry.value, quote, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, quote: char, out: &mut String) {
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push(quote);
}

/// A text with more replacements does not keep its places.
const MOST_PLACES: usize = 1_000;

fn replace(call: &Given) -> Outcome {
    call.count(3..=3)?;
    let (text, from, to) = (call.text(0)?, call.text(1)?, call.text(2)?);
    if from.is_empty() {
        return mistake("replace() takes a text that is not empty to replace");
    }
    if !text.contains(&*from) {
        return Ok(call.args[0].clone());
    }
    if text.matches(&*from).count() > MOST_PLACES {
        return call.made_text(text.replace(&*from, &to));
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, found) in text.match_indices(&*from) {
        pieces.extend(cut(call, at..start)?.pieces().iter().cloned());
        pieces.push(Piece::known(to.clone(), call.args[2].trail.clone()));
        at = start + found.len();
    }
    pieces.extend(cut(call, at..text.len())?.pieces().iter().cloned());
    composed(call, pieces)
}

fn trim(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let text = call.text(0)?;
    let start = text.len() - text.trim_start().len();
    Ok(part(&cut(call, start..start + text.trim().len())?, 0..text.trim().len(), &call.args[0].trail))
}

/// Bytes of the first argument, which is a known text.
fn cut(call: &Given, range: std::ops::Range<usize>) -> Result<Text, Fail> {
    match &call.arg(0)?.data {
        Data::Text(text) => Ok(text.slice(range)),
        _ => call.wrong("a text", call.arg(0)?),
    }
}

fn split(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let separators: Vec<String> = match &call.arg(1)?.data {
        Data::List(list) => {
            call.whole(1)?;
            list.items.iter().filter_map(Value::as_str).map(|text| text.to_string()).collect()
        }
        _ => vec![call.text(1)?.to_string()],
    };
    let value = call.arg(0)?;
    let Data::Text(text) = &value.data else {
        call.text(0)?;
        return call.wrong("a text", value);
    };
    // What stands around a hole is cut as far as it is known to end.
    if let Some(why) = text.hole() {
        return Err(Fail::Unknown(why.clone()));
    }
    let whole = text.joined();
    // Without separators, at blanks.
    let separators = if separators.is_empty() { vec![" ".to_owned()] } else { separators };
    let mut items = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < whole.len() {
        let found = separators.iter().filter(|it| !it.is_empty()).find(|it| whole[at..].starts_with(it.as_str()));
        match found {
            Some(separator) => {
                items.push(part(text, start..at, &value.trail));
                at += separator.len();
                start = at;
            }
            None => at += whole[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    items.push(part(text, start..whole.len(), &value.trail));
    call.made_list(items)
}

/// Bytes of a text as a value that keeps its place.
fn part(text: &Text, range: std::ops::Range<usize>, trail: &Trail) -> Value {
    let part = text.slice(range);
    let own = match part.pieces() {
        [only] => only.trail.clone(),
        _ => trail.clone(),
    };
    Value::pieces(part, own)
}

fn join(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let (value, list) = call.list(0)?;
    if let Some(why) = value.any_why() {
        return Err(Fail::Unknown(why));
    }
    let separator = call.text(1)?;
    let mut pieces = Vec::new();
    for (at, item) in list.items.iter().enumerate() {
        if at > 0 {
            pieces.push(Piece::known(separator.clone(), call.trail.clone()));
        }
        match printed(&value.taken(item), &call.trail) {
            Some(found) => pieces.extend(found),
            None => return call.wrong("texts, numbers and bools", item),
        }
    }
    composed(call, pieces)
}

fn substring(call: &Given) -> Outcome {
    call.count(2..=3)?;
    let units: Vec<u16> = call.text(0)?.encode_utf16().collect();
    let start = usize::try_from(call.int(1)?).ok();
    let len = match call.args.len() {
        3 => usize::try_from(call.int(2)?).ok(),
        _ => start.and_then(|start| units.len().checked_sub(start)),
    };
    let end = start.zip(len).and_then(|(start, len)| start.checked_add(len));
    let Some((from, to)) = start.zip(end).filter(|(_, end)| *end <= units.len()) else {
        return mistake("substring() reaches beyond the text");
    };
    let bytes = |end: usize| String::from_utf16(&units[..end]).ok().map(|text| text.len());
    match bytes(from).zip(bytes(to)) {
        Some((start, end)) => Ok(part(&cut(call, start..end)?, 0..end - start, &call.args[0].trail)),
        // Half of a pair.
        None => call.made_text(String::from_utf16_lossy(&units[from..to])),
    }
}

fn ends(call: &Given, start: bool) -> Outcome {
    call.count(2..=2)?;
    let (text, part) = (call.text(0)?.to_lowercase(), call.text(1)?.to_lowercase());
    call.made_bool(if start { text.starts_with(&part) } else { text.ends_with(&part) })
}

fn pad_left(call: &Given) -> Outcome {
    call.count(2..=3)?;
    let value = call.whole(0)?;
    let text = match &value.data {
        Data::Number(number) if is_int(*number) => number_text(*number),
        _ => call.text(0)?.to_string(),
    };
    let width = call.int(1)?;
    let with = if call.args.len() == 3 { call.text(2)?.to_string() } else { " ".to_owned() };
    if !(1..=16).contains(&width) || with.chars().count() != 1 {
        return mistake("padLeft() takes a width from 1 to 16 and one character");
    }
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(text.chars().count());
    call.made_text(with.repeat(missing) + &text)
}

fn string(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.whole(0)?;
    match &value.data {
        Data::Text(_) => Ok(value.clone()),
        Data::Number(number) if is_int(*number) => call.made_text(number_text(*number)),
        Data::Bool(value) => call.made_text(if *value { "True" } else { "False" }),
        Data::List(_) | Data::Map(_) => {
            let mut out = String::new();
            write_json(value, '"', &mut out);
            call.made_text(out)
        }
        _ => call.wrong("a text, a whole number, a bool, an array or an object", value),
    }
}

fn json(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let text = call.text(0)?;
    parsed(call, &text)
}

fn parsed(call: &Given, text: &str) -> Outcome {
    if text.trim().is_empty() {
        return mistake("the text is no JSON");
    }
    let whole = match &call.args[0].data {
        Data::Text(whole) if whole.known().as_deref() == Some(text) => whole.clone(),
        _ => Text::whole(text.into(), call.trail.clone()),
    };
    match syntax::json::parse_leniently(text) {
        Ok(node) => Ok(node.value(&whole, &call.trail)),
        Err(stop) => mistake(format!("the text is no JSON: {}", stop.message)),
    }
}

fn decoded(call: &Given) -> Result<String, Fail> {
    call.count(1..=1)?;
    let text = call.text(0)?;
    let bytes = BASE64_STANDARD
        .decode(text.split_whitespace().collect::<String>())
        .map_err(|_| Fail::Mistake("the text is no base64".to_owned()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn data_uri(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let text = call.text(0)?;
    let Some((head, data)) = text.strip_prefix("data:").and_then(|rest| rest.split_once(',')) else {
        return mistake("the text is no data URI");
    };
    if !head.to_lowercase().ends_with("base64") {
        return call.made_text(uncomponent(data));
    }
    match BASE64_STANDARD.decode(data) {
        Ok(bytes) => call.made_text(String::from_utf8_lossy(&bytes).into_owned()),
        Err(_) => mistake("the data is no base64"),
    }
}

pub(super) fn component(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => _ = write!(out, "%{byte:02X}"),
        }
    }
    out
}

fn uncomponent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `*` alone is special.
fn like(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let (text, pattern) = (call.text(0)?.to_lowercase(), call.text(1)?.to_lowercase());
    let parts: Vec<&str> = pattern.split('*').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return call.made_bool(text == pattern) };
    let Some(mut rest) = text.strip_prefix(first) else { return call.made_bool(false) };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return call.made_bool(false),
        }
    }
    call.made_bool(rest.ends_with(last))
}
