//! Repairs: how far they reach, what they look like, when they want a look, and how they come into files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

mod data;
mod files;
mod layout;
mod reach;
mod safety;
mod shapes;

use kmslint::finding::Finding;
use kmslint::workspace::{Options, Repaired, Workspace};
use std::path::Path;
use tempfile::TempDir;

/// Files below a folder that is gone when this is.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn workspace(folder: &Path) -> Workspace {
    let options = Options { repair: true, jobs: Some(1), ..Options::default() };
    Workspace::open(folder, &[Path::new(".").to_path_buf()], options)
}

/// All findings that are no notes.
fn findings(files: &[(&str, &str)]) -> Vec<Finding> {
    let folder = folder(files);
    let mut found = workspace(folder.path()).check().report.findings;
    found.retain(|finding| finding.severity != kmslint::finding::Severity::Note);
    found
}

fn repair(folder: &Path, review: bool) -> Repaired {
    workspace(folder).repaired(review)
}

/// What a file becomes; empty where nothing is repaired.
fn repaired(name: &str, text: &str) -> String {
    let folder = folder(&[(name, text)]);
    repair(folder.path(), false).changes.first().map(|change| change.after.clone()).unwrap_or_default()
}
