//! Lines in scripts that tell a machine which activation host to use.

use super::{Slot, Target};
use crate::value::{Data, Piece, Text, Trail, Value};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use regex::Regex;
use std::sync::LazyLock;

/// `slmgr.vbs /skms host:port`, also within JSON text, where quotes and backslashes are escaped.
/// [Slmgr.vbs options for obtaining volume activation information]
static SET_HOST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?i)\bslmgr(?:\.vbs)?[\\"'`]*\s+[\\"'`]*[/-]skms[\\"'`:]*\s+[\\"'`]*([a-z0-9][a-z0-9.-]*)"#).ok()
});

/// The hosts that a text names as activation hosts, each where it stands. Base64 of a script is read as the script.
pub(super) fn targets(value: &Value) -> Vec<Target> {
    let Data::Text(text) = &value.data else { return Vec::new() };
    let found = hosts(text);
    if !found.is_empty() {
        return found;
    }
    decoded(value).map_or_else(Vec::new, |text| hosts(&text))
}

fn hosts(text: &Text) -> Vec<Target> {
    let whole = text.joined();
    let Some(pattern) = SET_HOST.as_ref().filter(|_| whole.to_ascii_lowercase().contains("skms")) else {
        return Vec::new();
    };
    // A comment line tells nobody anything.
    let is_comment = |at: usize| {
        let line = whole[..at].rsplit('\n').next().unwrap_or_default().trim_start().to_ascii_lowercase();
        line.starts_with('#') || line.starts_with("rem ") || line.starts_with("::")
    };
    let hosts = pattern.captures_iter(&whole).filter_map(|found| found.get(1));
    let target = |host: regex::Match<'_>| {
        let part = text.slice(host.range());
        let trail = part.pieces().first().map(|piece| piece.trail.clone()).unwrap_or_default();
        Target::of(&Value::pieces(part, trail), Slot::Fixed)
    };
    hosts.filter(|host| !is_comment(host.start())).filter_map(target).collect()
}

/// The text that a base64 text holds. Where that was written as one literal, it keeps its place.
fn decoded(value: &Value) -> Option<Text> {
    let text = value.as_str()?;
    let bytes = BASE64_STANDARD.decode(text.trim()).ok().filter(|bytes| bytes.len() > 16)?;
    let script = String::from_utf8(bytes).ok()?;
    let inputs = value.trail.inputs().map(|(_, inputs)| inputs);
    let trail = match inputs.as_deref() {
        Some([only]) => only.clone(),
        _ => Trail::clone(&value.trail),
    };
    Some(Text::from_pieces(vec![Piece::known(script.into(), trail)]))
}
