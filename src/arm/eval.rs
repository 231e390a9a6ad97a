//! Values of a template on demand.
//!
//! A template, from a file or inside another language, is a raw value: objects, lists and texts as written. A [`Scope`]
//! is a template in one evaluation; expressions are evaluated in it, with the loops and lambdas around them.

use super::expression::{self, Expr, ExprKind, Parsed, Step};
use super::functions;
use super::place::Place;
use crate::source::Span;
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Piece, Text, Trail, Value, Via, Why};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Steps of evaluation in one unit and scenario; past them everything is unknown.
const MOST_STEPS: u64 = 10_000_000;
/// Elements that functions and loops make in one unit and scenario.
const MOST_MADE: u64 = 1_000_000;
/// Expressions nested deeper than this, through variables too, are unknown.
const DEEPEST: u32 = 400;
/// Loops of more rounds are unknown.
const MOST_ROUNDS: f64 = 100_000.0;

/// Why an expression has no value.
#[derive(Debug, Clone)]
pub(super) enum Fail {
    /// A mistake that Azure would refuse.
    Mistake(String),
    /// Known only in Azure, or more than is evaluated.
    Unknown(Why),
}

pub(super) type Outcome = Result<Value, Fail>;

pub(super) fn mistake<T>(message: impl Into<String>) -> Result<T, Fail> {
    Err(Fail::Mistake(message.into()))
}

/// A template in one evaluation.
pub(super) struct Scope {
    /// The raw template.
    pub template: Value,
    /// Values of parameters, by name in lower case.
    pub given: HashMap<String, Value>,
    /// Whose parameters, variables and functions expressions see: of a template with outer scope those around it.
    pub outer: Option<(Rc<Scope>, Rc<Env>)>,
    pub place: Place,
    /// Of the file that holds the template: links are relative to it.
    pub folder: PathBuf,
    /// The deployments that lead here, as an address begins: empty, or `spokes/`.
    pub path: String,
    /// Deployments of this template by name and by symbolic name, for what reads their outputs.
    pub deployments: RefCell<HashMap<String, Vec<Rc<super::deploy::Deployment>>>>,
    /// Id, name and type of resources by symbolic name.
    pub symbols: RefCell<HashMap<String, Value>>,
    memo: RefCell<HashMap<(bool, String), Option<Value>>>,
    /// The same template by its own names, where it is seen from another.
    own: std::cell::OnceCell<Rc<Scope>>,
}

/// The loops, lambdas and parameters of a function around an expression: the innermost first.
#[derive(Default)]
pub(super) struct Env {
    binding: Option<Binding>,
    outer: Option<Rc<Env>>,
}

enum Binding {
    /// A loop; those of resources, deployments and outputs are asked for without a name too.
    Loop { name: String, index: Value, unnamed: bool },
    /// A variable of a lambda.
    Lambda { name: String, value: Value },
    /// A user function: its own parameters, and nothing of what is around.
    Function(HashMap<String, Value>),
}

impl Env {
    pub(super) fn with_loop(self: &Rc<Self>, name: &str, index: Value, unnamed: bool) -> Rc<Env> {
        let binding = Binding::Loop { name: name.to_lowercase(), index, unnamed };
        Rc::new(Env { binding: Some(binding), outer: Some(Rc::clone(self)) })
    }

    pub(super) fn with_lambda(self: &Rc<Self>, name: &str, value: Value) -> Rc<Env> {
        let binding = Binding::Lambda { name: name.to_lowercase(), value };
        Rc::new(Env { binding: Some(binding), outer: Some(Rc::clone(self)) })
    }

    fn of_function(parameters: HashMap<String, Value>) -> Rc<Env> {
        Rc::new(Env { binding: Some(Binding::Function(parameters)), outer: None })
    }

    fn find<T>(&self, wanted: &dyn Fn(&Binding) -> Option<T>) -> Option<T> {
        let mut at = Some(self);
        while let Some(env) = at {
            if let Some(found) = env.binding.as_ref().and_then(wanted) {
                return Some(found);
            }
            at = env.outer.as_deref();
        }
        None
    }

    /// A parameter of the user function around; `None` outside one.
    fn parameter(&self, name: &str) -> Option<Outcome> {
        self.find(&|binding| match binding {
            Binding::Function(parameters) => Some(match parameters.get(name) {
                Some(value) => Ok(value.clone()),
                None => mistake(format!("the function has no parameter {name}")),
            }),
            _ => None,
        })
    }

    /// The index of a loop, by name or of the innermost that needs none.
    pub(super) fn copy_index(&self, name: Option<&str>) -> Option<Value> {
        self.find(&|binding| match (binding, name) {
            (Binding::Loop { name: own, index, .. }, Some(name)) if own == name => Some(index.clone()),
            (Binding::Loop { index, unnamed: true, .. }, None) => Some(index.clone()),
            _ => None,
        })
    }

    fn has_loop(&self) -> bool {
        self.find(&|binding| matches!(binding, Binding::Loop { .. }).then_some(())).is_some()
    }

    pub(super) fn lambda(&self, name: &str) -> Option<Value> {
        self.find(&|binding| match binding {
            Binding::Lambda { name: own, value } if own == name => Some(value.clone()),
            _ => None,
        })
    }
}

impl Scope {
    /// The template by its own names.
    fn own(&self) -> Rc<Scope> {
        let made = || {
            let own = Scope::new(self.template.clone(), HashMap::new(), self.place.clone(), self.path.clone());
            Rc::new(own.in_folder(&self.folder))
        };
        Rc::clone(self.own.get_or_init(made))
    }

    /// The same, read from a file of this folder.
    pub(super) fn in_folder(self, folder: &Path) -> Scope {
        Scope { folder: folder.to_path_buf(), ..self }
    }

    pub(super) fn new(template: Value, given: HashMap<String, Value>, place: Place, path: String) -> Scope {
        Scope {
            folder: PathBuf::new(),
            own: std::cell::OnceCell::new(),
            template,
            given,
            outer: None,
            place,
            path,
            deployments: RefCell::default(),
            symbols: RefCell::default(),
            memo: RefCell::default(),
        }
    }

    /// The same with the names of a template around it in place of its own.
    pub(super) fn seen_from(self, around: (Rc<Scope>, Rc<Env>)) -> Scope {
        Scope { outer: Some(around), ..self }
    }
}

/// Where an expression stands.
#[derive(Clone)]
pub(super) struct Site {
    pub scope: Rc<Scope>,
    pub env: Rc<Env>,
}

impl Site {
    pub(super) fn top(scope: &Rc<Scope>) -> Site {
        Site { scope: Rc::clone(scope), env: Rc::default() }
    }

    pub(super) fn within(&self, env: Rc<Env>) -> Site {
        Site { scope: Rc::clone(&self.scope), env }
    }

    /// Where names are looked up: of a template with outer scope, in the one around it.
    fn seen(&self) -> Site {
        match &self.scope.outer {
            // Loops of its own properties stand in its own environment, the others around it.
            Some((scope, _)) => Site { scope: Rc::clone(scope), env: Rc::clone(&self.env) }.seen(),
            None => self.clone(),
        }
    }
}

/// One unit in one scenario.
pub(super) struct Eval {
    /// `AzureCloud`, ..., where it is known.
    pub cloud: Option<String>,
    parsed: RefCell<HashMap<Rc<str>, Rc<Parsed>>>,
    steps: Cell<u64>,
    depth: Cell<u32>,
    made: Cell<u64>,
    /// Whether the default of a parameter is evaluated, in which alone some functions stand.
    pub(super) in_default: Cell<bool>,
}

impl Eval {
    pub(super) fn new(cloud: Option<String>) -> Eval {
        Eval {
            cloud,
            parsed: RefCell::default(),
            steps: Cell::new(0),
            depth: Cell::new(0),
            made: Cell::new(0),
            in_default: Cell::new(false),
        }
    }

    /// Runs one step, unless the budget is used up.
    fn step<T>(&self, run: impl FnOnce() -> Result<T, Fail>) -> Result<T, Fail> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        if steps > MOST_STEPS {
            return Err(Fail::Unknown(Why::because("evaluation takes too many steps")));
        }
        let depth = self.depth.get();
        if depth >= DEEPEST {
            return Err(Fail::Unknown(Why::because("the expression is nested too deeply")));
        }
        self.depth.set(depth + 1);
        let outcome = run();
        self.depth.set(depth);
        outcome
    }

    /// Counts the elements of a list that was made.
    pub(super) fn spend(&self, value: Value) -> Outcome {
        let made = self.made.get() + value.as_list().map_or(0, |list| list.items.len() as u64);
        self.made.set(made);
        if made > MOST_MADE {
            return Err(Fail::Unknown(Why::because("the template makes more elements than kmslint evaluates")));
        }
        Ok(value)
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.steps.get() > MOST_STEPS
    }

    /// A raw value evaluated; a mistake in a part makes that part unknown.
    pub(super) fn settle(&self, site: &Site, raw: &Value) -> Value {
        self.value(site, raw).unwrap_or_else(|fail| unknown_of(fail, raw.trail.clone()))
    }

    /// A raw value evaluated. Parts of objects and lists that cannot be evaluated are unknown.
    pub(super) fn value(&self, site: &Site, raw: &Value) -> Outcome {
        match &raw.data {
            Data::Text(text) => self.text(site, raw, text),
            Data::List(list) => self.step(|| {
                let items = list.items.iter().map(|item| self.settle(site, item)).collect();
                Ok(Value::open_list(ListKind::Tuple, items, list.open.clone(), raw.trail.clone()))
            }),
            Data::Map(map) => self.step(|| self.object(site, raw, map)),
            _ => Ok(raw.clone()),
        }
    }

    fn object(&self, site: &Site, raw: &Value, map: &Map) -> Outcome {
        let mut entries = Vec::with_capacity(map.entries().len());
        let mut open = map.open.clone();
        for entry in map.entries() {
            if entry.key.eq_ignore_ascii_case("copy") && matches!(entry.value.data, Data::List(_)) {
                self.property_loops(site, &entry.value, &mut entries);
                continue;
            }
            let value = self.settle(site, &entry.value);
            match self.key(site, entry)? {
                Ok(key) => entries.push(MapEntry { key, key_trail: entry.key_trail.clone(), value }),
                Err(why) => open = Some(why),
            }
        }
        Ok(Value::map(Map::new(MapKind::Object, entries).opened(open), raw.trail.clone()))
    }

    /// A key, which may be an expression; or why it is not known.
    fn key(&self, site: &Site, entry: &MapEntry) -> Result<Result<Rc<str>, Why>, Fail> {
        if !entry.key.starts_with('[') {
            return Ok(Ok(Rc::clone(&entry.key)));
        }
        let raw = Value::text(Rc::clone(&entry.key), entry.key_trail.clone());
        let key = self.value(site, &raw)?;
        match (key.as_str(), key.any_why()) {
            (Some(text), _) => Ok(Ok(text)),
            (None, Some(why)) => Ok(Err(why)),
            (None, None) => mistake("a key is not a text"),
        }
    }

    /// `copy` beside other properties: each entry makes an array.
    fn property_loops(&self, site: &Site, copies: &Value, out: &mut Vec<MapEntry>) {
        let Some(list) = copies.as_list() else { return };
        for copy in &list.items {
            let name = get(copy, "name").map(|name| self.settle(site, &name)).and_then(|name| name.as_str());
            let Some(name) = name else { continue };
            let value = self.looped(site, copy, &name, false);
            let key_trail = get(copy, "name").map(|name| name.trail).unwrap_or_default();
            out.push(MapEntry { key: name, key_trail, value });
        }
    }

    /// The array that a `copy` with `count` and `input` makes.
    pub(super) fn looped(&self, site: &Site, copy: &Value, name: &str, unnamed: bool) -> Value {
        let trail = copy.trail.clone();
        let Some(input) = get(copy, "input") else {
            return Value::unknown(Why::because("the loop has no input"), trail);
        };
        match self.rounds(site, copy) {
            Ok(count) => {
                let rounds = (0..count).map(|at| {
                    let env = site.env.with_loop(name, index(at, &trail), unnamed);
                    repeated(self.settle(&site.within(env), &input), &trail)
                });
                Value::list(ListKind::Tuple, rounds.collect(), trail)
            }
            Err(fail) => unknown_of(fail, trail),
        }
    }

    /// How many rounds a loop has.
    pub(super) fn rounds(&self, site: &Site, copy: &Value) -> Result<usize, Fail> {
        let Some(count) = get(copy, "count") else { return mistake("the loop has no count") };
        let count = self.value(site, &count)?;
        match (&count.data, count.why()) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the range")]
            (Data::Number(number), _) if (0.0..=MOST_ROUNDS).contains(number) && number.fract() == 0.0 => {
                Ok(*number as usize)
            }
            (Data::Number(number), _) if *number > MOST_ROUNDS => {
                Err(Fail::Unknown(Why::because("the loop has more rounds than kmslint evaluates")))
            }
            (_, Some(why)) => Err(Fail::Unknown(why)),
            _ => mistake("the count of a loop is no number"),
        }
    }

    fn text(&self, site: &Site, raw: &Value, text: &Text) -> Outcome {
        let Some(known) = text.known() else { return Ok(raw.clone()) };
        if !known.starts_with('[') {
            return Ok(raw.clone());
        }
        let parsed = self.parsed(&known);
        match &*parsed {
            Parsed::Literal(range) if range.len() == known.len() => Ok(raw.clone()),
            Parsed::Literal(range) => {
                let literal = Value::pieces(text.slice(range.clone()), raw.trail.clone());
                match site.scope.outer {
                    // What is escaped for the template around waits for its own names.
                    Some(_) => self.value(&Site::top(&site.scope.own()), &literal),
                    None => Ok(literal),
                }
            }
            Parsed::Mistake(message) => mistake(message.clone()),
            Parsed::Expression(expr) => {
                let site = site.seen();
                if !site.env.has_loop() && expr.uses_copy_index() {
                    return mistake("copyIndex() stands outside a loop");
                }
                let value = self.expr(&site, expr, &Written { text, trail: &raw.trail })?;
                Ok(through(value, Via::Reference, &raw.trail))
            }
        }
    }

    fn parsed(&self, text: &Rc<str>) -> Rc<Parsed> {
        if let Some(known) = self.parsed.borrow().get(text) {
            return Rc::clone(known);
        }
        let parsed = Rc::new(expression::parse(text));
        self.parsed.borrow_mut().insert(Rc::clone(text), Rc::clone(&parsed));
        parsed
    }

    pub(super) fn expr(&self, site: &Site, expr: &Expr, written: &Written) -> Outcome {
        self.step(|| match &expr.kind {
            ExprKind::Text(value) => Ok(Value::text(value.as_str(), written.literal(expr, value))),
            #[allow(clippy::cast_precision_loss, reason = "beyond 2^53 numbers are not exact here")]
            ExprKind::Int(value) => Ok(Value::number(*value as f64, written.part(expr))),
            ExprKind::Call { name, args } => self.call(site, expr, (name, args), written),
            ExprKind::Access { base, steps } => {
                if let Some(outcome) = super::deploy::output_of(self, site, (base, steps), written) {
                    return outcome;
                }
                let mut value = self.expr(site, base, written)?;
                for step in steps {
                    value = self.stepped(site, &value, step, written)?;
                }
                Ok(value)
            }
        })
    }

    pub(super) fn stepped(&self, site: &Site, value: &Value, step: &Step, written: &Written) -> Outcome {
        match step {
            Step::Name(name) => member(value, name),
            Step::Index(index) => {
                let key = self.expr(site, index, written)?;
                element(value, &key)
            }
        }
    }

    fn call(&self, site: &Site, expr: &Expr, (name, args): (&str, &[Expr]), written: &Written) -> Outcome {
        let call = functions::Call { eval: self, site, name, args, written, expr };
        functions::call(&call)
    }

    /// A parameter of a template: given, or its default, or null where it may be.
    pub(super) fn parameter(&self, site: &Site, name: &str) -> Outcome {
        let lower = name.to_lowercase();
        if let Some(own) = site.env.parameter(&lower) {
            return own;
        }
        let scope = &site.scope;
        memo(scope, (true, lower.clone()), || {
            let declared = get(&scope.template, "parameters").and_then(|all| entry(&all, name));
            let Some((key, declared)) = declared else {
                return mistake(format!("the template has no parameter {name}"));
            };
            let given = scope.given.get(&lower).filter(|value| !value.is_null()).cloned();
            let top = Site::top(scope);
            let value = match given {
                Some(value) => value,
                None => match get(&declared, "defaultValue") {
                    Some(raw) => {
                        let outside = self.in_default.replace(true);
                        let value = self.value(&top, &raw);
                        self.in_default.set(outside);
                        value?
                    }
                    None if is_nullable(scope, &declared, 0) => Value::null(declared.trail.clone()),
                    None => {
                        let origin = format!("{}parameters('{lower}')", scope.path);
                        let text = format!("no value is given for the parameter {name}");
                        Value::unknown(Why::named(origin, text), declared.trail.clone())
                    }
                },
            };
            let value = through(value, Via::Variable, &key);
            let kind = get(&declared, "type").and_then(|kind| kind.as_str());
            let secret = kind.is_some_and(|kind| kind.to_lowercase().starts_with("secure"));
            Ok(if secret { Value { trail: value.trail.secret(), ..value } } else { value })
        })
    }

    pub(super) fn variable(&self, site: &Site, name: &str) -> Outcome {
        let scope = &site.scope;
        memo(scope, (false, name.to_lowercase()), || {
            let all = get(&scope.template, "variables");
            let top = Site::top(scope);
            if let Some((key, raw)) = all.as_ref().and_then(|all| entry(all, name)) {
                return Ok(through(self.value(&top, &raw)?, Via::Local, &key));
            }
            let copies = all.as_ref().and_then(|all| get(all, "copy"));
            let named = |copy: &&Value| {
                get(copy, "name").and_then(|own| own.as_str()).is_some_and(|own| own.eq_ignore_ascii_case(name))
            };
            match copies.as_ref().and_then(Value::as_list).and_then(|list| list.items.iter().find(named)) {
                Some(copy) => {
                    let value = self.looped(&top, copy, name, false);
                    Ok(through(value, Via::Local, &copy.trail))
                }
                None => mistake(format!("the template has no variable {name}")),
            }
        })
    }

    /// A user function; `None` where the template has none of that name.
    pub(super) fn user_function(&self, site: &Site, name: &str, args: &[Value]) -> Option<Outcome> {
        let (space, member) = name.split_once('.')?;
        let spaces = get(&site.scope.template, "functions")?;
        let is_meant = |value: &&Value| {
            get(value, "namespace").and_then(|own| own.as_str()).is_some_and(|own| own.eq_ignore_ascii_case(space))
        };
        let found = spaces
            .as_list()?
            .items
            .iter()
            .filter(is_meant)
            .find_map(|space| get(space, "members").and_then(|members| get(&members, member)))?;
        let parameters = get(&found, "parameters");
        let declared = parameters.as_ref().and_then(Value::as_list).map_or(&[][..], |list| &list.items);
        if declared.len() != args.len() {
            return Some(mistake(format!("{name} takes {} arguments", declared.len())));
        }
        if let Some(wrong) = declared.iter().zip(args).find(|(parameter, arg)| !fits(parameter, arg)) {
            let kind = get(wrong.0, "type").and_then(|kind| kind.as_str()).unwrap_or_default();
            return Some(mistake(format!("{name} takes {kind}, and is given {}", functions::kind(wrong.1))));
        }
        let name_of =
            |value: &Value| get(value, "name").and_then(|own| own.as_str()).unwrap_or_default().to_lowercase();
        let given = declared.iter().map(name_of).zip(args.iter().cloned()).collect();
        let site = Site { scope: Rc::clone(&site.scope), env: Env::of_function(given) };
        let output = get(&found, "output").and_then(|output| get(&output, "value"))?;
        Some(self.value(&site, &output))
    }
}

/// By itself, or by the definition that it names.
fn is_nullable(scope: &Scope, declared: &Value, depth: usize) -> bool {
    if get(declared, "nullable").is_some_and(|value| value.as_bool() == Some(true)) {
        return true;
    }
    let reference = get(declared, "$ref").and_then(|path| path.as_str());
    let Some(name) = reference.as_deref().and_then(|path| path.strip_prefix("#/definitions/")) else {
        return false;
    };
    let name = name.replace("~1", "/").replace("~0", "~");
    let definition = get(&scope.template, "definitions").and_then(|all| get(&all, &name));
    depth < 20 && definition.is_some_and(|definition| is_nullable(scope, &definition, depth + 1))
}

/// A named value: made once, and not known while it is being made.
fn memo(scope: &Scope, key: (bool, String), make: impl FnOnce() -> Outcome) -> Outcome {
    match scope.memo.borrow().get(&key) {
        Some(Some(value)) => return Ok(value.clone()),
        Some(None) => return mistake("the value refers to itself"),
        None => {}
    }
    scope.memo.borrow_mut().insert(key.clone(), None);
    let made = make();
    match &made {
        Ok(value) => scope.memo.borrow_mut().insert(key, Some(value.clone())),
        Err(_) => scope.memo.borrow_mut().remove(&key),
    };
    made
}

/// Whether a value is of the type that a parameter of a function is declared with.
fn fits(parameter: &Value, arg: &Value) -> bool {
    let nullable = get(parameter, "nullable").is_some_and(|value| value.as_bool() == Some(true));
    let kind = get(parameter, "type").and_then(|kind| kind.as_str()).unwrap_or_default().to_lowercase();
    match &arg.data {
        Data::Unknown(_) => true,
        Data::Null => nullable,
        Data::Bool(_) => matches!(kind.as_str(), "bool" | ""),
        Data::Number(_) => matches!(kind.as_str(), "int" | ""),
        Data::Text(_) => matches!(kind.as_str(), "string" | "securestring" | ""),
        Data::List(_) => matches!(kind.as_str(), "array" | ""),
        Data::Map(_) => matches!(kind.as_str(), "object" | "secureobject" | ""),
    }
}

/// The string that an expression stands in.
pub(super) struct Written<'v> {
    pub text: &'v Text,
    pub trail: &'v Trail,
}

impl Written<'_> {
    /// A text between quotes, to the column where the string has no escapes.
    fn literal(&self, expr: &Expr, value: &str) -> Trail {
        let exact = expr.range.len() == value.len() + 2;
        match self.span(expr) {
            Some(span) if exact => Trail::quoted(span),
            Some(span) => Trail::computed(span, &[]),
            None => made_at(self.trail, &[]),
        }
    }

    fn span(&self, expr: &Expr) -> Option<Span> {
        match self.text.overlapping(expr.range.clone()).as_slice() {
            [(piece, inside)] => piece.spelled(inside.clone()),
            _ => None,
        }
    }

    /// Made by a part of the expression.
    pub(super) fn made(&self, expr: &Expr, inputs: &[Trail]) -> Trail {
        self.span(expr).map_or_else(|| made_at(self.trail, inputs), |span| Trail::computed(span, inputs))
    }

    fn part(&self, expr: &Expr) -> Trail {
        self.made(expr, &[])
    }
}

/// Made where something is written.
pub(super) fn made_at(trail: &Trail, inputs: &[Trail]) -> Trail {
    trail.origin().map_or_else(Trail::nowhere, |span| Trail::computed(span, inputs))
}

/// The same value, mentioned where something is written.
pub(super) fn through(value: Value, via: Via, at: &Trail) -> Value {
    match at.origin() {
        Some(span) => value.through(via, span),
        None => value,
    }
}

#[allow(clippy::cast_precision_loss, reason = "no loop is that long")]
pub(super) fn index(at: usize, trail: &Trail) -> Value {
    Value::number(at as f64, made_at(trail, &[]))
}

/// What a loop makes once for each of its rounds.
pub(super) fn repeated(value: Value, at: &Trail) -> Value {
    match at.origin() {
        Some(span) => Value { trail: value.trail.each(span, &value.trail), ..value },
        None => value,
    }
}

pub(super) fn unknown_of(fail: Fail, trail: Trail) -> Value {
    match fail {
        Fail::Mistake(message) => Value::unknown(Why::because(message), trail),
        Fail::Unknown(why) => Value::unknown(why, trail),
    }
}

/// The entry of a raw object under a name, exact or else in any case.
pub(super) fn get(value: &Value, name: &str) -> Option<Value> {
    entry(value, name).map(|(_, value)| value)
}

/// As [`get`], with the trail of the key.
pub(super) fn entry(value: &Value, name: &str) -> Option<(Trail, Value)> {
    let map = value.as_map()?;
    let found = map.get(name).or_else(|| {
        let same = |entry: &&MapEntry| entry.key.len() == name.len() && entry.key.to_lowercase() == name.to_lowercase();
        map.entries().iter().rfind(same)
    })?;
    Some((found.key_trail.clone(), value.taken(&found.value)))
}

/// `.name` of a value.
pub(super) fn member(value: &Value, name: &str) -> Outcome {
    match &value.data {
        Data::Unknown(why) => Ok(unknown_member(why, value, name)),
        Data::Text(text) if text.hole().is_some() => mistake("a text has no members"),
        Data::Map(map) => match (entry(value, name), &map.open) {
            (Some((_, found)), _) => Ok(found),
            (None, Some(why)) => Ok(unknown_member(why, value, name)),
            (None, None) => mistake(format!("the object has no {name:?}")),
        },
        _ => mistake(format!("there is no {name:?} in something that is no object")),
    }
}

fn unknown_member(why: &Why, value: &Value, name: &str) -> Value {
    Value::unknown(why.part(&format!(".{}", name.to_lowercase())), value.trail.clone())
}

/// `[key]` of a value.
pub(super) fn element(value: &Value, key: &Value) -> Outcome {
    if let Data::Unknown(why) = &value.data {
        let step = key.identity().map_or_else(|| "[?]".to_owned(), |key| format!("[{key}]"));
        let why = if step == "[?]" { Why::because(why.text()) } else { why.part(&step) };
        return Ok(Value::unknown(why, value.trail.clone()));
    }
    if let Some(why) = key.why() {
        return Ok(Value::unknown(why, value.trail.clone()));
    }
    match (&value.data, &key.data) {
        // `{"value": 1, "fromEnd": true}`, which Bicep makes of `[^1]`.
        (Data::List(list), Data::Map(_)) => {
            let at = get(key, "value").and_then(|at| at.as_number()).unwrap_or(-1.0);
            let from_end = get(key, "fromEnd").is_some_and(|it| it.as_bool() == Some(true));
            #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
            let at = if from_end { list.items.len() as f64 - at } else { at };
            element(value, &Value::number(at, key.trail.clone()))
        }
        (Data::Map(_), Data::Text(_)) => member(value, &key.as_str().unwrap_or_default()),
        (Data::List(list), Data::Number(at)) => {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
            let found = if *at >= 0.0 && at.fract() == 0.0 && *at < 1e9 { value.item(*at as usize) } else { None };
            match (found, &list.open) {
                (Some(found), None) => Ok(found),
                (_, Some(why)) => Ok(Value::unknown(why.clone(), value.trail.clone())),
                (None, None) => mistake(format!("the array has no index {at}")),
            }
        }
        _ => mistake("the index does not fit the value"),
    }
}

/// A piece of text for a value that is put into one; objects and lists are not.
pub(super) fn put(value: &Value) -> Option<Vec<Piece>> {
    match &value.data {
        Data::Text(text) => Some(match text.pieces() {
            [only] if only.is_whole() => vec![Piece::known(only.text().into(), value.trail.clone())],
            pieces => pieces.to_vec(),
        }),
        Data::Unknown(why) => Some(vec![Piece::hole(why.clone(), value.trail.clone())]),
        _ => None,
    }
}
