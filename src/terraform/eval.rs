//! Values on demand: each is evaluated when it is first asked for, once, with a guard against circles.
//!
//! An [`Eval`] belongs to one root module in one scenario. A module that is called becomes an [`Instance`] for each
//! element of its `count` or `for_each`.

use super::Terraform;
use super::constraint;
use super::manifest::Manifest;
use super::module::{Module, argument};
use super::repeat::{InstanceKey, Repetition};
use super::scenario::{Assigned, Scenario};
use super::terragrunt::Input;
use super::types::{Type, convert};
use crate::source::{Source, SourceId, Sources};
use crate::syntax::hcl::{self, Block, Expr, ExprKind, ItemKey};
use crate::value::{Trail, Value, Via, Why};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Expressions nested deeper than this, through references too, are unknown.
const DEEPEST: u32 = 400;
/// Expressions evaluated for one resource, and for one root in one scenario; past them everything is unknown.
const MOST_STEPS_EACH: u64 = 1_000_000;
const MOST_STEPS: u64 = 20_000_000;
/// Modules nested deeper than this are unknown.
const DEEPEST_MODULE: usize = 40;

/// Why an expression has no value.
#[derive(Debug, Clone)]
pub(super) struct Fail {
    pub message: String,
    /// Terraform finds it before it evaluates anything, so that `try` does not catch it.
    pub fatal: bool,
}

impl Fail {
    pub(super) fn new(message: impl Into<String>) -> Fail {
        Fail { message: message.into(), fatal: false }
    }

    /// Past what kmslint evaluates: the value is not known, and no mistake.
    pub(super) fn is_limit(&self) -> bool {
        self.message.starts_with("too large")
    }

    pub(super) fn fatal(message: impl Into<String>) -> Fail {
        Fail { message: message.into(), fatal: true }
    }
}

pub(super) type Outcome = Result<Value, Fail>;

/// One root module in one scenario.
pub(super) struct Eval<'a> {
    pub(super) modules: &'a BTreeMap<PathBuf, Arc<Module>>,
    /// The modules that `terraform init` installed for the root.
    manifest: Option<&'a Manifest>,
    pub(super) root_dir: &'a Path,
    pub(super) sources: &'a Sources,
    scenario: &'a Scenario,
    instances: RefCell<Vec<Rc<Instance<'a>>>>,
    /// Where the inputs of the scenario's Terragrunt unit are evaluated.
    terragrunt: RefCell<Option<Rc<Instance<'a>>>>,
    steps: Cell<u64>,
    /// How far the steps may go for what is being evaluated.
    limit: Cell<u64>,
    depth: Cell<u32>,
    /// Data files that were read.
    pub(super) reads: RefCell<BTreeSet<SourceId>>,
}

/// A module as it is called once.
pub(super) struct Instance<'a> {
    /// Place in [`Eval::instances`].
    id: usize,
    pub module: &'a Module,
    /// What stands before an address in this module: empty for the root, else `module.hub["a"].`.
    pub prefix: String,
    /// The same as the manifest of installed modules has it, without the keys of instances: `hub.`.
    key: String,
    call: Option<Call<'a>>,
    depth: usize,
    values: RefCell<HashMap<Name<'a>, Slot>>,
    children: RefCell<HashMap<&'a str, Rc<Children<'a>>>>,
    pub(super) resources: RefCell<HashMap<usize, Rc<Vec<Resource>>>>,
}

/// The instances that one module call gives.
pub(super) type Children<'a> = Vec<(InstanceKey, Rc<Instance<'a>>)>;

/// A resource as it is declared once.
pub(super) struct Resource {
    /// `module.hub.azurerm_route.kms["a"]`.
    pub address: String,
    pub repetition: Repetition,
}

struct Call<'a> {
    /// Which of [`Eval::instances`] calls.
    parent: usize,
    block: &'a Block,
    repetition: Repetition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Name<'a> {
    Local(&'a str),
    Variable(&'a str),
    Output(&'a str),
    /// Block by address, instance, attribute.
    Attribute(usize, usize, &'a str),
}

enum Slot {
    Busy,
    Done(Value),
}

/// What names mean where an expression stands.
pub(super) struct Scope<'s, 'a> {
    pub instance: &'s Rc<Instance<'a>>,
    pub repetition: Option<&'s Repetition>,
    pub names: Option<&'s Names<'s>>,
}

/// Variables of `for`, iterators of `dynamic`: the innermost first.
pub(super) struct Names<'s> {
    pub name: &'s str,
    pub value: &'s Value,
    pub outer: Option<&'s Names<'s>>,
}

impl Names<'_> {
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        if self.name == name { Some(self.value) } else { self.outer?.get(name) }
    }
}

impl<'a> Scope<'_, 'a> {
    pub(super) fn of<'s>(instance: &'s Rc<Instance<'a>>, repetition: Option<&'s Repetition>) -> Scope<'s, 'a> {
        Scope { instance, repetition, names: None }
    }

    pub(super) fn with<'s>(&'s self, names: Option<&'s Names<'s>>) -> Scope<'s, 'a> {
        Scope { instance: self.instance, repetition: self.repetition, names }
    }
}

impl<'a> Instance<'a> {
    /// A named value: made once.
    pub(super) fn memo(&self, name: Name<'a>, make: impl FnOnce() -> Value) -> Value {
        match self.values.borrow().get(&name) {
            Some(Slot::Done(value)) => return value.clone(),
            Some(Slot::Busy) => {
                return Value::unknown(Why::because("the value refers to itself"), Trail::nowhere());
            }
            None => {}
        }
        self.values.borrow_mut().insert(name, Slot::Busy);
        let value = make();
        self.values.borrow_mut().insert(name, Slot::Done(value.clone()));
        value
    }
}

impl<'a> Eval<'a> {
    pub(super) fn new(
        terraform: &'a Terraform,
        root_dir: &'a Path,
        sources: &'a Sources,
        scenario: &'a Scenario,
    ) -> Eval<'a> {
        Eval {
            modules: &terraform.modules,
            manifest: terraform.manifests.get(root_dir),
            root_dir,
            sources,
            scenario,
            instances: RefCell::default(),
            terragrunt: RefCell::default(),
            steps: Cell::new(0),
            limit: Cell::new(MOST_STEPS_EACH),
            depth: Cell::new(0),
            reads: RefCell::default(),
        }
    }

    /// The root module's only instance; `None` where the folder was not loaded.
    pub(super) fn root(&self) -> Option<Rc<Instance<'a>>> {
        if let Some(root) = self.instances.borrow().first() {
            return Some(Rc::clone(root));
        }
        let module = self.modules.get(self.root_dir)?;
        Some(self.instance(module, Default::default(), None, 0))
    }

    fn instance(
        &self,
        module: &'a Module,
        (prefix, key): (String, String),
        call: Option<Call<'a>>,
        depth: usize,
    ) -> Rc<Instance<'a>> {
        let mut all = self.instances.borrow_mut();
        let instance = Rc::new(Instance {
            id: all.len(),
            module,
            prefix,
            key,
            call,
            depth,
            values: RefCell::default(),
            children: RefCell::default(),
            resources: RefCell::default(),
        });
        all.push(Rc::clone(&instance));
        instance
    }

    /// Runs one step of evaluation, unless the budget is used up.
    pub(super) fn step(&self, run: impl FnOnce() -> Outcome) -> Outcome {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps > self.limit.get() {
            return Ok(Value::unknown(Why::because("evaluation takes too many steps"), Trail::nowhere()));
        }
        let depth = self.depth.get();
        if depth >= DEEPEST {
            return Ok(Value::unknown(Why::because("the expression is nested too deeply"), Trail::nowhere()));
        }
        self.depth.set(depth + 1);
        let outcome = run();
        self.depth.set(depth);
        outcome
    }

    /// Gives the next resource a budget of its own, as far as that of the root goes: one that is hostile costs itself.
    pub(super) fn refuel(&self) {
        self.limit.set((self.steps.get() + MOST_STEPS_EACH).min(MOST_STEPS));
    }

    /// Whether the budget is used up.
    pub(super) fn is_exhausted(&self) -> bool {
        self.steps.get() > self.limit.get()
    }

    /// The value of an expression where a mistake in it makes it unknown.
    pub(super) fn settle(&self, scope: &Scope<'_, 'a>, expr: &Expr) -> Value {
        self.expr(scope, expr)
            .unwrap_or_else(|fail| Value::unknown(Why::because(fail.message), Trail::computed(expr.span, &[])))
    }

    pub(super) fn local(&self, instance: &Rc<Instance<'a>>, name: &str) -> Outcome {
        let Some((name, local)) = instance.module.locals.get_key_value(name) else {
            return Err(Fail::fatal(format!("local.{name} is not declared")));
        };
        Ok(instance.memo(Name::Local(name), || {
            let attribute = local.attribute();
            let value = self.settle(&Scope::of(instance, None), &attribute.expr);
            value.through(Via::Local, attribute.name_span)
        }))
    }

    pub(super) fn output(&self, instance: &Rc<Instance<'a>>, name: &str) -> Outcome {
        let Some((name, block)) = instance.module.outputs.get_key_value(name) else {
            return Err(Fail::fatal(format!("the module has no output {name}")));
        };
        Ok(instance.memo(Name::Output(name), || match argument(block, "value") {
            Some(expr) => {
                let value = self.settle(&Scope::of(instance, None), expr).through(Via::Output, block.header);
                self.marked(instance, block, value)
            }
            None => Value::null(Trail::written(block.header)),
        }))
    }

    pub(super) fn variable(&self, instance: &Rc<Instance<'a>>, name: &str) -> Outcome {
        let Some((name, block)) = instance.module.variables.get_key_value(name) else {
            return Err(Fail::fatal(format!("var.{name} is not declared")));
        };
        Ok(instance.memo(Name::Variable(name), || {
            let value = self.variable_value(instance, name, block);
            self.marked(instance, block, value).through(Via::Variable, block.header)
        }))
    }

    fn variable_value(&self, instance: &Rc<Instance<'a>>, name: &str, block: &Block) -> Value {
        let scope = Scope::of(instance, None);
        let ty = argument(block, "type").map_or(Type::Any, |expr| constraint::read(self, &scope, expr));
        let default = || argument(block, "default").map(|expr| self.settle(&scope, expr));
        let nullable = argument(block, "nullable").is_none_or(|e| self.settle(&scope, e).as_bool() != Some(false));
        let given = self.given(instance, name).filter(|value| nullable || !value.is_null());
        let Some(value) = given.or_else(default) else {
            let address = format!("{}var.{name}", instance.prefix);
            let text = format!("no value is given for {address}");
            return Value::unknown(Why::named(address, text), Trail::written(block.header));
        };
        let trail = value.trail.clone();
        convert(&value, &ty).unwrap_or_else(|message| {
            Value::unknown(Why::because(format!("{}var.{name}: {message}", instance.prefix)), trail)
        })
    }

    /// What the scenario or the call gives to a variable.
    fn given(&self, instance: &Rc<Instance<'a>>, name: &str) -> Option<Value> {
        let Some(call) = &instance.call else {
            return self.assigned(instance, name);
        };
        let attribute = call.block.body.attribute(name)?;
        let parent = Rc::clone(&self.instances.borrow()[call.parent]);
        let scope = Scope::of(&parent, Some(&call.repetition));
        Some(self.settle(&scope, &attribute.expr).through(Via::Argument, attribute.name_span))
    }

    /// What the scenario gives to a variable of the root module.
    fn assigned(&self, instance: &Rc<Instance<'a>>, name: &str) -> Option<Value> {
        let scope = Scope::of(instance, None);
        match self.scenario.values.get(name)? {
            Assigned::Expr(entry) => Some(self.settle(&scope, entry.expr())),
            Assigned::Text(text) => {
                let block = instance.module.variables.get(name)?;
                let ty = argument(block, "type").map(|expr| constraint::read(self, &scope, expr));
                let trail = Trail::computed(block.header, &[]);
                if matches!(ty, None | Some(Type::String)) {
                    return Some(Value::text(text.text.as_str(), trail));
                }
                let value = match hcl::parse_expression(text) {
                    Ok(expr) => self.settle(&scope, &expr),
                    Err(mistake) => {
                        Value::unknown(Why::because(format!("var.{name}: {}", mistake.message)), trail.clone())
                    }
                };
                Some(value.placed(&trail))
            }
            Assigned::Input => self.terragrunt_input(name),
        }
    }

    /// An input of the Terragrunt unit that runs the root module.
    fn terragrunt_input(&self, name: &str) -> Option<Value> {
        let unit = self.scenario.terragrunt.as_deref()?;
        let known = self.terragrunt.borrow().clone();
        let instance = known.unwrap_or_else(|| self.instance(&unit.module, Default::default(), None, 0));
        *self.terragrunt.borrow_mut() = Some(Rc::clone(&instance));
        let scope = Scope::of(&instance, None);
        match &unit.inputs {
            Input::Entries(entries) => Some(self.settle(&scope, entries.get(name)?)),
            Input::Whole(expr) => {
                let all = self.settle(&scope, expr);
                match (all.get(name), all.any_why()) {
                    (Some(value), _) => Some(value),
                    (None, Some(why)) => Some(Value::unknown(why, all.trail)),
                    (None, None) => None,
                }
            }
        }
    }

    fn marked(&self, instance: &Rc<Instance<'a>>, block: &Block, mut value: Value) -> Value {
        let scope = Scope::of(instance, None);
        if argument(block, "sensitive").is_some_and(|expr| self.settle(&scope, expr).as_bool() == Some(true)) {
            value.trail = value.trail.secret();
        }
        value
    }

    /// The instances of a module call; `None` where the module is not at hand.
    pub(super) fn children(&self, instance: &Rc<Instance<'a>>, name: &str) -> Option<Rc<Children<'a>>> {
        if let Some(known) = instance.children.borrow().get(name) {
            return Some(Rc::clone(known));
        }
        let (name, block) = instance.module.calls.get_key_value(name)?;
        let key = format!("{}{name}", instance.key);
        let dir = instance.module.called_dir(block).or_else(|| self.manifest?.dir(&key).map(Path::to_path_buf))?;
        let module = self.modules.get(&dir)?;
        if instance.depth >= DEEPEST_MODULE || self.is_exhausted() || self.calls_itself(instance, module) {
            return None;
        }
        let mut made = Vec::new();
        for repetition in self.repetitions(&Scope::of(instance, None), block) {
            let key = repetition.key.clone();
            let prefix = format!("{}module.{name}{key}.", instance.prefix);
            let call = Call { parent: instance.id, block, repetition };
            let place = (prefix, format!("{}{name}.", instance.key));
            made.push((key, self.instance(module, place, Some(call), instance.depth + 1)));
        }
        let made = Rc::new(made);
        instance.children.borrow_mut().insert(name, Rc::clone(&made));
        Some(made)
    }

    /// Whether a module stands among its own callers.
    fn calls_itself(&self, instance: &Instance<'a>, module: &Module) -> bool {
        if std::ptr::eq(instance.module, module) {
            return true;
        }
        let parent = instance.call.as_ref().map(|call| Rc::clone(&self.instances.borrow()[call.parent]));
        parent.is_some_and(|parent| self.calls_itself(&parent, module))
    }

    /// What decides whether an instance is there at all, if that is not known.
    pub(super) fn doubt(&self, instance: &Instance<'a>) -> Option<Why> {
        let call = instance.call.as_ref()?;
        let parent = Rc::clone(&self.instances.borrow()[call.parent]);
        call.repetition.doubt.clone().or_else(|| self.doubt(&parent))
    }

    /// The provider configuration that a resource uses, as the root module names it: two resources of one name under
    /// two of them are two.
    pub(super) fn provider(&self, instance: &Instance<'a>, block: &Block) -> String {
        let kind = block.labels[0].split('_').next().unwrap_or_default().to_owned();
        let named = argument(block, "provider").map(|expr| self.text_of(expr));
        self.passed_provider(instance, named.unwrap_or(kind))
    }

    fn passed_provider(&self, instance: &Instance<'a>, local: String) -> String {
        let Some(call) = &instance.call else { return local };
        let parent = Rc::clone(&self.instances.borrow()[call.parent]);
        let given = match argument(call.block, "providers").map(|expr| &expr.kind) {
            Some(ExprKind::Object(items)) => items.iter().find_map(|item| {
                let key = match &item.key {
                    ItemKey::Name(name, _) => name.to_string(),
                    ItemKey::Expr(expr) => self.text_of(expr),
                };
                (key == local).then(|| self.text_of(&item.value))
            }),
            _ => None,
        };
        self.passed_provider(&parent, given.unwrap_or(local))
    }

    /// The text of an expression as written.
    fn text_of(&self, expr: &Expr) -> String {
        self.sources.get(expr.span.source).slice(expr.span).to_owned()
    }

    /// Reads a data file as Terraform does: from the root module's folder.
    pub(super) fn read(&self, path: &str) -> Result<Arc<Source>, String> {
        let source = self.sources.read(&self.root_dir.join(path)).map_err(|miss| format!("{path} {miss}"))?;
        self.reads.borrow_mut().insert(source.id);
        Ok(source)
    }
}
