//! The values that a root module is run with: one scenario for what Terraform loads by itself, one for each other
//! variable file that fits.

use super::module::{Module, argument, files_in};
use crate::source::{Source, SourceId, Sources, Span};
use crate::syntax::hcl::{self, Expr, Mistake};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the scenario with the values that Terraform loads by itself.
pub const DEFAULT: &str = "default";

/// Values for the variables of a root module.
#[derive(Debug, Clone, Default)]
pub struct Scenario {
    /// The variable file that makes it; `None` for the one that Terraform would run without being told.
    pub file: Option<PathBuf>,
    pub values: BTreeMap<Arc<str>, Arc<Expr>>,
    /// The variable files that gave the values.
    pub sources: Vec<SourceId>,
}

/// A variable file, read.
#[derive(Debug)]
pub struct VariableFile {
    pub source: Arc<Source>,
    pub values: BTreeMap<Arc<str>, (Span, Arc<Expr>)>,
    pub mistakes: Vec<Mistake>,
}

/// Whether a file name is that of a variable file.
pub fn is_variable_file(name: &str) -> bool {
    name.ends_with(".tfvars") && !name.starts_with('.')
}

/// Whether Terraform loads it without being told.
fn is_auto_loaded(name: &str) -> bool {
    name == "terraform.tfvars" || name.ends_with(".auto.tfvars")
}

impl VariableFile {
    pub fn load(path: &Path, sources: &Sources) -> Option<VariableFile> {
        let source = sources.read(path).ok()?;
        let file = hcl::parse(&source);
        let pair = |attribute: hcl::Attribute| {
            (attribute.name, (attribute.name_span.to(attribute.expr.span), Arc::new(attribute.expr)))
        };
        let values = file.body.attributes.into_iter().map(pair).collect();
        Some(VariableFile { source, values, mistakes: file.mistakes })
    }

    /// Whether a module declares every variable that the file names, and there is one.
    pub fn fits(&self, module: &Module) -> bool {
        !self.values.is_empty() && self.values.keys().all(|name| module.variables.contains_key(name))
    }

    fn give(&self, scenario: &mut Scenario) {
        scenario.sources.push(self.source.id);
        for (name, (_, expr)) in &self.values {
            scenario.values.insert(Arc::clone(name), Arc::clone(expr));
        }
    }

    /// The variable whose value holds a span.
    pub fn home(&self, span: Span) -> Option<&str> {
        self.values.iter().find(|(_, (whole, _))| whole.contains(span)).map(|(name, _)| &**name)
    }
}

/// The variable files that Terraform loads by itself for a root module, the strongest last.
pub fn auto_loaded(module: &Module, sources: &Sources) -> Vec<Arc<VariableFile>> {
    let mut paths = files_in(&module.dir, is_auto_loaded);
    // terraform.tfvars is the weakest, the others follow by name.
    paths.sort_by_key(|path| path.file_name().is_none_or(|name| name != "terraform.tfvars"));
    paths.iter().filter_map(|path| VariableFile::load(path, sources).map(Arc::new)).collect()
}

/// The scenarios of a root module, given its own variable files and the others that fit it.
pub fn scenarios(module: &Module, auto: &[Arc<VariableFile>], others: &[Arc<VariableFile>]) -> Vec<Scenario> {
    let mut plain = Scenario::default();
    for file in auto {
        file.give(&mut plain);
    }
    let with = |file: &Arc<VariableFile>| {
        let mut scenario = plain.clone();
        scenario.file = Some(file.source.path.clone());
        file.give(&mut scenario);
        scenario
    };
    let mut out: Vec<Scenario> = others.iter().filter(|file| file.fits(module)).map(with).collect();
    let required = module.variables.iter().filter(|(_, block)| argument(block, "default").is_none());
    let mut left_open = required.map(|(name, _)| name).filter(|name| !plain.values.contains_key(*name));
    // Where another scenario gives what this one leaves open, nobody runs it.
    let nobodys = left_open.any(|name| out.iter().any(|scenario| scenario.values.contains_key(name)));
    if !nobodys {
        out.insert(0, plain);
    }
    out
}

/// Whether a path is loaded by Terraform without being told.
pub fn loads_itself(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(is_auto_loaded)
}
