//! Terragrunt: a file that runs a module with inputs.

use super::module::Module;
use crate::source::{Source, Sources, lexical};
use crate::syntax::hcl::{self, Expr, ExprKind, ItemKey, Mistake};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const FILE_NAME: &str = "terragrunt.hcl";

/// A `terragrunt.hcl` that runs a local module.
#[derive(Debug)]
pub struct Terragrunt {
    pub source: Arc<Source>,
    /// The folder of the module that it runs.
    pub target: PathBuf,
    /// Its locals. What Terragrunt alone knows, such as `dependency.vpc.outputs`, is unknown.
    pub module: Module,
    pub inputs: Input,
    pub mistakes: Vec<Mistake>,
}

/// What the module is given.
#[derive(Debug)]
pub enum Input {
    /// An object as written: each evaluated by itself, so that one that is not known leaves the others.
    Entries(BTreeMap<Arc<str>, Arc<Expr>>),
    /// Another expression that gives an object.
    Whole(Arc<Expr>),
}

impl Terragrunt {
    /// Reads a file; `None` where it has no inputs or runs nothing that lies in the workspace.
    pub fn load(path: &Path, sources: &Sources) -> Option<Terragrunt> {
        let source = sources.read(path).ok()?;
        let dir = path.parent()?;
        let file = hcl::parse(&source);
        let inputs = file.body.attribute("inputs")?.expr.clone();
        let target = match file.body.blocks_of("terraform").find_map(|block| block.body.attribute("source")) {
            None => dir.to_path_buf(),
            Some(attribute) => local_folder(dir, &attribute.expr.as_text()?)?,
        };
        let inputs = match inputs.kind {
            ExprKind::Object(items) if items.iter().all(|item| matches!(item.key, ItemKey::Name(..))) => {
                let entry = |item: hcl::Item| match item.key {
                    ItemKey::Name(name, _) => Some((name, Arc::new(item.value))),
                    ItemKey::Expr(_) => None,
                };
                Input::Entries(items.into_iter().filter_map(entry).collect())
            }
            _ => Input::Whole(Arc::new(inputs)),
        };
        let mistakes = file.mistakes.clone();
        let module = Module::of_terragrunt(dir, &source, &file);
        Some(Terragrunt { source, target, module, inputs, mistakes })
    }

    /// Whether a variable may get its value here.
    pub(super) fn gives(&self, name: &str) -> bool {
        match &self.inputs {
            Input::Entries(entries) => entries.contains_key(name),
            Input::Whole(_) => true,
        }
    }
}

/// `../modules//network`: what stands before the double slash is copied along.
fn local_folder(dir: &Path, source: &str) -> Option<PathBuf> {
    let local = source.starts_with("./") || source.starts_with("../");
    local.then(|| lexical(&dir.join(source.replace("//", "/"))))
}
