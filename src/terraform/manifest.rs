//! `.terraform/modules/modules.json`: where `terraform init` put the modules that a root module calls.

use super::module::Module;
use crate::source::{Sources, Span, lexical};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Below this folder of a root module lies what `terraform init` installed.
const INSTALLED: &str = ".terraform";

/// The installed modules of one root module: folders by the dotted path of the calls that lead there, as `hub.rt`.
#[derive(Debug, Default)]
pub struct Manifest {
    dirs: BTreeMap<String, PathBuf>,
}

#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "Modules")]
    modules: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "Key")]
    key: String,
    #[serde(rename = "Dir")]
    dir: PathBuf,
}

impl Manifest {
    /// Reads the manifest of a root module; `None` where there is none, or none that can be read.
    pub fn load(root_dir: &Path, sources: &Sources) -> Option<Manifest> {
        let source = sources.read(&root_dir.join(INSTALLED).join("modules").join("modules.json")).ok()?;
        let listed: Listed = serde_json::from_str(&source.text).ok()?;
        let entries = listed.modules.into_iter().filter(|entry| !entry.key.is_empty());
        Some(Manifest { dirs: entries.map(|entry| (entry.key, lexical(&root_dir.join(entry.dir)))).collect() })
    }

    pub fn dir(&self, key: &str) -> Option<&Path> {
        self.dirs.get(key).map(PathBuf::as_path)
    }

    pub fn dirs(&self) -> impl Iterator<Item = &PathBuf> {
        self.dirs.values()
    }

    /// For a file of an installed module, the `source` of the call in the user's own code that brought it.
    pub fn call_of(&self, path: &Path, root_dir: &Path, modules: &BTreeMap<PathBuf, Arc<Module>>) -> Option<Span> {
        let holds = |dir: &PathBuf| is_installed(dir) && path.starts_with(dir);
        let (key, _) =
            self.dirs.iter().filter(|(_, dir)| holds(dir)).max_by_key(|(_, dir)| dir.components().count())?;
        let mut module = modules.get(root_dir)?;
        let mut walked = String::new();
        for name in key.split('.') {
            let call = module.calls.get(name)?;
            walked = if walked.is_empty() { name.to_owned() } else { format!("{walked}.{name}") };
            let Some(dir) = module.called_dir(call).filter(|dir| !is_installed(dir)) else {
                return call.body.attribute("source").map(|source| source.expr.span);
            };
            module = modules.get(&dir)?;
        }
        None
    }
}

/// Whether a path lies in what `terraform init` installed: it is read, but nothing is reported or edited there.
pub fn is_installed(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == INSTALLED)
}
