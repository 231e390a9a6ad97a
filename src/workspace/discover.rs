//! Which folders make the workspace, and which files in them are in view.

use crate::source::lexical;
use ignore::WalkBuilder;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Hidden folders that hold pipelines.
const READ_HIDDEN: [&str; 5] = [".github", ".azuredevops", ".azure-pipelines", ".pipelines", ".gitlab"];
const SKIPPED: [&str; 3] = [".git", ".terraform", "node_modules"];

/// What the paths of the command line mean.
#[derive(Debug, Default, Clone)]
pub(super) struct View {
    /// The workspaces: outside them nothing is read.
    pub roots: Vec<PathBuf>,
    /// What is walked.
    folders: Vec<PathBuf>,
    /// Files that were named: only what concerns them is reported. Empty for no such filter.
    pub named: BTreeSet<PathBuf>,
    pub problems: Vec<String>,
}

impl View {
    /// The workspace is the git work tree around the working directory, else the working directory; a path outside it
    /// brings its own in the same way. A named file has the whole of its workspace in view, so that the modules that
    /// call its module are.
    pub(super) fn of(cwd: &Path, paths: &[PathBuf]) -> View {
        let mut view = View { roots: vec![work_tree(cwd).unwrap_or_else(|| cwd.to_path_buf())], ..View::default() };
        let here = [PathBuf::from(".")];
        for path in if paths.is_empty() { &here } else { paths } {
            match cwd.join(path).canonicalize() {
                Ok(real) if view.leads_out(&lexical(&cwd.join(path)), &real) => view.problems.push(format!(
                    "{} is a symbolic link that leads out of the workspace; name the file itself",
                    path.display()
                )),
                Ok(real) => view.add(&real),
                Err(error) => view.problems.push(format!("cannot read {}: {error}", path.display())),
            }
        }
        view
    }

    fn leads_out(&self, written: &Path, real: &Path) -> bool {
        let inside = |path: &Path| self.roots.iter().any(|root| path.starts_with(root));
        inside(written) && !inside(real)
    }

    fn add(&mut self, real: &Path) {
        let is_file = !real.is_dir();
        let folder = if is_file { real.parent().unwrap_or(real) } else { real };
        let known = self.roots.iter().filter(|root| real.starts_with(root));
        let root = match known.max_by_key(|root| root.components().count()) {
            Some(root) => root.clone(),
            None => {
                let root = work_tree(folder).unwrap_or_else(|| folder.to_path_buf());
                self.roots.push(root.clone());
                root
            }
        };
        if is_file {
            self.named.insert(real.to_path_buf());
            self.folders.push(root);
        } else {
            self.folders.push(real.to_path_buf());
        }
    }

    /// The files in view whose name passes the test, in order of their paths. Git-ignored ones are left out unless
    /// they are named or `no_ignore` is set.
    pub(super) fn files(&self, no_ignore: bool, jobs: usize, wanted: impl Fn(&str) -> bool + Sync) -> Vec<PathBuf> {
        let mut found: BTreeSet<PathBuf> = self.walked(no_ignore, jobs, wanted).into_iter().collect();
        found.extend(self.named.iter().cloned());
        found.into_iter().collect()
    }

    /// The same without those that are only named.
    pub(super) fn walked(&self, no_ignore: bool, jobs: usize, wanted: impl Fn(&str) -> bool + Sync) -> Vec<PathBuf> {
        let found = Mutex::new(BTreeSet::new());
        for folder in &self.folders {
            walker(folder, no_ignore, jobs).run(|| {
                Box::new(|entry| {
                    if let Ok(entry) = entry
                        && entry.file_type().is_some_and(|kind| kind.is_file())
                        && entry.file_name().to_str().is_some_and(&wanted)
                        && let Ok(mut found) = found.lock()
                    {
                        found.insert(lexical(entry.path()));
                    }
                    ignore::WalkState::Continue
                })
            });
        }
        found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).into_iter().collect()
    }
}

fn walker(folder: &Path, no_ignore: bool, jobs: usize) -> ignore::WalkParallel {
    let mut walk = WalkBuilder::new(folder);
    walk.hidden(false)
        .ignore(!no_ignore)
        .git_ignore(!no_ignore)
        .git_exclude(!no_ignore)
        .git_global(false)
        .parents(!no_ignore)
        .require_git(false)
        .follow_links(false)
        .threads(jobs);
    if !no_ignore {
        walk.add_custom_ignore_filename(".kmslintignore");
    }
    walk.filter_entry(|entry| {
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let Some(name) = entry.file_name().to_str() else { return true };
        // What the command line names is walked whatever its name.
        entry.depth() == 0
            || !folder
            || !(SKIPPED.contains(&name) || (name.starts_with('.') && !READ_HIDDEN.contains(&name)))
    });
    walk.build_parallel()
}

/// The git work tree around a folder.
fn work_tree(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_path_buf)
}
