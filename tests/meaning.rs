//! The smallest edits of a fixture: those that change what it means change the verdict, the others leave it alone.
//!
//! `testdata/meaning.yaml` has the edits, with what is to be found after each. A case is a folder of `testdata/cases`.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test may stop")]

use kmslint::workspace::{Options, Workspace};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Grows with the table, so that none is lost unseen.
const CASES_AT_LEAST: usize = 77;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The folder.
    #[serde(rename = "case")]
    name: String,
    changes: Vec<Change>,
    keeps: Vec<Edit>,
}

/// An edit that changes the verdict.
#[derive(serde::Deserialize)]
struct Change {
    #[serde(flatten)]
    edit: Edit,
    /// Severity and rule of each finding that is there afterwards.
    to: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Edit {
    /// In words, for the reader.
    what: String,
    #[serde(default = "main_file")]
    file: PathBuf,
    /// Stands once in the file.
    find: String,
    replace: String,
}

fn main_file() -> PathBuf {
    PathBuf::from("main.tf")
}

/// Severity and rule of a finding, and which endpoints of which cloud it misses.
type Verdict = (String, String);

#[test]
fn small_edits_change_the_verdict_only_where_they_change_the_meaning() {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let table = std::fs::read_to_string(testdata.join("meaning.yaml")).unwrap();
    let table: Vec<Case> = serde_yaml::from_str(&table).unwrap();
    let mut names: Vec<&str> = table.iter().map(|case| case.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), table.len(), "a case stands twice");
    let problems: Vec<String> = table.par_iter().flat_map(|case| judge(case, &testdata.join("cases"))).collect();
    assert!(problems.is_empty(), "{} edits:\n{}", problems.len(), problems.join("\n"));
    assert!(table.len() >= CASES_AT_LEAST, "only {} cases", table.len());
}

/// Every edit of a case after which something else is found than it says.
fn judge(case: &Case, cases: &Path) -> Vec<String> {
    if case.changes.is_empty() || case.keeps.is_empty() {
        return vec![format!("{}: needs edits of both kinds", case.name)];
    }
    let from = cases.join(&case.name);
    let before = verdicts(&from, None);
    let mut problems = Vec::new();
    for change in &case.changes {
        let after = edited(&from, &change.edit).map(|text| verdicts(&from, Some((&change.edit.file, &text))));
        let mut to = change.to.clone();
        to.sort();
        let problem = match after {
            Err(problem) => problem,
            Ok(after) if after == before => format!("changes nothing: {}", show(&after)),
            Ok(after) if after.iter().map(|(rule, _)| rule).ne(&to) => {
                format!("gives {}, expected {to:?}", show(&after))
            }
            Ok(_) => continue,
        };
        problems.push(format!("{}: {}: {problem}", case.name, change.edit.what));
    }
    for keep in &case.keeps {
        let after = edited(&from, keep).map(|text| verdicts(&from, Some((&keep.file, &text))));
        let problem = match after {
            Err(problem) => problem,
            Ok(after) if after != before => format!("gives {}, before it: {}", show(&after), show(&before)),
            Ok(_) => continue,
        };
        problems.push(format!("{}: {}: {problem}", case.name, keep.what));
    }
    problems
}

/// The text of the file that an edit changes, changed.
fn edited(case: &Path, edit: &Edit) -> Result<String, String> {
    let text = std::fs::read_to_string(case.join(&edit.file)).map_err(|error| error.to_string())?;
    match text.matches(&edit.find).count() {
        1 => Ok(text.replacen(&edit.find, &edit.replace, 1)),
        times => Err(format!("stands {times} times in {}: {}", edit.file.display(), edit.find)),
    }
}

/// What is found in a copy of a case that has another text in one of its files, sorted.
fn verdicts(case: &Path, other: Option<(&Path, &str)>) -> Vec<Verdict> {
    let folder = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(case).into_iter().map(Result::unwrap) {
        let to = folder.path().join(entry.path().strip_prefix(case).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(to).unwrap();
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
    if let Some((path, text)) = other {
        std::fs::write(folder.path().join(path), text).unwrap();
    }
    let checked = Workspace::open(folder.path(), &[], Options::default()).check();
    assert!(checked.problems.is_empty(), "{}: {:?}", case.display(), checked.problems);
    let mut verdicts: Vec<Verdict> = checked
        .report
        .findings
        .iter()
        .map(|finding| {
            let check = finding.check.map(|check| format!("/{check}")).unwrap_or_default();
            let rule = format!("{} {}{check}", finding.severity.name(), finding.rule);
            (rule, format!("{} {}", finding.cloud.as_deref().unwrap_or("-"), finding.missing.join(",")))
        })
        .collect();
    verdicts.sort();
    verdicts
}

fn show(verdicts: &[Verdict]) -> String {
    let list: Vec<String> = verdicts.iter().map(|(rule, missing)| format!("{rule} {missing}")).collect();
    format!("[{}]", list.join("; "))
}
