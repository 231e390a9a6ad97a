//! Terraform: from folders of files to containers.
//!
//! A folder with `*.tf` files is a module. A root is a module that no other in view calls; it is evaluated once for
//! each of its scenarios, together with the local modules it calls.

mod azapi;
mod azurerm;
mod body;
mod caf;
mod call;
mod constraint;
mod eval;
mod expression;
pub mod functions;
mod guess;
mod host;
mod input;
mod landing;
pub mod manifest;
pub mod module;
mod reference;
mod repeat;
pub mod scenario;
mod sharing;
pub mod terragrunt;
pub mod types;

use crate::model::row::{self, Place, Row};
use crate::model::{self, Container, Embedded, SubnetFact};
use crate::source::{Source, SourceId, Sources, Span};
use crate::syntax::hcl::{self, Block, Mistake};
use crate::value::{Map, MapEntry, MapKind, Trail, Value};
use eval::{Eval, Instance, Resource, Scope};
use manifest::Manifest;
use module::Module;
use rayon::prelude::*;
use scenario::{Around, Inputs, Outside, Scenario, VariableFile};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use terragrunt::Terragrunt;

/// All Terraform in view, read but not evaluated.
#[derive(Debug, Default)]
pub struct Terraform {
    /// By folder: those in view, and those that they call.
    pub modules: BTreeMap<PathBuf, Arc<Module>>,
    pub variable_files: Vec<Arc<VariableFile>>,
    pub terragrunt: Vec<Arc<Terragrunt>>,
    pub roots: Vec<Root>,
    /// By the folder of the root module.
    pub manifests: BTreeMap<PathBuf, Manifest>,
    /// What is wrong with what the user gives to variables.
    pub problems: Vec<String>,
}

/// A module that is run by itself.
#[derive(Debug)]
pub struct Root {
    pub dir: PathBuf,
    pub scenarios: Vec<Scenario>,
    /// A folder that has no code and is run with that of the Cloud Adoption Framework.
    pub is_landing_zone: bool,
    /// The folders of the modules that take part, this one too.
    pub closure: BTreeSet<PathBuf>,
}

/// What one root is in one scenario.
pub struct Evaluated {
    pub containers: Vec<Container>,
    /// ARM templates that are deployed.
    pub embedded: Vec<Embedded>,
    /// Data files that were read on the way.
    pub reads: BTreeSet<SourceId>,
}

impl Terraform {
    /// Whether a file is Terraform's by its name.
    pub fn reads(name: &str) -> bool {
        module::is_module_file(name) || scenario::is_variable_file(name) || name == terragrunt::FILE_NAME
    }

    /// Reads the modules and variable files among `files`, and the modules that they call, wherever those are.
    pub fn load(files: &[PathBuf], inputs: &Inputs, sources: &Sources) -> Terraform {
        let named = |test: fn(&str) -> bool| {
            files.iter().filter(move |path| path.file_name().and_then(|name| name.to_str()).is_some_and(test))
        };
        let in_view: BTreeSet<PathBuf> =
            named(module::is_module_file).filter_map(|path| path.parent().map(Path::to_path_buf)).collect();
        let variable_paths: Vec<&PathBuf> = named(scenario::is_variable_file).collect();
        let units = named(|name| name == terragrunt::FILE_NAME);
        let manifests: BTreeMap<PathBuf, Manifest> =
            in_view.iter().filter_map(|dir| Some((dir.clone(), Manifest::load(dir, sources)?))).collect();
        let installed = manifests.values().flat_map(Manifest::dirs).cloned();
        let mut terraform = Terraform {
            modules: load_modules(&in_view.iter().cloned().chain(installed).collect(), sources),
            variable_files: variable_paths
                .par_iter()
                .filter_map(|path| VariableFile::load(path, sources).map(Arc::new))
                .collect(),
            terragrunt: units.filter_map(|path| Terragrunt::load(path, sources).map(Arc::new)).collect(),
            manifests,
            ..Terraform::default()
        };
        let (outside, problems) = Outside::read(inputs, sources);
        terraform.problems = problems;
        terraform.roots = terraform.find_roots(&in_view, &outside, sources);
        terraform.add_landing_zones();
        let roots = || terraform.roots.iter().filter_map(|root| terraform.modules.get(&root.dir));
        let undeclared = outside.undeclared(&|name| roots().any(|module| module.variables.contains_key(name)));
        terraform.problems.extend(undeclared);
        terraform
    }

    fn find_roots(&self, in_view: &BTreeSet<PathBuf>, outside: &Outside, sources: &Sources) -> Vec<Root> {
        let callers = self.modules.iter().filter(|(dir, _)| in_view.contains(*dir));
        let called: BTreeSet<PathBuf> =
            callers.flat_map(|(dir, module)| module.called_dirs().filter(move |called| called != dir)).collect();
        let run = |dir: &PathBuf| self.terragrunt.iter().any(|unit| unit.target == *dir);
        let mut dirs: Vec<PathBuf> = in_view.iter().filter(|dir| !called.contains(*dir) || run(dir)).cloned().collect();
        let mut reached: BTreeSet<PathBuf> = dirs.iter().flat_map(|dir| self.closure(dir)).collect();
        // Modules that call each other in a circle have no root; the first of them stands for it.
        for dir in in_view {
            if !reached.contains(dir) {
                reached.extend(self.closure(dir));
                dirs.push(dir.clone());
            }
        }
        let fitting = self.assign_variable_files(&dirs);
        let root = |dir: &PathBuf| {
            let module = self.modules.get(dir)?;
            let around = Around {
                auto: scenario::auto_loaded(module, sources),
                others: fitting.get(dir).cloned().unwrap_or_default(),
                terragrunt: self.terragrunt.iter().filter(|unit| unit.target == *dir).cloned().collect(),
            };
            let scenarios = scenario::scenarios(module, &around, outside);
            Some(Root { dir: dir.clone(), scenarios, is_landing_zone: false, closure: self.closure(dir) })
        };
        dirs.iter().filter_map(root).collect()
    }

    /// The folders of variable files that belong to no code in view.
    fn add_landing_zones(&mut self) {
        let dirs: Vec<PathBuf> = self.roots.iter().map(|root| root.dir.clone()).collect();
        let fitting: BTreeSet<SourceId> =
            self.assign_variable_files(&dirs).values().flatten().map(|file| file.source.id).collect();
        let left = self.variable_files.iter().filter(|file| !fitting.contains(&file.source.id));
        for root in landing::roots(&left.cloned().collect::<Vec<_>>(), &self.modules) {
            let nothing = Module::without_files(&root.dir);
            self.modules.insert(root.dir.clone(), Arc::new(nothing));
            self.roots.push(root);
        }
    }

    /// Which root each variable file that is not loaded by itself belongs to: the nearest above it that declares all
    /// its names, else the only one of all that does. A folder with a module keeps its variable files to itself.
    fn assign_variable_files(&self, roots: &[PathBuf]) -> BTreeMap<PathBuf, Vec<Arc<VariableFile>>> {
        let mut out: BTreeMap<PathBuf, Vec<Arc<VariableFile>>> = BTreeMap::new();
        let fits = |file: &VariableFile, dir: &PathBuf| self.modules.get(dir).is_some_and(|module| file.fits(module));
        for file in &self.variable_files {
            let Some(dir) = file.source.path.parent() else { continue };
            let own = self.modules.contains_key(dir);
            if own && scenario::loads_itself(&file.source.path) {
                continue;
            }
            let above = dir.ancestors().filter(|above| !own || *above == dir);
            let nearest = above.filter_map(|above| roots.iter().find(|root| root.as_path() == above));
            let chosen = nearest.into_iter().find(|root| fits(file, root)).or_else(|| {
                let mut all = roots.iter().filter(|root| !own && fits(file, root));
                all.next().filter(|_| all.next().is_none())
            });
            if let Some(root) = chosen {
                out.entry(root.clone()).or_default().push(Arc::clone(file));
            }
        }
        out
    }

    fn closure(&self, root: &Path) -> BTreeSet<PathBuf> {
        let mut out = BTreeSet::new();
        let installed = self.manifests.get(root).into_iter().flat_map(Manifest::dirs).cloned();
        let mut todo: Vec<PathBuf> = installed.chain([root.to_path_buf()]).collect();
        while let Some(dir) = todo.pop() {
            if let Some(module) = self.modules.get(&dir)
                && out.insert(dir)
            {
                todo.extend(module.called_dirs());
            }
        }
        out
    }

    /// For a file of an installed module, the `source` of the call in the root's own code that brings it.
    pub fn call_of(&self, root: &Root, path: &Path) -> Option<Span> {
        self.manifests.get(&root.dir)?.call_of(path, &root.dir, &self.modules)
    }

    /// What cannot be parsed, in modules and variable files.
    pub fn mistakes(&self) -> impl Iterator<Item = &Mistake> {
        let of_modules = self.modules.values().flat_map(|module| &module.mistakes);
        let of_files = self.variable_files.iter().flat_map(|file| &file.mistakes);
        of_modules.chain(of_files).chain(self.terragrunt.iter().flat_map(|unit| &unit.mistakes))
    }

    /// The resources that are declared a second time in a folder, which Terraform refuses.
    pub fn doubles(&self) -> BTreeSet<(PathBuf, Vec<Arc<str>>)> {
        let of_module = |module: &Arc<Module>| {
            let mut seen = HashSet::new();
            let again = module.resources.iter().filter(|block| !seen.insert(&block.labels));
            again.map(|block| (module.dir.clone(), block.labels.clone())).collect::<Vec<_>>()
        };
        self.modules.values().flat_map(of_module).collect()
    }

    /// Where a place lives, whatever its line: `local.x`, `var.x`, `azurerm_route.kms`, a key of a variable file;
    /// empty where it lives in none of them.
    pub fn home(&self, span: Span) -> String {
        let in_module = self.modules.values().filter(|module| module.has_source(span.source));
        let home = in_module.into_iter().find_map(|module| module.home(span));
        let in_file = || {
            let file = self.variable_files.iter().find(|file| file.source.id == span.source);
            file.and_then(|file| file.home(span)).map(str::to_owned)
        };
        home.or_else(in_file).unwrap_or_default()
    }

    /// Evaluates a root in one of its scenarios.
    pub fn evaluate(&self, root: &Root, scenario: &Scenario, sources: &Sources) -> Evaluated {
        let eval = Eval::new(self, &root.dir, sources, scenario);
        let mut found = Found::default();
        if let Some(instance) = eval.root() {
            each_instance(&eval, &instance, &mut |instance| {
                collect(&eval, instance, &mut found);
                call::collect(&eval, instance, &mut found.parts);
            });
            if root.is_landing_zone {
                found.parts.extend(call::landing_zone(&eval, &instance, scenario));
            }
        }
        let containers = model::unite(found.parts, &found.subnets);
        Evaluated { containers, embedded: found.embedded, reads: eval.reads.take() }
    }

    /// Evaluates an expression as `terraform console` does in the folder of a root.
    pub fn console(
        &self,
        root: &Root,
        scenario: &Scenario,
        sources: &Sources,
        expression: &Arc<Source>,
    ) -> Result<Value, String> {
        let expr = hcl::parse_expression(expression).map_err(|mistake| mistake.message)?;
        let eval = Eval::new(self, &root.dir, sources, scenario);
        let instance = eval.root().ok_or("the folder holds no module")?;
        eval.expr(&Scope::of(&instance, None), &expr).map_err(|fail| fail.message)
    }

    /// The resources of a root and its modules, of the types that `wanted` picks: address, and all arguments as an
    /// object.
    pub fn resources(
        &self,
        root: &Root,
        scenario: &Scenario,
        sources: &Sources,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Vec<(String, Value)> {
        let eval = Eval::new(self, &root.dir, sources, scenario);
        let mut out = Vec::new();
        if let Some(instance) = eval.root() {
            each_instance(&eval, &instance, &mut |instance| {
                for block in instance.module.resources.iter().filter(|block| wanted(&block.labels[0])) {
                    eval.refuel();
                    for (at, resource) in eval.declared(instance, block).iter().enumerate() {
                        let arguments = Map::new(MapKind::Object, eval.arguments(instance, block, at));
                        let value = Value::map(arguments, Trail::written(block.header));
                        out.push((resource.address.clone(), value));
                    }
                }
            });
        }
        out
    }

    /// What the names of a root and its modules stand for, see `inspect --values`.
    pub fn values(&self, root: &Root, scenario: &Scenario, sources: &Sources) -> Vec<ModuleValues> {
        let eval = Eval::new(self, &root.dir, sources, scenario);
        let mut out = Vec::new();
        if let Some(instance) = eval.root() {
            each_instance(&eval, &instance, &mut |instance| out.push(name_values(&eval, instance)));
        }
        out
    }
}

/// The named values of one instance of a module.
pub struct ModuleValues {
    /// `module.hub["a"]`; empty for the root.
    pub path: String,
    pub locals: Vec<(String, Value)>,
    pub variables: Vec<(String, Value)>,
    pub outputs: Vec<(String, Value)>,
}

fn load_modules(first: &BTreeSet<PathBuf>, sources: &Sources) -> BTreeMap<PathBuf, Arc<Module>> {
    let mut out = BTreeMap::new();
    let mut todo: Vec<PathBuf> = first.iter().cloned().collect();
    while !todo.is_empty() {
        let loaded: Vec<Module> = todo.par_iter().map(|dir| Module::load(dir, sources)).collect();
        let mut next = BTreeSet::new();
        for module in loaded.into_iter().filter(|module| !module.sources.is_empty()) {
            next.extend(module.called_dirs());
            out.insert(module.dir.clone(), Arc::new(module));
        }
        todo = next.into_iter().filter(|dir| !out.contains_key(dir)).collect();
    }
    out
}

/// An instance of a module, then those of the modules that it calls.
fn each_instance<'a>(eval: &Eval<'a>, instance: &Rc<Instance<'a>>, run: &mut dyn FnMut(&Rc<Instance<'a>>)) {
    run(instance);
    for name in instance.module.calls.keys() {
        for (_, child) in eval.children(instance, name).iter().flat_map(|children| children.iter()) {
            each_instance(eval, child, run);
        }
    }
}

/// What resources declare.
#[derive(Default)]
struct Found {
    parts: Vec<Container>,
    subnets: Vec<SubnetFact>,
    embedded: Vec<Embedded>,
}

/// The containers that an instance of a module declares.
fn collect<'a>(eval: &Eval<'a>, instance: &Rc<Instance<'a>>, found: &mut Found) {
    for block in &instance.module.resources {
        let kind = &*block.labels[0];
        if !azurerm::is_known(kind) {
            continue;
        }
        let rows: Vec<&Row> = azurerm::rows(kind).collect();
        let of_subnets = azurerm::subnet_arguments(kind);
        let template = azurerm::template_arguments(kind);
        eval.refuel();
        for (at, resource) in eval.declared(instance, block).iter().enumerate() {
            let place = || Place {
                address: resource.address.clone(),
                span: block.header,
                doubt: resource.repetition.doubt.clone().or_else(|| eval.doubt(instance)),
                scope: Value::text(eval.provider(instance, block), Trail::nowhere()),
                id: Some(format!("${{{}.id}}", resource.address).to_lowercase()),
            };
            let value = |names: &[&'static str]| wanted(eval, instance, (block, at, resource), names);
            for row in &rows {
                found.parts.push(row::read(row, &value(&row.wanted()), place()));
            }
            if let Some(arguments) = &of_subnets {
                let id = place().id.unwrap_or_default();
                found.subnets.extend(azurerm::subnet_fact(kind, &value(arguments), &id));
            }
            if let Some((template, parameters)) = template {
                let arguments = [&[template], parameters].concat();
                let embedded = azapi::embedded(&value(&arguments), template, parameters, &resource.address);
                found.embedded.extend(embedded);
            }
            if azurerm::is_azapi(kind) {
                found.parts.extend(azapi::read(&value(&azapi::WANTED), &place));
            }
            if kind == "azurerm_virtual_network" {
                found.parts.extend(row::attachments(
                    &value(&["subnet"]),
                    "subnet",
                    ["route_table_id", "security_group"],
                    &place(),
                ));
            }
        }
    }
}

/// What a resource sets of that which its catalogue row asks for.
fn wanted<'a>(
    eval: &Eval<'a>,
    instance: &Rc<Instance<'a>>,
    (block, at, resource): (&'a Arc<Block>, usize, &Resource),
    names: &[&'static str],
) -> Value {
    let mut entries = Vec::new();
    for name in names {
        let value = match block.body.attribute(name) {
            Some(_) => Some(eval.attribute(instance, block, at, name)),
            None => eval.nested(&Scope::of(instance, Some(&resource.repetition)), &block.body, name),
        };
        if let Some(value) = value {
            entries.push(MapEntry { key: (*name).into(), key_trail: Trail::nowhere(), value });
        }
    }
    Value::map(Map::new(MapKind::Object, entries), Trail::written(block.header))
}

fn name_values<'a>(eval: &Eval<'a>, instance: &Rc<Instance<'a>>) -> ModuleValues {
    let module = instance.module;
    let of = |names: Vec<&Arc<str>>, value: &dyn Fn(&str) -> Option<Value>| {
        names.into_iter().filter_map(|name| Some((name.to_string(), value(name)?))).collect::<Vec<_>>()
    };
    ModuleValues {
        path: instance.prefix.trim_end_matches('.').to_owned(),
        locals: of(module.locals.keys().collect(), &|name| eval.local(instance, name).ok()),
        variables: of(module.variables.keys().collect(), &|name| eval.variable(instance, name).ok()),
        outputs: of(module.outputs.keys().collect(), &|name| eval.output(instance, name).ok()),
    }
}
