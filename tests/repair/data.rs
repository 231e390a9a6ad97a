//! Data files that were repaired are still data to other parsers, and hold what they held.

use crate::repair;
use std::path::{Path, PathBuf};

/// Changed files among the fixtures, so that none is lost unseen.
const CHANGED_AT_LEAST: usize = 60;

#[test]
fn data_files_only_grow() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    let mut changed = 0;
    for case in cases {
        for change in repair(&case, true).changes {
            let path = &change.before.path;
            let is = |kinds: &[&str]| kinds.iter().any(|kind| path.extension().is_some_and(|ext| ext == *kind));
            if is(&["json", "yaml", "yml"]) {
                let (before, after) = (parsed(path, &change.before.text), parsed(path, &change.after));
                assert!(grew(&before, &after), "{}:\n{}", path.display(), change.after);
                changed += 1;
            }
        }
    }
    assert!(changed >= CHANGED_AT_LEAST, "only {changed} data files were changed");
}

/// YAML holds JSON, once comments are spelled otherwise.
fn parsed(path: &Path, text: &str) -> serde_yaml::Value {
    let is_json = path.extension().is_some_and(|ext| ext == "json");
    let text = if is_json { without_comments(text) } else { text.to_owned() };
    // An indentation by tabs is none in YAML.
    let text = if is_json { text.replace('\t', " ") } else { text };
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", path.display()))
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => 1 + closing(&rest[1..]),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |at| at + 2),
            _ => c.len_utf8(),
        };
        if c != '/' || !(rest.starts_with("//") || rest.starts_with("/*")) {
            out += &rest[..length];
        }
        rest = &rest[length..];
    }
    out
}

/// Where a text between quotes ends, behind its quote.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether there is everything that was there, in its order. An argument for one may have become that for several, and
/// a text may have grown inside, as lists in expressions do, or be the one that was meant.
fn grew(before: &serde_yaml::Value, after: &serde_yaml::Value) -> bool {
    use serde_yaml::Value::{Mapping, Sequence, String as Text};
    match (before, after) {
        (Mapping(old), Mapping(new)) => old.iter().all(|(key, value)| {
            let kept = new.get(key).is_some_and(|other| grew(value, other));
            let several =
                key.as_str().and_then(|key| new.get(format!("{key}es").as_str())).and_then(|it| it.as_sequence());
            kept || several.is_some_and(|several| several.contains(value))
        }),
        (Sequence(old), Sequence(new)) => {
            let mut rest = new.iter();
            old.iter().all(|item| rest.any(|other| grew(item, other)))
        }
        (Text(old), Text(new)) => {
            let corrected = old.replace("20.118.99.244", "20.118.99.224");
            let holds = |old: &str| {
                let mut rest = new.chars();
                old.chars().all(|c| rest.any(|other| other == c))
            };
            holds(old) || holds(&corrected)
        }
        _ => before == after,
    }
}
