//! The values that a root module is run with: one scenario for what Terraform loads by itself, one for each other
//! variable file that fits, or one for what the command line gives.

use super::module::{Module, argument, files_in};
use super::terragrunt::Terragrunt;
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
    pub values: BTreeMap<Arc<str>, Assigned>,
    /// The files that gave the values.
    pub sources: Vec<SourceId>,
    /// What the inputs of a Terragrunt unit are evaluated in.
    pub terragrunt: Option<Arc<Terragrunt>>,
}

impl Scenario {
    fn give(&mut self, name: &Arc<str>, text: &Arc<Source>) {
        self.values.insert(Arc::clone(name), Assigned::Text(Arc::clone(text)));
        self.sources.push(text.id);
    }
}

/// What gives a variable its value.
#[derive(Debug, Clone)]
pub enum Assigned {
    /// An expression of a variable file.
    Expr(Entry),
    /// The text of `--var` or `TF_VAR_name`: literal for a variable of type string or without type, else an expression.
    Text(Arc<Source>),
    /// The input of that name of the scenario's Terragrunt unit.
    Input,
}

/// What a user gives to variables beside the files of the workspace.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// `--var-file` and `--var` in their order, the strongest last. They make one scenario in place of those found.
    pub given: Vec<Given>,
    /// `TF_VAR_name` by name: weaker than every file.
    pub environment: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub enum Given {
    /// Absolute.
    File(PathBuf),
    Variable {
        name: String,
        text: String,
    },
}

/// A variable file, read.
#[derive(Debug)]
pub struct VariableFile {
    pub source: Arc<Source>,
    pub values: BTreeMap<Arc<str>, Entry>,
    pub mistakes: Vec<Mistake>,
}

/// What a variable file says of one variable.
#[derive(Debug, Clone)]
pub struct Entry {
    file: Arc<hcl::File>,
    at: usize,
}

impl Entry {
    fn attribute(&self) -> &hcl::Attribute {
        &self.file.body.attributes[self.at]
    }

    pub(super) fn expr(&self) -> &Expr {
        &self.attribute().expr
    }
}

/// Whether a file name is that of a variable file.
pub fn is_variable_file(name: &str) -> bool {
    (name.ends_with(".tfvars") || name.ends_with(".tfvars.json")) && !name.starts_with('.')
}

/// Whether Terraform loads it without being told.
fn is_auto_loaded(name: &str) -> bool {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    stem == "terraform.tfvars" || stem.ends_with(".auto.tfvars")
}

impl VariableFile {
    pub fn load(path: &Path, sources: &Sources) -> Option<VariableFile> {
        let source = sources.read(path).ok()?;
        let file = hcl::parse(&source);
        let entry = |(at, attribute): (usize, &hcl::Attribute)| {
            (Arc::clone(&attribute.name), Entry { file: Arc::clone(&file), at })
        };
        let values = file.body.attributes.iter().enumerate().map(entry).collect();
        Some(VariableFile { source, values, mistakes: file.mistakes.clone() })
    }

    /// Whether a module declares every variable that the file names, and there is one.
    pub fn fits(&self, module: &Module) -> bool {
        !self.values.is_empty() && self.values.keys().all(|name| module.variables.contains_key(name))
    }

    pub(super) fn give(&self, scenario: &mut Scenario) {
        scenario.sources.push(self.source.id);
        for (name, entry) in &self.values {
            scenario.values.insert(Arc::clone(name), Assigned::Expr(entry.clone()));
        }
    }

    /// The variable whose value holds a span.
    pub fn home(&self, span: Span) -> Option<&str> {
        let holds = |entry: &Entry| entry.attribute().name_span.to(entry.expr().span).contains(span);
        self.values.iter().find(|(_, entry)| holds(entry)).map(|(name, _)| &**name)
    }
}

/// The variable files that Terraform loads by itself for a root module, the strongest last.
pub fn auto_loaded(module: &Module, sources: &Sources) -> Vec<Arc<VariableFile>> {
    let mut paths = files_in(&module.dir, is_auto_loaded);
    // terraform.tfvars is the weakest, then terraform.tfvars.json, the others follow by name.
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    paths.sort_by_key(|path| (!name(path).starts_with("terraform.tfvars"), name(path)));
    paths.iter().filter_map(|path| VariableFile::load(path, sources).map(Arc::new)).collect()
}

/// What the user gives, read.
#[derive(Debug, Default)]
pub(super) struct Outside {
    pub given: Vec<OneGiven>,
    environment: Vec<(Arc<str>, Arc<Source>)>,
}

#[derive(Debug)]
pub(super) enum OneGiven {
    File(Arc<VariableFile>),
    Variable(Arc<str>, Arc<Source>),
}

impl Outside {
    /// Reads what the user gives; with what is wrong with it.
    pub(super) fn read(inputs: &Inputs, sources: &Sources) -> (Outside, Vec<String>) {
        let (mut given, mut problems) = (Vec::new(), Vec::new());
        let held = |prefix: &str, (name, text): (&String, &String)| {
            // A text of no file, whose expressions can be parsed like those of one.
            (Arc::from(name.as_str()), sources.insert(Path::new(&format!("{prefix}{name}")), text.clone()))
        };
        for one in &inputs.given {
            match one {
                Given::File(path) => match VariableFile::load(path, sources) {
                    Some(file) => given.push(OneGiven::File(Arc::new(file))),
                    None => problems.push(format!("--var-file {}: cannot be read", path.display())),
                },
                Given::Variable { name, text } => {
                    let (name, text) = held("--var ", (name, text));
                    given.push(OneGiven::Variable(name, text));
                }
            }
        }
        let environment = inputs.environment.iter().map(|(name, text)| held("TF_VAR_", (name, text))).collect();
        (Outside { given, environment }, problems)
    }

    /// The given names that no root module declares: bad usage, as a slip would change nothing unseen. A variable file
    /// may name more, as long as it names one.
    pub(super) fn undeclared(&self, declared: &dyn Fn(&str) -> bool) -> Vec<String> {
        let problem = |one: &OneGiven| match one {
            OneGiven::Variable(name, _) if !declared(name) => {
                Some(format!("--var {name}: no root module in view declares this variable"))
            }
            OneGiven::File(file) if !file.values.keys().any(|name| declared(name)) => {
                let path = file.source.path.display();
                Some(format!("--var-file {path}: no root module in view declares any of its variables"))
            }
            _ => None,
        };
        self.given.iter().filter_map(problem).collect()
    }

    fn concerns(&self, module: &Module) -> bool {
        let declared = |name: &Arc<str>| module.variables.contains_key(name);
        self.given.iter().any(|one| match one {
            OneGiven::File(file) => file.values.keys().any(declared),
            OneGiven::Variable(name, _) => declared(name),
        })
    }
}

/// What belongs to one root module.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// Loaded by Terraform without being told, the strongest last.
    pub auto: Vec<Arc<VariableFile>>,
    pub others: Vec<Arc<VariableFile>>,
    pub terragrunt: Vec<Arc<Terragrunt>>,
}

/// The scenarios of a root module.
pub(super) fn scenarios(module: &Module, around: &Around, outside: &Outside) -> Vec<Scenario> {
    let environment = || {
        let mut scenario = Scenario::default();
        for (name, text) in outside.environment.iter().filter(|(name, _)| module.variables.contains_key(name)) {
            scenario.give(name, text);
        }
        scenario
    };
    let mut plain = environment();
    for file in &around.auto {
        file.give(&mut plain);
    }
    if outside.concerns(module) {
        for one in &outside.given {
            match one {
                OneGiven::File(file) => file.give(&mut plain),
                OneGiven::Variable(name, text) => {
                    plain.give(name, text);
                }
            }
        }
        return vec![plain];
    }
    let with = |file: &Arc<VariableFile>| {
        let mut scenario = plain.clone();
        scenario.file = Some(file.source.path.clone());
        file.give(&mut scenario);
        scenario
    };
    // Terragrunt hands its inputs on as TF_VAR_name.
    let as_unit = |unit: &Arc<Terragrunt>| {
        let mut scenario = environment();
        for name in module.variables.keys().filter(|name| unit.gives(name)) {
            scenario.values.insert(Arc::clone(name), Assigned::Input);
        }
        for file in &around.auto {
            file.give(&mut scenario);
        }
        scenario.sources.push(unit.source.id);
        scenario.file = Some(unit.source.path.clone());
        scenario.terragrunt = Some(Arc::clone(unit));
        scenario
    };
    let mut out: Vec<Scenario> = around.others.iter().filter(|file| file.fits(module)).map(with).collect();
    out.extend(around.terragrunt.iter().map(as_unit));
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
