//! Files and paths.

use super::{Call, Made, Stop, fail};
use crate::source::Span;
use crate::terraform::types::{self, Type};
use crate::value::{ListKind, Trail, Value, Why};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "file" => file(call),
        "filebase64" => file(call).map(|value| {
            let text = value.as_str().unwrap_or_default();
            call.made(BASE64_STANDARD.encode(text.as_bytes()))
        }),
        "fileexists" => call.text(0).and_then(|path| {
            let there = call.host.exists(&path).map_err(Stop::Fail)?;
            Ok(Value::bool(there, call.trail()))
        }),
        "fileset" => file_set(call),
        "basename" => call.text(0).map(|path| call.made(base(&path))),
        "dirname" => call.text(0).map(|path| call.made(dir(&path))),
        "abspath" | "pathexpand" => {
            let why = Why::because(format!("{} depends on where Terraform runs", call.name));
            Ok(call.unknown(&why))
        }
        _ => return None,
    })
}

/// The text of a file, written where it stands in the file.
fn file(call: &Call) -> Made {
    let path = call.text(0)?;
    let source = call.host.read(&path).map_err(Stop::Fail)?;
    let whole = Span::new(source.id, 0..source.text.len());
    Ok(Value::text(source.text.as_str(), Trail::written(whole)))
}

fn file_set(call: &Call) -> Made {
    let (path, pattern) = (call.text(0)?, call.text(1)?);
    let glob = glob(&pattern)?;
    let files = call.host.list(&path).map_err(Stop::Fail)?;
    let items = files.into_iter().filter(|file| glob.is_match(file)).map(|file| call.made(file)).collect();
    let tuple = Value::list(ListKind::Tuple, items, call.trail());
    types::convert(&tuple, &Type::Set(Box::new(Type::String))).map_err(Stop::Fail)
}

/// `*` and `?` within a folder, `**` across folders, `[a-z]`, `{a,b}`.
fn glob(pattern: &str) -> Result<regex::Regex, Stop> {
    let mut out = String::from("^");
    let mut rest = pattern;
    let mut braces = 0_usize;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '*' if rest.starts_with("*/") => {
                rest = &rest[2..];
                out.push_str("(?:.*/)?");
            }
            '*' if rest.starts_with('*') => {
                rest = &rest[1..];
                out.push_str(".*");
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '{' => {
                braces += 1;
                out.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                out.push(')');
            }
            ',' if braces > 0 => out.push('|'),
            '[' | ']' => out.push(c),
            '-' if out.contains('[') => out.push(c),
            _ => out.push_str(&regex::escape(&c.to_string())),
        }
    }
    out.push('$');
    regex::Regex::new(&out).or_else(|_| fail(format!("{pattern:?} is no pattern for files")))
}

fn base(path: &str) -> String {
    let trimmed = path.trim_end_matches('/');
    match (path, trimmed.rsplit('/').next()) {
        ("", _) => ".".to_owned(),
        (_, Some("") | None) => "/".to_owned(),
        (_, Some(name)) => name.to_owned(),
    }
}

fn dir(path: &str) -> String {
    match path.rsplit_once('/') {
        Some(("", _)) => "/".to_owned(),
        Some((parent, _)) => parent.trim_end_matches('/').to_owned(),
        None => ".".to_owned(),
    }
}
