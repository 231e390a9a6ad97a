//! What a template declares: resources with their children and loops, and what the deployments inside it declare.

use super::eval::{Eval, Outcome, Scope, Site, Written, get, index, made_at, repeated, unknown_of};
use super::expression::{Expr, ExprKind, Step};
use super::place::{Level, Part, Place, joined};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Piece, Text, Trail, Value, Why};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Deployments nested deeper than this are unknown.
const DEEPEST: usize = 30;

/// A resource, declared once.
pub(super) struct Declared {
    /// In full: `Microsoft.Network/routeTables/routes`.
    pub kind: String,
    /// In full: `table/route`; may have holes.
    pub name: Value,
    pub raw: Value,
    /// Where its properties are evaluated.
    pub site: Site,
    /// What decides whether it is there at all, if that is not known.
    pub doubt: Option<Why>,
    /// The scope that the template names for it, as an extension resource has one.
    pub scope: Option<Value>,
}

/// What is known of a resource before it is read.
struct Around<'r> {
    /// Type and name of the resource that it stands in.
    parent: Option<(&'r str, &'r Value)>,
    /// The loop that makes it.
    repeated_at: Option<&'r Trail>,
    symbol: Option<&'r str>,
}

/// A template inside a template.
pub(super) struct Deployment {
    name: Value,
    raw: Value,
    site: Site,
    pub doubt: Option<Why>,
    inner: OnceCell<Option<Rc<Scope>>>,
}

/// Reads a linked template, seen from the folder of the one that names it; with its own folder.
pub(super) type Linked<'a> = dyn Fn(&Value, &Path) -> Option<(Value, PathBuf)> + 'a;

impl Eval {
    /// All resources of a template, with those of the deployments inside it; `None` for what stands beyond the limits.
    pub(super) fn declared(&self, scope: &Rc<Scope>, linked: &Linked) -> Vec<Declared> {
        let mut out = Vec::new();
        self.template(&Site::top(scope), linked, None, 0, &mut out);
        out
    }

    fn template(&self, site: &Site, linked: &Linked, doubt: Option<&Why>, depth: usize, out: &mut Vec<Declared>) {
        let Some(all) = get(&site.scope.template, "resources") else { return };
        let mut own = Vec::new();
        self.resources(site, &all, None, &mut own);
        let mut deployments = Vec::new();
        for mut resource in own {
            resource.doubt = resource.doubt.or_else(|| doubt.cloned());
            if !resource.kind.eq_ignore_ascii_case("Microsoft.Resources/deployments") {
                out.push(resource);
                continue;
            }
            let deployment = Rc::new(Deployment {
                name: resource.name,
                raw: resource.raw,
                site: resource.site,
                doubt: resource.doubt,
                inner: OnceCell::new(),
            });
            let mut known = site.scope.deployments.borrow_mut();
            if let Some(name) = deployment.name.identity() {
                known.entry(name.to_lowercase()).or_default().push(Rc::clone(&deployment));
            }
            if let Some(symbol) = get(&deployment.raw, SYMBOL).and_then(|name| name.as_str()) {
                known.entry(symbol.to_lowercase()).or_default().push(Rc::clone(&deployment));
            }
            drop(known);
            deployments.push(deployment);
        }
        for deployment in deployments {
            if depth < DEEPEST
                && !self.is_exhausted()
                && let Some(inner) = deployment.scope(self, linked)
            {
                let site = match &inner.outer {
                    Some((_, env)) => Site { scope: Rc::clone(&inner), env: Rc::clone(env) },
                    None => Site::top(&inner),
                };
                self.template(&site, linked, deployment.doubt.as_ref(), depth + 1, out);
            }
        }
    }

    /// The resources of a list, or of an object by symbolic names.
    fn resources(&self, site: &Site, all: &Value, parent: Option<(&str, &Value)>, out: &mut Vec<Declared>) {
        match &all.data {
            Data::List(list) => {
                for item in &list.items {
                    self.looped_resource(site, &all.taken(item), None, parent, out);
                }
            }
            Data::Map(map) => {
                for entry in map.entries() {
                    self.looped_resource(site, &all.taken(&entry.value), Some(&entry.key), parent, out);
                }
            }
            _ => {}
        }
    }

    fn looped_resource(
        &self,
        site: &Site,
        raw: &Value,
        symbol: Option<&str>,
        parent: Option<(&str, &Value)>,
        out: &mut Vec<Declared>,
    ) {
        let Some(copy) = get(raw, "copy").filter(|copy| copy.as_map().is_some()) else {
            self.resource(site, &marked(raw, symbol), &Around { parent, repeated_at: None, symbol }, out);
            return;
        };
        let name = get(&copy, "name").map(|name| self.settle(site, &name)).and_then(|name| name.as_str());
        let name = name.unwrap_or_default();
        match self.rounds(site, &copy) {
            Ok(count) => {
                for at in 0..count {
                    let env = site.env.with_loop(&name, index(at, &copy.trail), true);
                    let symbol = symbol.map(|symbol| format!("{symbol}[{at}]"));
                    let raw = marked(raw, symbol.as_deref());
                    let around = Around { parent, repeated_at: Some(&copy.trail), symbol: symbol.as_deref() };
                    self.resource(&site.within(env), &raw, &around, out);
                }
            }
            Err(fail) => {
                let unknown = unknown_of(fail, copy.trail.clone());
                let why = unknown.why().unwrap_or_else(|| Why::because("the count of the loop is not known"));
                let env = site.env.with_loop(&name, unknown, true);
                let before = out.len();
                self.resource(&site.within(env), raw, &Around { parent, repeated_at: None, symbol: None }, out);
                for made in &mut out[before..] {
                    made.doubt.get_or_insert_with(|| why.clone());
                }
            }
        }
    }

    fn resource(&self, site: &Site, raw: &Value, around: &Around, out: &mut Vec<Declared>) {
        let is_existing = get(raw, "existing").is_some_and(|existing| existing.as_bool() == Some(true));
        let mut doubt = None;
        let mut is_there = true;
        if let Some(condition) = get(raw, "condition") {
            let condition = self.settle(site, &condition);
            match (&condition.data, condition.why()) {
                (Data::Bool(false), _) => is_there = false,
                (_, Some(why)) => doubt = Some(why),
                _ => {}
            }
        }
        let Some(kind) = get(raw, "type").map(|kind| self.settle(site, &kind)).and_then(|kind| kind.as_str()) else {
            return;
        };
        let missing = || Value::unknown(Why::because("the resource has no name"), raw.trail.clone());
        let name = get(raw, "name").map_or_else(missing, |name| self.settle(site, &name));
        let (kind, name) = in_full(&kind, name, around.parent);
        let scope = get(raw, "scope").map(|scope| self.settle(site, &scope));
        let declared = Declared {
            kind: kind.clone(),
            name: name.clone(),
            raw: around.repeated_at.map_or_else(|| raw.clone(), |at| repeated(raw.clone(), at)),
            site: site.clone(),
            doubt,
            scope,
        };
        if let Some(symbol) = around.symbol {
            let about = vec![
                ("id", declared.id(0)),
                ("name", declared.own_name()),
                ("type", Value::text(kind.as_str(), Trail::nowhere())),
            ];
            let mut symbols = site.scope.symbols.borrow_mut();
            symbols.insert(symbol.to_lowercase(), object(about, &raw.trail));
        }
        if is_existing {
            return;
        }
        if let Some(children) = get(raw, "resources") {
            // A condition does not reach the children.
            self.resources(site, &children, Some((&kind, &name)), out);
        }
        if is_there {
            out.push(declared);
        }
    }

    /// An output of a template, as an object with `value`.
    fn output(&self, scope: &Rc<Scope>, name: &str) -> Outcome {
        let Some(raw) = get(&scope.template, "outputs").and_then(|all| get(&all, name)) else {
            return super::eval::mistake(format!("the deployment has no output {name}"));
        };
        Ok(self.output_value(scope, &raw))
    }

    fn output_value(&self, scope: &Rc<Scope>, raw: &Value) -> Value {
        let site = match &scope.outer {
            Some((_, env)) => Site { scope: Rc::clone(scope), env: Rc::clone(env) },
            None => Site::top(scope),
        };
        let value = match (get(raw, "copy"), get(raw, "value")) {
            (Some(copy), _) => self.looped(&site, &copy, "", true),
            (None, Some(value)) => self.settle(&site, &value),
            (None, None) => Value::null(raw.trail.clone()),
        };
        let condition = get(raw, "condition").map(|condition| self.settle(&site, &condition));
        let value = match condition.as_ref().map(|condition| (&condition.data, condition.why())) {
            Some((Data::Bool(false), _)) => Value::null(raw.trail.clone()),
            Some((_, Some(why))) => Value::unknown(why, raw.trail.clone()),
            _ => value,
        };
        let value = super::eval::through(value, crate::value::Via::Output, &raw.trail);
        object(vec![("value", value)], &raw.trail)
    }

    /// All outputs of a template.
    pub(super) fn outputs(&self, scope: &Rc<Scope>) -> Value {
        let all = get(&scope.template, "outputs");
        let Some(map) = all.as_ref().and_then(Value::as_map) else {
            return object(Vec::new(), &scope.template.trail);
        };
        let is_off = |raw: &Value| {
            get(raw, "condition").is_some_and(|it| self.settle(&Site::top(scope), &it).as_bool() == Some(false))
        };
        let entry = |entry: &MapEntry| {
            let mut value = self.output_value(scope, &entry.value);
            if let (Some(kind), Some(map)) = (get(&entry.value, "type").and_then(|kind| kind.as_str()), value.as_map())
            {
                // `string` comes back as `String`.
                let mut letters = kind.chars();
                let kind: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
                let mut entries = map.entries().to_vec();
                let kind = Value::text(kind, entry.value.trail.clone());
                entries.push(MapEntry { key: "type".into(), key_trail: Trail::nowhere(), value: kind });
                value = Value::map(Map::new(MapKind::Object, entries), value.trail.clone());
            }
            MapEntry { key: Rc::clone(&entry.key), key_trail: entry.key_trail.clone(), value }
        };
        let entries = map.entries().iter().filter(|entry| !is_off(&entry.value)).map(entry).collect();
        Value::map(Map::new(MapKind::Object, entries), scope.template.trail.clone())
    }
}

/// The key under which a resource keeps its symbolic name; no template can have it.
const SYMBOL: &str = "\u{0}symbol";

fn marked(raw: &Value, symbol: Option<&str>) -> Value {
    let (Some(symbol), Some(map)) = (symbol, raw.as_map()) else { return raw.clone() };
    let is_deployment = get(raw, "type")
        .and_then(|kind| kind.as_str())
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Microsoft.Resources/deployments"));
    if !is_deployment {
        return raw.clone();
    }
    let mut entries: Vec<MapEntry> = map.entries().to_vec();
    let value = Value::text(symbol, Trail::nowhere());
    entries.push(MapEntry { key: SYMBOL.into(), key_trail: Trail::nowhere(), value });
    Value::map(Map::new(MapKind::Object, entries), raw.trail.clone())
}

fn object(entries: Vec<(&str, Value)>, trail: &Trail) -> Value {
    let entry = |(key, value): (&str, Value)| MapEntry { key: key.into(), key_trail: Trail::nowhere(), value };
    Value::map(Map::new(MapKind::Object, entries.into_iter().map(entry).collect()), trail.clone())
}

/// Type and name of a child, which are written in full or behind its parent's.
fn in_full(kind: &str, name: Value, parent: Option<(&str, &Value)>) -> (String, Value) {
    let Some((parent_kind, parent_name)) = parent else { return (kind.to_owned(), name) };
    let is_full = kind.split('/').next().is_some_and(|space| space.contains('.'));
    if is_full {
        return (kind.to_owned(), name);
    }
    let pieces = joined(&[parent_name, &"/", &name]);
    let trail = name.trail.clone();
    (format!("{parent_kind}/{kind}"), Value::pieces(Text::from_pieces(pieces), trail))
}

impl Deployment {
    /// The template inside, in an evaluation of its own; `None` where it is not at hand.
    pub(super) fn scope(&self, eval: &Eval, linked: &Linked) -> Option<Rc<Scope>> {
        self.inner.get_or_init(|| self.opened(eval, linked).map(Rc::new)).clone()
    }

    fn opened(&self, eval: &Eval, linked: &Linked) -> Option<Scope> {
        let site = &self.site;
        let properties = get(&self.raw, "properties")?;
        let written = get(&properties, "template").filter(|template| template.as_map().is_some());
        let (template, folder) = match written {
            Some(template) => (template, site.scope.folder.clone()),
            None => {
                let link = get(&properties, "templateLink")?;
                linked(&eval.settle(site, &link), &site.scope.folder)?
            }
        };
        let path = format!("{}{}/", site.scope.path, shown(&self.name));
        let place = self.place(eval, &template);
        let inner = get(&properties, "expressionEvaluationOptions").and_then(|options| get(&options, "scope"));
        let is_inner = inner.and_then(|scope| scope.as_str()).is_some_and(|scope| scope.eq_ignore_ascii_case("inner"));
        let is_linked = get(&properties, "template").is_none();
        if !is_inner && !is_linked {
            let around = (Rc::clone(&site.scope), Rc::clone(&site.env));
            return Some(Scope::new(template, HashMap::new(), place, path).in_folder(&folder).seen_from(around));
        }
        let mut given = HashMap::new();
        if let Some(raw) = get(&properties, "parameters") {
            // The object itself, or one of its entries, may be an expression.
            let all = if raw.as_map().is_some() { raw } else { eval.settle(site, &raw) };
            if let Some(map) = all.as_map() {
                for entry in map.entries() {
                    let value = self.argument(eval, &all.taken(&entry.value));
                    let value = super::eval::through(value, crate::value::Via::Argument, &entry.key_trail);
                    given.insert(entry.key.to_lowercase(), value);
                }
            } else if let Some(why) = all.why() {
                for name in
                    get(&template, "parameters").and_then(|all| all.as_map().cloned()).iter().flat_map(|m| m.entries())
                {
                    given.insert(name.key.to_lowercase(), Value::unknown(why.clone(), all.trail.clone()));
                }
            }
        }
        Some(Scope::new(template, given, place, path).in_folder(&folder))
    }

    /// One argument: `{"value": ...}`, a loop, a secret, or an expression that gives one of these.
    fn argument(&self, eval: &Eval, raw: &Value) -> Value {
        let unknown = |text: &str| Value::unknown(Why::because(text), raw.trail.clone());
        let Some(map) = raw.as_map() else {
            let given = eval.settle(&self.site, raw);
            return match (get(&given, "value"), given.why()) {
                (Some(value), _) => value,
                (None, Some(why)) => Value::unknown(why, raw.trail.clone()),
                (None, None) => unknown("the argument has no value"),
            };
        };
        if let Some(value) = get(raw, "value") {
            return eval.settle(&self.site, &value);
        }
        if let Some(copies) = get(raw, "copy")
            && let Some(copy) = copies.item(0)
        {
            return eval.looped(&self.site, &copy, "value", false);
        }
        if map.entries().is_empty() {
            return Value::null(raw.trail.clone());
        }
        unknown("the argument is a secret that lies in a key vault")
    }

    /// Where the template inside is deployed to.
    fn place(&self, eval: &Eval, template: &Value) -> Place {
        let site = &self.site;
        let around = &site.scope.place;
        let of =
            |name: &str| get(&self.raw, name).map(|value| eval.settle(site, &value)).filter(|value| !value.is_null());
        let mut place = Place { deployment: self.name.clone(), ..around.clone() };
        place.level = super::level(template).unwrap_or(around.level);
        if let Some(subscription) = of("subscriptionId") {
            place.subscription = subscription;
        }
        if let Some(group) = of("resourceGroup") {
            place.group = group;
            place.location = Place::unknown(Level::Group).location;
        }
        if let Some(scope) = of("scope").and_then(|scope| scope.as_str()) {
            let name = scope.rsplit('/').next().unwrap_or_default();
            if scope.to_lowercase().contains("managementgroups/") {
                place.management_group = Value::text(name, Trail::nowhere());
            }
        }
        place
    }
}

fn shown(name: &Value) -> String {
    match &name.data {
        Data::Text(text) => text.pieces().iter().map(|p| if p.why().is_some() { "…" } else { p.text() }).collect(),
        _ => "…".to_owned(),
    }
}

impl Declared {
    /// What the resource is called in a report.
    pub(super) fn address(&self) -> String {
        format!("{}{}/{}", self.site.scope.path, self.kind, shown(&self.name))
    }

    /// The resource id; `levels_up` of them above it.
    pub(super) fn id(&self, levels_up: usize) -> Value {
        let mut pieces = match &self.scope {
            Some(scope) if !scope.is_null() => {
                let is_whole = scope.as_str().is_none_or(|text| text.starts_with('/'));
                let above = if is_whole { Vec::new() } else { self.site.scope.place.scope_id() };
                let between = if is_whole { Vec::new() } else { joined(&[&"/providers/"]) };
                [above, between, scope.pieces()].concat()
            }
            _ => self.site.scope.place.scope_id(),
        };
        if self.kind.eq_ignore_ascii_case("Microsoft.Resources/resourceGroups") {
            pieces.extend(joined(&[&"/resourceGroups/", &self.name]));
            return Value::pieces(Text::from_pieces(pieces), self.name.trail.clone());
        }
        let (space, kinds) = self.kind.split_once('/').unwrap_or((&self.kind, ""));
        let kinds: Vec<&str> = kinds.split('/').collect();
        let names = segments(&self.name);
        pieces.extend(joined(&[&"/providers/", &space]));
        let count = kinds.len().min(names.len()).saturating_sub(levels_up);
        for (kind, name) in kinds.iter().zip(&names).take(count) {
            pieces.extend(joined(&[&"/", kind, &"/"]));
            pieces.extend(name.iter().cloned());
        }
        Value::pieces(Text::from_pieces(pieces), self.name.trail.clone())
    }

    /// The id of the resource that this one is a part of, or of the place where it is deployed to.
    pub(super) fn parent_id(&self) -> Value {
        if self.kind.matches('/').count() > 1 {
            return self.id(1);
        }
        Value::pieces(Text::from_pieces(self.site.scope.place.scope_id()), Trail::nowhere())
    }

    /// The last part of the name.
    pub(super) fn own_name(&self) -> Value {
        let last = segments(&self.name).pop().unwrap_or_default();
        match last.as_slice() {
            [only] => match only.why() {
                None => Value::pieces(Text::from_pieces(last.clone()), only.trail.clone()),
                Some(_) => Value::pieces(Text::from_pieces(last.clone()), self.name.trail.clone()),
            },
            _ => Value::pieces(Text::from_pieces(last), self.name.trail.clone()),
        }
    }
}

/// A name cut at its slashes, each part as pieces.
fn segments(name: &Value) -> Vec<Vec<Piece>> {
    let Data::Text(text) = &name.data else { return vec![name.pieces()] };
    let mut out: Vec<Vec<Piece>> = vec![Vec::new()];
    for piece in text.pieces() {
        if piece.why().is_some() {
            if let Some(last) = out.last_mut() {
                last.push(piece.clone());
            }
            continue;
        }
        for (at, part) in piece.text().split('/').enumerate() {
            if at > 0 {
                out.push(Vec::new());
            }
            if let Some(last) = out.last_mut().filter(|_| !part.is_empty()) {
                last.push(Piece::known(part.into(), piece.trail.clone()));
            }
        }
    }
    out
}

/// `reference(...).outputs.x.value` of a deployment in the same template: what its template gives. `None` where the
/// expression is about something else.
pub(super) fn output_of(
    eval: &Eval,
    site: &Site,
    (base, steps): (&Expr, &[Step]),
    written: &Written,
) -> Option<Outcome> {
    let ExprKind::Call { name, args } = &base.kind else { return None };
    if name != "reference" {
        return None;
    }
    let first = eval.expr(site, args.first()?, written).ok()?;
    let deployment = find(site, &first)?;
    let step_name = |step: &Step| match step {
        Step::Name(name) => Some(name.clone()),
        Step::Index(index) => {
            let value = eval.expr(site, index, written).ok()?;
            value.as_str().map(|text| text.to_string())
        }
    };
    let mut rest = steps;
    if rest.first().and_then(step_name).is_some_and(|name| name.eq_ignore_ascii_case("properties")) {
        rest = &rest[1..];
    }
    let (outputs, rest) = rest.split_first()?;
    if !step_name(outputs)?.eq_ignore_ascii_case("outputs") {
        return None;
    }
    let trail = made_at(written.trail, &[]);
    let unknown = |why: &Why| Value::unknown(why.clone(), trail.clone());
    if let Some(why) = &deployment.doubt {
        return Some(Ok(unknown(why)));
    }
    // A linked template was opened when its resources were; one that was not is not at hand.
    let Some(scope) = deployment.scope(eval, &|_, _| None) else {
        return Some(Ok(unknown(&Why::because("the template of the deployment is not at hand"))));
    };
    Some((|| {
        let (mut value, rest) = match rest.split_first() {
            Some((step, rest)) => match step_name(step) {
                Some(name) => (eval.output(&scope, &name)?, rest),
                None => (eval.outputs(&scope), std::slice::from_ref(step)),
            },
            None => (eval.outputs(&scope), rest),
        };
        for step in rest {
            value = eval.stepped(site, &value, step, written)?;
        }
        Ok(value)
    })())
}

/// The deployment that a name, a symbolic name or a resource id leads to.
fn find(site: &Site, target: &Value) -> Option<Rc<Deployment>> {
    let identity = target.identity()?.to_lowercase();
    let known = site.scope.deployments.borrow();
    let by_name = |name: &str| known.get(name).and_then(|all| all.first()).cloned();
    by_name(&identity).or_else(|| {
        let (_, name) = identity.rsplit_once("/microsoft.resources/deployments/")?;
        by_name(name)
    })
}

/// What `reference` gives of a deployment as a whole: an object with its outputs.
pub(super) fn whole(eval: &Eval, site: &Site, target: &Value, trail: &Trail) -> Option<Value> {
    let deployment = find(site, target)?;
    if deployment.doubt.is_some() {
        return None;
    }
    let scope = deployment.scope(eval, &|_, _| None)?;
    Some(object(vec![("outputs", eval.outputs(&scope))], trail))
}

/// What `references` gives of a loop of deployments: one object each.
pub(super) fn all(eval: &Eval, site: &Site, symbol: &str, trail: &Trail) -> Option<Value> {
    let count = {
        let known = site.scope.deployments.borrow();
        let is_there = |at: &usize| known.contains_key(&format!("{}[{at}]", symbol.to_lowercase()));
        (0..known.len()).take_while(is_there).count()
    };
    if count == 0 {
        return None;
    }
    let item = |at: usize| {
        let target = Value::text(format!("{symbol}[{at}]"), Trail::nowhere());
        let why = || Why::of(format!("reference('{symbol}[{at}]')"));
        whole(eval, site, &target, trail).unwrap_or_else(|| Value::unknown(why(), trail.clone()))
    };
    Some(Value::list(ListKind::Tuple, (0..count).map(item).collect(), trail.clone()))
}
