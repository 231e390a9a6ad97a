//! Runs `kmslint check` in every case folder and compares with the expectations that stand in the fixtures.
//!
//! A case is a folder below `testdata/cases`, and `testdata/sample`. A line that is to have a finding says so:
//!
//! ```text
//! address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53
//! ```
//!
//! A fixture without an expectation must be silent. Severity and rule are always compared, of the other keys those that
//! are given: `missing`, `containers`, `scenarios` (lists, empty where nothing stands behind `=`), `cloud`, `column`,
//! and `legacy`, a text that the marked place has to hold. `# expect-near:` accepts any line of the block that it
//! stands in. `options.txt` has more options for the command line. Where a comment cannot stand on the line, `expect.txt` has it as `path:line: error azure-kms/...`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

/// Grows with the cases, so that none is lost unseen.
const CASES_AT_LEAST: usize = 389;
const KEYS: [&str; 6] = ["missing", "containers", "scenarios", "cloud", "column", "legacy"];
/// Lies in case folders and is no input.
const NOT_INPUT: [&str; 3] = ["expect.txt", "options.txt", "terraform.answer"];

#[derive(Debug)]
struct Expected {
    path: String,
    lines: RangeInclusive<usize>,
    severity: String,
    rule: String,
    keys: BTreeMap<String, String>,
}

#[test]
fn every_case_gives_exactly_what_it_expects() {
    let cases = cases();
    assert!(cases.len() >= CASES_AT_LEAST, "only {} cases found", cases.len());
    let next = AtomicUsize::new(0);
    let problems = Mutex::new(BTreeMap::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = judge(case);
                    if !found.is_empty() {
                        problems.lock().unwrap().insert(case.clone(), found);
                    }
                }
            });
        }
    });
    let problems = problems.into_inner().unwrap();
    let mut list = String::new();
    for (case, lines) in &problems {
        writeln!(list, "{}", case.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display()).unwrap();
        for line in lines {
            writeln!(list, "    {line}").unwrap();
        }
    }
    assert!(problems.is_empty(), "{} of {} cases differ:\n{list}", problems.len(), cases.len());
}

fn cases() -> Vec<PathBuf> {
    let testdata = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let folders = std::fs::read_dir(testdata.join("cases")).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    cases.push(testdata.join("sample"));
    cases.sort();
    cases
}

/// Everything in which a case differs from what it expects.
fn judge(case: &Path) -> Vec<String> {
    let mut problems = Vec::new();
    let mut texts = BTreeMap::new();
    read_folder(case, case, &mut texts);
    if texts.is_empty() {
        return vec!["holds no input".to_owned()];
    }
    let expected = match expectations(case, &texts) {
        Ok(expected) => expected,
        Err(problem) => return vec![problem],
    };
    let mut lint = Command::new(env!("CARGO_BIN_EXE_kmslint"));
    let options = std::fs::read_to_string(case.join("options.txt")).unwrap_or_default();
    lint.args(["check", "--format", "json", "."])
        .args(options.split_whitespace())
        .current_dir(case)
        .stdin(Stdio::null());
    let output = lint.output().unwrap();
    let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return vec![format!("no JSON report ({}): {}", output.status, stderr.trim())];
    };
    let code = i32::from(expected.iter().any(|expected| expected.severity != "note"));
    if output.status.code() != Some(code) {
        problems.push(format!("{}, expected exit status: {code}", output.status));
    }
    let mut left: Vec<&Value> = report["findings"].as_array().expect("findings is a list").iter().collect();
    for finding in &left {
        problems.extend(misplaced(finding, &texts));
    }
    for expected in &expected {
        let candidates = left.iter().enumerate().filter(|(_, finding)| is_at(expected, finding));
        // Of several on one line the one that agrees most.
        match candidates.map(|(i, f)| (differences(expected, f, &texts), i)).min_by_key(|(d, _)| d.len()) {
            None => problems.push(format!("missing     {}", show_expected(expected))),
            Some((differences, index)) => {
                let finding = left.remove(index);
                let place = show_place(finding);
                problems.extend(differences.iter().map(|difference| format!("differs     {place}: {difference}")));
            }
        }
    }
    problems.extend(left.iter().map(|finding| format!("unexpected  {}", show_finding(finding))));
    problems.extend(repair(case, &options, report["findings"].as_array().expect("findings is a list")));
    problems
}

/// Repairs a copy: what had a repair is gone, nothing else is, and a second run changes nothing.
fn repair(case: &Path, options: &str, findings: &[Value]) -> Vec<String> {
    if findings.iter().all(|finding| finding["fix"].is_null()) {
        return Vec::new();
    }
    let folder = tempfile::tempdir().unwrap();
    let mut inputs = BTreeMap::new();
    read_bytes(case, case, &mut inputs);
    for (name, bytes) in &inputs {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let run = || {
        let mut lint = Command::new(env!("CARGO_BIN_EXE_kmslint"));
        lint.args(["check", "--fix", "--fix-review", "--format", "json", "."]).args(options.split_whitespace());
        lint.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap()
    };
    let output = run();
    let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else {
        return vec![format!("no report after repairs: {}", String::from_utf8_lossy(&output.stderr))];
    };
    let tell = |finding: &Value| {
        let check = &finding["check"];
        format!("{check} {} {} {}", finding["severity"], finding["cloud"], finding["location"]["path"])
    };
    let mut expected: Vec<String> = findings.iter().filter(|finding| finding["fix"].is_null()).map(tell).collect();
    let mut left: Vec<String> = report["findings"].as_array().unwrap().iter().map(tell).collect();
    expected.sort();
    left.sort();
    let mut problems = Vec::new();
    if expected != left {
        problems.push(format!("after repairs {left:?} is left, expected {expected:?}"));
    }
    let texts = || {
        let mut texts = BTreeMap::new();
        read_bytes(folder.path(), folder.path(), &mut texts);
        texts
    };
    let once = texts();
    run();
    if once != texts() {
        problems.push("a second repair changes something".to_owned());
    }
    problems
}

fn read_bytes(case: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(case).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            read_bytes(case, &path, out);
        } else if !NOT_INPUT.contains(&name.as_str()) {
            out.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

/// The text of every input, by its path from the case.
fn read_folder(case: &Path, folder: &Path, texts: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.strip_prefix(case).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            read_folder(case, &path, texts);
        } else if !NOT_INPUT.contains(&name.as_str()) {
            texts.insert(name, String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
        }
    }
}

fn expectations(case: &Path, texts: &BTreeMap<String, String>) -> Result<Vec<Expected>, String> {
    let mut all = Vec::new();
    for (path, text) in texts {
        for (index, line) in text.lines().enumerate() {
            for part in line.split("# expect").skip(1) {
                let (near, rest) = part.strip_prefix("-near").map_or((false, part), |rest| (true, rest));
                let words = rest.strip_prefix(':').ok_or_else(|| format!("no colon: # expect{part}"))?;
                let lines = if near { block(text, index + 1) } else { index + 1..=index + 1 };
                all.push(parse(path, lines, words)?);
            }
        }
    }
    let aside = std::fs::read_to_string(case.join("expect.txt")).unwrap_or_default();
    for line in aside.lines().filter(|line| !line.is_empty()) {
        let mut parts = line.splitn(3, ':');
        let (Some(path), Some(number), Some(words)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("expect.txt: not path:line: ...: {line}"));
        };
        let number: usize = number.parse().map_err(|_| format!("expect.txt: no line number: {line}"))?;
        if !texts.contains_key(path) {
            return Err(format!("expect.txt: no such file: {line}"));
        }
        all.push(parse(path, number..=number, words)?);
    }
    Ok(all)
}

fn parse(path: &str, lines: RangeInclusive<usize>, words: &str) -> Result<Expected, String> {
    let mut words = words.split_whitespace();
    let (Some(severity), Some(rule)) = (words.next(), words.next()) else {
        return Err(format!("{path}:{}: an expectation needs a severity and a rule", lines.start()));
    };
    if !["error", "warning", "note"].contains(&severity) {
        return Err(format!("{path}:{}: no severity: {severity}", lines.start()));
    }
    let mut keys = BTreeMap::new();
    for word in words {
        match word.split_once('=') {
            Some((key, value)) if KEYS.contains(&key) => keys.insert(key.to_owned(), value.to_owned()),
            _ => return Err(format!("{path}:{}: not understood: {word}", lines.start())),
        };
    }
    Ok(Expected { path: path.to_owned(), lines, severity: severity.to_owned(), rule: rule.to_owned(), keys })
}

/// The lines of the top-level block around a line, up to one past the end of a file that leaves it open.
fn block(text: &str, line: usize) -> RangeInclusive<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let opens = |text: &str| text.starts_with(|c: char| !c.is_whitespace() && c != '}' && c != '#');
    let start = (1..=line).rev().find(|&number| opens(lines[number - 1])).unwrap_or(1);
    let end = (line..=lines.len()).find(|&number| lines[number - 1].starts_with('}')).unwrap_or(lines.len() + 1);
    start..=end
}

fn rule_of(finding: &Value) -> String {
    let rule = finding["rule"].as_str().unwrap_or("?");
    finding["check"].as_str().map_or_else(|| rule.to_owned(), |check| format!("{rule}/{check}"))
}

fn line_of(finding: &Value) -> usize {
    number(&finding["location"]["start"]["line"])
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}

fn is_at(expected: &Expected, finding: &Value) -> bool {
    finding["location"]["path"] == expected.path.as_str()
        && expected.lines.contains(&line_of(finding))
        && rule_of(finding) == expected.rule
}

fn differences(expected: &Expected, finding: &Value, texts: &BTreeMap<String, String>) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |key: &str, want: &str, got: String| {
        if want != got {
            differences.push(format!("{key} is {got}, expected {want}"));
        }
    };
    compare("severity", &expected.severity, plain(&finding["severity"]));
    for (key, want) in &expected.keys {
        match key.as_str() {
            "containers" => compare(key, want, list(&finding["containers"], |container| plain(&container["address"]))),
            "missing" => compare(key, want, list(&finding[key], plain)),
            "scenarios" => {
                let mut names: Vec<_> = finding[key].as_array().into_iter().flatten().map(plain).collect();
                names.sort();
                compare(key, want, names.join(","));
            }
            "column" => compare(key, want, number(&finding["location"]["start"]["column"]).to_string()),
            "legacy" => {
                let marked = marked(&finding["location"], texts).unwrap_or_default();
                if !marked.contains(want.as_str()) {
                    compare("the marked text", want, marked);
                }
            }
            _ => compare(key, want, plain(&finding[key])),
        }
    }
    differences
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn list(value: &Value, each: impl Fn(&Value) -> String) -> String {
    value.as_array().into_iter().flatten().map(each).collect::<Vec<_>>().join(",")
}

/// The text between the byte offsets of a location.
fn marked(location: &Value, texts: &BTreeMap<String, String>) -> Option<String> {
    let text = texts.get(location["path"].as_str()?)?;
    let (start, end) = (number(&location["start"]["byte"]), number(&location["end"]["byte"]));
    text.get(start..end).map(str::to_owned)
}

/// Places of a finding whose lines and columns do not agree with their byte offsets, or that lie in no input.
fn misplaced(finding: &Value, texts: &BTreeMap<String, String>) -> Vec<String> {
    let related = finding["related"].as_array().into_iter().flatten();
    let places = std::iter::once(&finding["location"]).chain(related);
    let mut problems = Vec::new();
    for place in places {
        let Some(text) = texts.get(plain(&place["path"]).as_str()) else {
            problems.push(format!("in no input: {place}"));
            continue;
        };
        for end in ["start", "end"] {
            let stated = (number(&place[end]["line"]), number(&place[end]["column"]));
            if position(text, number(&place[end]["byte"])) != Some(stated) {
                problems.push(format!("line and column are not those of the byte: {place}"));
            }
        }
    }
    problems
}

/// Line and column of a byte offset, both from 1, columns in characters; a byte order mark is none.
fn position(text: &str, byte: usize) -> Option<(usize, usize)> {
    let before = text.get(..byte)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.matches('\n').count() + 1, line.trim_start_matches('\u{feff}').chars().count() + 1))
}

fn show_place(finding: &Value) -> String {
    format!("{}:{} {}", plain(&finding["location"]["path"]), line_of(finding), rule_of(finding))
}

/// As it would stand in a fixture.
fn show_finding(finding: &Value) -> String {
    format!(
        "{}:{}: {} {} cloud={} missing={} containers={}: {}",
        plain(&finding["location"]["path"]),
        line_of(finding),
        plain(&finding["severity"]),
        rule_of(finding),
        plain(&finding["cloud"]),
        list(&finding["missing"], plain),
        list(&finding["containers"], |container| plain(&container["address"])),
        plain(&finding["message"]),
    )
}

fn show_expected(expected: &Expected) -> String {
    let keys: Vec<_> = expected.keys.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let (start, end) = (expected.lines.start(), expected.lines.end());
    let lines = if start == end { start.to_string() } else { format!("{start}-{end}") };
    format!("{}:{lines}: {} {} {}", expected.path, expected.severity, expected.rule, keys.join(" "))
}
