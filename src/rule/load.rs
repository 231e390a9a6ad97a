//! Reads rule files; a mistake in one is a finding with its place.

use super::{Rule, validate};
use crate::finding::{Finding, Severity};
use crate::source::{Source, Sources, Span};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The rules that are built in, by file name.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The rules to hold the code against, and what is wrong with them.
#[derive(Debug, Default)]
pub struct Loaded {
    pub rules: Vec<Rule>,
    /// Mistakes in rule files.
    pub findings: Vec<Finding>,
    /// Files that cannot be read.
    pub problems: Vec<String>,
}

/// Reads the built-in rules, and those of the given files and folders (all `*.yaml` of one).
pub fn load(sources: &Sources, paths: &[PathBuf]) -> Loaded {
    let mut loaded = Loaded::default();
    for (name, text) in BUILT_IN {
        let source = sources.insert(&Path::new("/kmslint/rules").join(name), (*text).to_owned());
        loaded.add(&source);
    }
    for path in paths {
        for file in rule_files(path) {
            match sources.read(&file) {
                Ok(source) => loaded.add(&source),
                Err(miss) => loaded.problems.push(format!("cannot read the rule file {}: it {miss}", file.display())),
            }
        }
    }
    loaded
}

fn rule_files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_path_buf()];
    }
    let is_rule = |path: &Path| path.extension().is_some_and(|ext| ext == "yaml" || ext == "yml");
    let walk = walkdir::WalkDir::new(path).max_depth(1).sort_by_file_name().into_iter().filter_map(Result::ok);
    walk.map(walkdir::DirEntry::into_path).filter(|path| is_rule(path)).collect()
}

impl Loaded {
    fn add(&mut self, source: &Arc<Source>) {
        match serde_yaml::from_str::<Rule>(&source.text) {
            Ok(rule) => {
                let mut mistakes = validate::mistakes(&rule, &source.text);
                if self.rules.iter().any(|known| known.id == rule.id) {
                    let at = validate::place(&source.text, &["id"]);
                    mistakes.push((at, format!("another rule has the id `{}` already", rule.id)));
                }
                let findings = mistakes.into_iter().map(|(at, message)| finding(source, at, message));
                self.findings.extend(findings);
                self.rules.push(rule);
            }
            Err(error) => {
                let (at, message) = explained(&error, &source.text);
                self.findings.push(finding(source, at, message));
            }
        }
    }
}

/// What the reader says, with a suggestion where a name is unknown, and the bytes that it is about.
fn explained(error: &serde_yaml::Error, text: &str) -> (std::ops::Range<usize>, String) {
    let at = error.location().map_or(0, |location| location.index().min(text.len()));
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole).to_owned();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let [wrong, known @ ..] = quoted.as_slice()
        && (message.contains("unknown field") || message.contains("unknown variant"))
    {
        let near = known.iter().max_by(|a, b| strsim::jaro(wrong, a).total_cmp(&strsim::jaro(wrong, b)));
        let hint = match near.filter(|near| strsim::jaro(wrong, near) > 0.7) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")),
        };
        let what = if message.contains("field") { "key" } else { "value" };
        let place = find_word(text, at, wrong).unwrap_or_else(|| word(text, at));
        return (place, format!("unknown {what} `{wrong}`; {hint}"));
    }
    (word(text, at), message)
}

/// The first occurrence of a word from a byte on.
fn find_word(text: &str, from: usize, wanted: &str) -> Option<std::ops::Range<usize>> {
    let start = from + text.get(from..)?.find(wanted)?;
    Some(start..start + wanted.len())
}

/// The word at a byte, to be marked.
fn word(text: &str, at: usize) -> std::ops::Range<usize> {
    let rest = text.get(at..).unwrap_or("");
    let start = at + rest.len() - rest.trim_start().len();
    let rest = text.get(start..).unwrap_or("");
    let end = rest.find(['\n', ',', ']', '}', '#']).unwrap_or(rest.len());
    start..start + rest[..end].trim_end().len()
}

fn finding(source: &Source, at: std::ops::Range<usize>, message: String) -> Finding {
    Finding {
        rule: "rule-file".to_owned(),
        check: None,
        severity: Severity::Error,
        cloud: None,
        message,
        why: "Nothing is checked with a rule that is not what its author meant.".to_owned(),
        help: "Correct the rule file, or leave it out.".to_owned(),
        url: None,
        containers: Vec::new(),
        legacy: Vec::new(),
        missing: Vec::new(),
        primary: Span::new(source.id, at),
        deciding: Vec::new(),
        related: Vec::new(),
        scenarios: Vec::new(),
        fix: None,
        home: String::new(),
        fingerprint: String::new(),
        harmless: false,
        guessed: false,
    }
}
