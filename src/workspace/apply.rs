//! Repairs made: round after round in memory, then into the files, whole or not at all.

use super::{Checked, Workspace, repair};
use crate::finding::{Edit, Finding, Safety};
use crate::source::Source;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Repairs that overlap wait for the next round; no more rounds than these.
const MOST_ROUNDS: usize = 10;

/// What is left when all repairs are made, in memory.
pub struct Repaired {
    /// Holds the new texts.
    pub workspace: Workspace,
    /// What remains.
    pub checked: Checked,
    pub changes: Vec<Change>,
    /// How many findings were repaired.
    pub repaired: usize,
}

/// A file with its new text.
pub struct Change {
    pub before: Arc<Source>,
    pub after: String,
}

impl Workspace {
    /// Makes the repairs that are safe, with `review` those that want a look too. Writes nothing.
    pub fn repaired(self, review: bool) -> Repaired {
        let (mut workspace, mut repaired) = (self, 0);
        let mut originals: BTreeMap<PathBuf, Arc<Source>> = BTreeMap::new();
        let mut checked = workspace.check();
        for _ in 0..MOST_ROUNDS {
            let (count, edits) = chosen(&checked.report.findings, review);
            let Some(texts) = repair::edited(edits.into_iter(), &workspace.sources).filter(|texts| !texts.is_empty())
            else {
                break;
            };
            let sources = workspace.sources.fork();
            for repair::Edited { before, text, .. } in texts {
                sources.insert(&before.path, text);
                originals.entry(before.path.clone()).or_insert(before);
            }
            repaired += count;
            workspace = workspace.with_sources(sources);
            checked = workspace.check();
        }
        let change = |(path, before): (PathBuf, Arc<Source>)| {
            let after = workspace.sources.read(&path).ok()?.text.clone();
            Some(Change { before, after })
        };
        let changes = originals.into_iter().filter_map(change).collect();
        Repaired { workspace, checked, changes, repaired }
    }
}

/// The edits of as many repairs as do not touch one another, and how many those are.
fn chosen(findings: &[Finding], review: bool) -> (usize, Vec<&Edit>) {
    let mut out: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in findings.iter().filter_map(|finding| finding.fix.as_ref()) {
        let meets = |edit: &Edit| {
            let at = edit.span;
            out.iter().any(|known| {
                let other = known.span;
                *known != edit && at.source == other.source && at.start <= other.end && other.start <= at.end
            })
        };
        if (review || fix.safety == Safety::Safe) && !fix.edits.iter().any(meets) {
            out.extend(&fix.edits);
            count += 1;
        }
    }
    (count, out)
}

impl Repaired {
    /// Writes all files, or none if something stands against it beforehand. Each file holds the old text or the new one
    /// at any moment. A symbolic link stays one: the file that it leads to is written, if that lies in the workspace.
    ///
    /// # Errors
    ///
    /// What stood against it, in one sentence, with the files that were written already.
    pub fn write(&self) -> Result<(), String> {
        let mut staged: BTreeMap<PathBuf, NamedTempFile> = BTreeMap::new();
        for change in &self.changes {
            let (path, file) = self.stage(change)?;
            if staged.insert(path, file).is_some() {
                return Err(format!(
                    "{} is a file that has another name too; nothing was written",
                    change.before.path.display()
                ));
            }
        }
        let mut done: Vec<String> = Vec::new();
        for (path, file) in staged {
            if let Err(error) = file.persist(&path) {
                let written = if done.is_empty() {
                    "nothing was written".to_owned()
                } else {
                    format!("written: {}", done.join(", "))
                };
                return Err(format!("{} could not be replaced: {}; {written}", path.display(), error.error));
            }
            done.push(path.display().to_string());
        }
        Ok(())
    }

    /// The new text in a file beside the old one, with its permissions, safe on the disk.
    fn stage(&self, change: &Change) -> Result<(PathBuf, NamedTempFile), String> {
        let shown = change.before.path.display();
        let failed = |error: std::io::Error| format!("{shown} cannot be written: {error}; nothing was written");
        let path = change.before.path.canonicalize().map_err(failed)?;
        if self.workspace.sources.root_of(&path).is_none() {
            return Err(format!("{shown} leads out of the workspace; nothing was written"));
        }
        let held = std::fs::read(&path).map_err(failed)?;
        if change.before.bytes_of(&change.before.text).as_ref() != Some(&held) {
            return Err(format!("{shown} has changed since it was read; nothing was written, run kmslint again"));
        }
        let bytes = change.before.bytes_of(&change.after).unwrap_or_default();
        let folder = path.parent().unwrap_or(&path);
        let mut file = tempfile::Builder::new().prefix(".kmslint-").tempfile_in(folder).map_err(failed)?;
        let permissions = std::fs::metadata(&path).map_err(failed)?.permissions();
        std::fs::set_permissions(file.path(), permissions).map_err(failed)?;
        file.write_all(&bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
        Ok((path, file))
    }
}
