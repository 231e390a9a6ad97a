//! README.md shows what kmslint prints, and this holds it to that.
//!
//! A block behind `<!-- output: ARGUMENTS -->` is what `kmslint ARGUMENTS` prints in the project's folder;
//! `KMSLINT_BLESS=1 cargo test --test docs` writes it anew. Lines of `sh` blocks that start with `kmslint` are run in a
//! copy of the sample and have to be commands that kmslint understands.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use regex::Regex;

const OPEN: &str = "<!-- output: ";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n")
}

/// Runs kmslint as a pipe would see it: no terminal, no colours, a fixed width.
fn kmslint(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kmslint"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env("NO_COLOR", "1").env("COLUMNS", "100").env_remove("CLICOLOR_FORCE").env_remove("FORCE_COLOR");
    command.output().unwrap()
}

#[test]
fn shown_output_is_what_kmslint_prints() {
    let readme = readme();
    let fresh = with_outputs(&readme);
    if std::env::var_os("KMSLINT_BLESS").is_some() {
        std::fs::write(root().join("README.md"), &fresh).unwrap();
        return;
    }
    let (shown, real) = (without_times(&readme), without_times(&fresh));
    if let Some((line, (shown, real))) = shown.lines().zip(real.lines()).enumerate().find(|(_, (a, b))| a != b) {
        panic!("README.md:{}: shows\n  {shown}\nbut it is\n  {real}\nKMSLINT_BLESS=1 writes it anew", line + 1);
    }
    assert_eq!(shown.lines().count(), real.lines().count(), "an output has more or fewer lines: KMSLINT_BLESS=1");
}

/// The text with every output block filled by a run.
fn with_outputs(readme: &str) -> String {
    let mut out = String::new();
    let mut rest = readme;
    let mut blocks = 0;
    while let Some(at) = rest.find(OPEN) {
        let arguments = rest[at + OPEN.len()..].split(" -->").next().unwrap();
        let body =
            rest[at..].find("```text\n").expect("a ```text block behind an output marker") + at + "```text\n".len();
        let end = rest[body..].find("```\n").expect("an end of the block") + body;
        let output = kmslint(&arguments.split_whitespace().collect::<Vec<_>>(), &root());
        let code = output.status.code();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(code, Some(0 | 1)), "kmslint {arguments}: {}\n{stderr}", output.status);
        let text = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<_> = text.trim_end().lines().map(str::trim_end).collect();
        assert!(!lines.is_empty(), "kmslint {arguments} prints nothing");
        out.push_str(&rest[..body]);
        out.push_str(&lines.join("\n"));
        out.push('\n');
        rest = &rest[end..];
        blocks += 1;
    }
    assert!(blocks >= 3, "README.md shows {blocks} outputs: the sample, the help and the rules are missing");
    out + rest
}

/// Run times differ from run to run.
fn without_times(text: &str) -> String {
    Regex::new(r"\b\d+(\.\d+)? ?(µs|ms|s)\b").unwrap().replace_all(text, "0 ms").into_owned()
}

#[test]
fn shown_commands_are_understood() {
    let sample = copy_of_sample();
    let mut commands = 0;
    for line in sh_lines(&readme()) {
        let Some(arguments) = line.strip_prefix("kmslint") else { continue };
        let arguments = arguments.split('#').next().unwrap();
        let output = kmslint(&arguments.split_whitespace().collect::<Vec<_>>(), &sample);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {}\n{stderr}", output.status);
        commands += 1;
    }
    assert!(commands > 0, "no command found in README.md");
}

/// The first two commands are the ones that build kmslint and run its main job, and that test it.
#[test]
fn the_two_commands_stand_on_top() {
    let lines = sh_lines(&readme());
    assert_eq!(lines[0], "cargo run --release --locked -- check testdata/sample");
    assert_eq!(lines[1], "cargo test --locked");
    let code = kmslint(&["check", "testdata/sample"], &root()).status.code();
    assert_eq!(code, Some(1), "the sample has findings");
}

#[test]
fn relative_links_lead_somewhere() {
    let links = Regex::new(r"\]\(([^)#:]+)\)").unwrap();
    for name in ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(root().join(name)).unwrap();
        for link in links.captures_iter(&text) {
            assert!(root().join(&link[1]).exists(), "{name}: {} does not exist", &link[1]);
        }
    }
}

/// The lines of all `sh` blocks.
fn sh_lines(readme: &str) -> Vec<String> {
    let blocks = readme.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

fn copy_of_sample() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample");
    let _ = std::fs::remove_dir_all(&target);
    copy(&root().join("testdata/sample"), &target);
    target
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
