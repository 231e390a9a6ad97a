//! Landing zones: folders of variable files without code, which are run with the Cloud Adoption Framework's.

use super::module::Module;
use super::scenario::{Scenario, VariableFile};
use super::{Root, caf, input};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folders among those of `files`, which belong to no root, that are read by the names of their variables.
pub(super) fn roots(files: &[Arc<VariableFile>], modules: &BTreeMap<PathBuf, Arc<Module>>) -> Vec<Root> {
    let mut by_folder: BTreeMap<&Path, Vec<&Arc<VariableFile>>> = BTreeMap::new();
    for file in files {
        if let Some(dir) = file.source.path.parent().filter(|dir| !modules.contains_key(*dir)) {
            by_folder.entry(dir).or_default().push(file);
        }
    }
    let root = |(dir, files): (&Path, Vec<&Arc<VariableFile>>)| {
        let is_known = |name: &str| caf::names(name) && !is_declared(name, dir, modules);
        let known: Vec<&VariableFile> = files
            .into_iter()
            .map(|file| &**file)
            .filter(|file| file.values.keys().any(|name| is_known(name)))
            .collect();
        (!known.is_empty()).then(|| Root {
            dir: dir.to_path_buf(),
            scenarios: scenarios(&known),
            is_landing_zone: true,
            closure: BTreeSet::new(),
        })
    };
    by_folder.into_iter().filter_map(root).collect()
}

/// Whether code above the folder says otherwise what a variable is.
fn is_declared(name: &str, dir: &Path, modules: &BTreeMap<PathBuf, Arc<Module>>) -> bool {
    let above = dir.ancestors().filter_map(|above| modules.get(above));
    above.into_iter().any(|module| module.variables.contains_key(name) && !calls_framework(module))
}

fn calls_framework(module: &Module) -> bool {
    module.calls.values().any(|call| {
        let source = call.body.attribute("source").and_then(|source| source.expr.as_text());
        source.as_deref().and_then(input::ModuleName::of).is_some_and(|module| caf::is_it(&module))
    })
}

/// All files of a folder together; files that name the same inputs are alternatives.
fn scenarios(files: &[&VariableFile]) -> Vec<Scenario> {
    let names = |file: &VariableFile| file.values.keys().filter(|name| caf::names(name)).cloned().collect::<Vec<_>>();
    let shares = |file: &VariableFile| {
        let others = files.iter().filter(|other| other.source.id != file.source.id);
        others.into_iter().any(|other| names(file).iter().any(|name| other.values.contains_key(name)))
    };
    let (alternatives, common): (Vec<&VariableFile>, Vec<&VariableFile>) =
        files.iter().copied().partition(|file| shares(file));
    let mut together = Scenario::default();
    for file in &common {
        file.give(&mut together);
    }
    if alternatives.is_empty() {
        return vec![together];
    }
    let with = |file: &&VariableFile| {
        let mut scenario = together.clone();
        scenario.file = Some(file.source.path.clone());
        file.give(&mut scenario);
        scenario
    };
    alternatives.iter().map(with).collect()
}
