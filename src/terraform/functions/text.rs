//! Texts: parts, spellings and patterns. A part of a literal knows its place in the literal.

use super::{Call, Made, Stop, fail, pieces_of};
use crate::value::{ListKind, Map, MapEntry, MapKind, Piece, Text, Trail, Value};
use std::ops::Range;
use std::rc::Rc;
use unicode_segmentation::UnicodeSegmentation;

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "lower" => spelled(call, |text| text.chars().map(|c| single(c, c.to_lowercase())).collect()),
        "upper" => spelled(call, |text| text.chars().map(|c| single(c, c.to_uppercase())).collect()),
        "title" => spelled(call, title),
        "trimspace" => part(call, |text| trimmed(text, char::is_whitespace)),
        "chomp" => part(call, |text| 0..text.trim_end_matches(['\n', '\r']).len()),
        "trim" => cut(call, |text, set| trimmed(text, |c| set.contains(c))),
        "trimprefix" => {
            cut(call, |text, prefix| text.strip_prefix(prefix).map_or(0, |rest| text.len() - rest.len())..text.len())
        }
        "trimsuffix" => cut(call, |text, suffix| 0..text.strip_suffix(suffix).map_or(text.len(), str::len)),
        "substr" => substr(call),
        "split" => split(call),
        "join" => join(call),
        "replace" => replace(call),
        "regex" => regex(call),
        "regexall" => regexall(call),
        "startswith" => begins(call),
        "endswith" => ends(call),
        "strcontains" => both(call).map(|(text, part)| Value::bool(text.contains(&*part), call.trail())),
        "strrev" => call.text(0).map(|text| call.made(text.graphemes(true).rev().collect::<String>())),
        "indent" => indent(call),
        _ => return None,
    })
}

fn spelled(call: &Call, change: impl Fn(&str) -> String) -> Made {
    let (text, trail) = call.pieces(0)?;
    if text.hole().is_some() && call.name == "title" {
        return call.text(0).map(|text| call.made(title(&text)));
    }
    Ok(call.same_text(text.map(change), &trail))
}

fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = true;
    for c in text.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        start = !(c.is_alphanumeric() || c == '_' || c == '\'');
    }
    out
}

/// The bytes that remain when characters are taken off both ends.
fn trimmed(text: &str, off: impl Fn(char) -> bool) -> Range<usize> {
    let start = text.len() - text.trim_start_matches(&off).len();
    start..start + text[start..].trim_end_matches(&off).len()
}

/// A part of the first argument.
fn part(call: &Call, range: impl Fn(&str) -> Range<usize>) -> Made {
    let known = call.text(0)?;
    let (text, trail) = call.pieces(0)?;
    Ok(call.same_text(text.slice(range(&known)), &trail))
}

/// A part of the first argument that the second decides.
fn cut(call: &Call, range: impl Fn(&str, &str) -> Range<usize>) -> Made {
    let by = call.text(1)?;
    part(call, |text| range(text, &by))
}

fn both(call: &Call) -> Result<(Rc<str>, Rc<str>), Stop> {
    Ok((call.text(0)?, call.text(1)?))
}

/// `substr` counts grapheme clusters; a negative offset from the end, -1 is all the rest.
fn substr(call: &Call) -> Made {
    let known = call.text(0)?;
    let (offset, length) = (call.integer(1)?, call.integer(2)?);
    let mut bounds: Vec<usize> = known.grapheme_indices(true).map(|(at, _)| at).collect();
    let count = i64::try_from(bounds.len()).unwrap_or(i64::MAX);
    bounds.push(known.len());
    let start = if offset < 0 { (count + offset).max(0) } else { offset.min(count) };
    let end = if length < 0 { count } else { start.saturating_add(length).min(count) };
    let at = |index: i64| usize::try_from(index).ok().and_then(|index| bounds.get(index)).copied();
    let range = at(start).unwrap_or(known.len())..at(end).unwrap_or(known.len());
    part(call, |_| range.clone())
}

fn split(call: &Call) -> Made {
    let separator = call.text(0)?;
    let known = call.text(1)?;
    let (text, trail) = call.pieces(1)?;
    let mut items = Vec::new();
    let mut at = 0;
    let parts: Vec<&str> =
        if separator.is_empty() { known.graphemes(true).collect() } else { known.split(&*separator).collect() };
    for part in parts {
        let value = call.same_text(text.slice(at..at + part.len()), &trail);
        items.push(value);
        at += part.len() + separator.len();
    }
    Ok(Value::list(ListKind::List, items, call.trail()))
}

fn join(call: &Call) -> Made {
    let (separator, _) = call.pieces(0)?;
    let mut pieces: Vec<Piece> = Vec::new();
    for at in 1..call.args.len() {
        let (list, inner) = call.closed_list(at)?;
        for item in &inner.items {
            if at > 1 || !pieces.is_empty() || !std::ptr::eq(item, &raw const inner.items[0]) {
                pieces.extend(separator.pieces().iter().cloned());
            }
            pieces.extend(pieces_of(&list.taken(item))?);
        }
    }
    if call.args.len() < 2 {
        return fail("join takes a separator and lists");
    }
    Ok(Value::pieces(Text::from_pieces(pieces), call.trail()))
}

fn begins(call: &Call) -> Made {
    let part = call.text(1)?;
    let (text, _) = call.pieces(0)?;
    let known = text.prefix();
    match text.hole() {
        None => Ok(Value::bool(known.starts_with(&*part), call.trail())),
        // What is known of the beginning may decide.
        Some(_) if known.len() >= part.len() || !part.starts_with(&known) => {
            Ok(Value::bool(known.starts_with(&*part), call.trail()))
        }
        Some(why) => Err(Stop::Unknown(why.clone())),
    }
}

fn ends(call: &Call) -> Made {
    let part = call.text(1)?;
    let (text, _) = call.pieces(0)?;
    let known = text.suffix();
    match text.hole() {
        None => Ok(Value::bool(known.ends_with(&*part), call.trail())),
        Some(_) if known.len() >= part.len() || !part.ends_with(&known) => {
            Ok(Value::bool(known.ends_with(&*part), call.trail()))
        }
        Some(why) => Err(Stop::Unknown(why.clone())),
    }
}

fn indent(call: &Call) -> Made {
    let spaces = usize::try_from(call.integer(0)?).map_err(|_| Stop::Fail("no negative indentation".to_owned()))?;
    if spaces > 1000 {
        return fail("too large: an indentation of more than 1,000 columns");
    }
    let text = call.text(1)?;
    Ok(call.made(text.replace('\n', &format!("\n{}", " ".repeat(spaces)))))
}

/// A literal part is replaced; between slashes, a pattern, with `$1` in the replacement.
fn replace(call: &Call) -> Made {
    let (text, part, by) = (call.text(0)?, call.text(1)?, call.text(2)?);
    let pattern = part.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|_| part.len() > 1);
    let made = match pattern {
        Some(pattern) => compiled(pattern)?.replace_all(&text, &*by).into_owned(),
        None => text.replace(&*part, &by),
    };
    // Unchanged, it is still the text that was written.
    if made == *text {
        return part_unchanged(call);
    }
    Ok(call.made(made))
}

fn part_unchanged(call: &Call) -> Made {
    let (text, trail) = call.pieces(0)?;
    Ok(call.same_text(text, &trail))
}

fn compiled(pattern: &str) -> Result<regex::Regex, Stop> {
    let built = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build();
    built.map_err(|error| Stop::Fail(format!("invalid pattern: {}", error.to_string().lines().last().unwrap_or(""))))
}

fn regex(call: &Call) -> Made {
    let pattern = compiled(&call.text(0)?)?;
    let known = call.text(1)?;
    match pattern.captures(&known) {
        Some(found) => captured(call, &pattern, &found),
        None => fail("the pattern matches no part of the text"),
    }
}

fn regexall(call: &Call) -> Made {
    let pattern = compiled(&call.text(0)?)?;
    let known = call.text(1)?;
    let all: Result<Vec<Value>, Stop> =
        pattern.captures_iter(&known).map(|found| captured(call, &pattern, &found)).collect();
    Ok(Value::list(ListKind::List, all?, call.trail()))
}

/// The match as a whole, the groups as a tuple, or the named groups as an object.
fn captured(call: &Call, pattern: &regex::Regex, found: &regex::Captures) -> Made {
    let (text, trail) = call.pieces(1)?;
    let value = |group: Option<regex::Match>| match group {
        Some(group) => call.same_text(text.slice(group.range()), &trail),
        None => Value::null(call.trail()),
    };
    let names: Vec<Option<&str>> = pattern.capture_names().skip(1).collect();
    if names.is_empty() {
        return Ok(value(found.get(0)));
    }
    if names.iter().all(Option::is_none) {
        let groups = (1..=names.len()).map(|at| value(found.get(at))).collect();
        return Ok(Value::list(ListKind::Tuple, groups, call.trail()));
    }
    if names.iter().any(Option::is_none) {
        return fail("named and unnamed groups cannot be mixed");
    }
    let entry = |(at, name): (usize, Option<&str>)| MapEntry {
        key: name.unwrap_or_default().into(),
        key_trail: Trail::nowhere(),
        value: value(found.get(at + 1)),
    };
    Ok(Value::map(Map::new(MapKind::Object, names.iter().copied().enumerate().map(entry).collect()), call.trail()))
}

/// Go maps each character to one: what would become several stays.
fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}
