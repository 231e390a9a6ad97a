//! What scripts rely on: exit status, and what goes to which stream.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

const SAMPLE: &str = "testdata/sample";

fn kmslint(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kmslint"));
    command.args(arguments).current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn the_exit_status_tells_good_from_bad_from_broken() {
    let status = |arguments: &[&str]| kmslint(arguments).0;
    assert_eq!(status(&["check", SAMPLE]), Some(1));
    assert_eq!(status(&["check", SAMPLE, "--fail-on", "never"]), Some(0));
    assert_eq!(status(&["check", "src"]), Some(0));
    assert_eq!(status(&["check", SAMPLE, "--jobs", "0"]), Some(2));
    assert_eq!(status(&["check", SAMPLE, "--no-such-option"]), Some(2));
    assert_eq!(status(&["--version"]), Some(0));
    assert_eq!(status(&[]), Some(2));
}

#[test]
fn what_could_be_read_is_reported_beside_what_could_not() {
    let (status, report, problems) = kmslint(&["check", SAMPLE, "not/there", "--format", "concise"]);
    assert_eq!(status, Some(2));
    assert!(report.starts_with("testdata/sample/") && report.contains("\nFound "), "{report}");
    assert!(problems.starts_with("kmslint: error: ") && problems.contains("not/there"), "{problems}");
}

#[test]
fn a_path_without_a_command_is_checked() {
    assert_eq!(kmslint(&[SAMPLE, "--format", "concise"]), kmslint(&["check", SAMPLE, "--format", "concise"]));
    let (status, report, problems) = kmslint(&["chekc"]);
    assert_eq!((status, report.as_str()), (Some(2), ""));
    assert!(problems.contains("'check'"), "{problems}");
}

#[test]
fn given_values_make_one_scenario() {
    const ENVIRONMENTS: &str = "testdata/cases/scenarios-env";
    let check = |more: &[&str]| kmslint(&[&["check", ENVIRONMENTS, "--format", "concise"], more].concat());
    let (status, report, _) = check(&["--var", "direct={ kms = \"23.102.135.246/32\" }"]);
    assert_eq!(status, Some(1));
    let place = "testdata/cases/scenarios-env/main.tf:7:1: error[azure-kms/route-table]";
    assert!(report.starts_with(place), "the variable's block is the place: {report}");
    // The last one wins.
    let dev = "testdata/cases/scenarios-env/env/dev.tfvars";
    assert_eq!(check(&["--var", "direct={ kms = \"23.102.135.246/32\" }", "--var-file", dev]).0, Some(0));
    assert_eq!(check(&["--var-file", dev, "--var", "direct={ kms = \"23.102.135.246/32\" }"]).0, Some(1));
    for slip in ["--var=nope=1", "--var-file=not/there.tfvars", "--var=nope"] {
        let (status, report, problem) = check(&[slip]);
        assert_eq!((status, report.as_str()), (Some(2), ""), "{slip}");
        assert!(problem.contains("nope") || problem.contains("not/there.tfvars"), "{problem}");
    }
}

#[test]
fn a_private_subnet_is_named() {
    let (_, report, _) = kmslint(&["check", "testdata/cases/private-subnet"]);
    let words: Vec<&str> = report.split_whitespace().collect();
    let sentence = "Subnet snet-private has no default outbound access, and none of these is in view for it.";
    assert!(words.join(" ").contains(sentence), "{report}");
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    assert!(!kmslint(&["check", SAMPLE]).1.contains('\u{1b}'));
    assert!(kmslint(&["check", SAMPLE, "--color", "always"]).1.contains("\u{1b}["));
    assert!(!kmslint(&["check", SAMPLE, "--color", "always", "--format", "json"]).1.contains('\u{1b}'));
}

#[test]
fn explain_helps_with_names() {
    let (status, page, _) = kmslint(&["explain", "azure-kms/route-table"]);
    assert!(status == Some(0) && page.contains("route-table"), "{page}");
    let (status, page, problem) = kmslint(&["explain", "route-tabel"]);
    assert_eq!((status, page.as_str()), (Some(2), ""));
    assert!(problem.contains("did you mean `azure-kms/route-table`?"), "{problem}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kmslint"));
    command.args(["check", SAMPLE, "--format", "json"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), b"".as_slice()));
}
