//! References: `var.x`, `local.x[0].y`, `azurerm_route_table.hub.name`, `module.spoke["a"].id`, splats.

use super::azurerm;
use super::eval::{Eval, Fail, Instance, Name, Outcome, Resource, Scope};
use super::expression::operand;
use super::repeat::InstanceKey;
use super::types::Type;
use crate::source::{Span, relative};
use crate::syntax::hcl::{Block, Expr, ExprKind, Step, StepKind};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Text, Trail, Value, Via, Why, number_text};
use std::rc::Rc;
use std::sync::Arc;

impl<'a> Eval<'a> {
    pub(super) fn reference(&self, scope: &Scope<'_, 'a>, root: &Expr, steps: &[Step], span: Span) -> Outcome {
        let ExprKind::Name(name) = &root.kind else {
            let value = self.expr(scope, root)?;
            return self.walk(scope, value, steps);
        };
        let (value, rest) = self.root_of(scope, name, steps, span)?;
        Ok(self.walk(scope, value, rest)?.through(Via::Reference, span))
    }

    fn root_of<'e>(
        &self,
        scope: &Scope<'_, 'a>,
        name: &str,
        steps: &'e [Step],
        span: Span,
    ) -> Result<(Value, &'e [Step]), Fail> {
        if let Some(value) = scope.names.and_then(|names| names.get(name)) {
            return Ok((value.clone(), steps));
        }
        let attribute = |step: Option<&Step>| match step.map(|step| &step.kind) {
            Some(StepKind::Attribute(name)) => Some(Arc::clone(name)),
            _ => None,
        };
        let first = attribute(steps.first());
        let instance = scope.instance;
        let made = match (name, first.as_deref()) {
            ("var", Some(first)) => (self.variable(instance, first)?, 1),
            ("local", Some(first)) => (self.local(instance, first)?, 1),
            ("each", Some(first @ ("key" | "value"))) => {
                let each = scope.repetition.and_then(|repetition| repetition.each.as_ref());
                let Some((key, value)) = each else { return Err(Fail::fatal("each stands outside for_each")) };
                (if first == "key" { key.clone() } else { value.clone() }, 1)
            }
            ("count", Some("index")) => match scope.repetition.and_then(|repetition| repetition.index.clone()) {
                Some(index) => (index, 1),
                None => return Err(Fail::fatal("count.index stands outside count")),
            },
            ("path", Some(first)) => (self.path(instance, first, span), 1),
            ("terraform" | "tofu", Some("workspace")) => (Value::text("default", Trail::computed(span, &[])), 1),
            ("module", Some(first)) => return self.module(scope, first, steps),
            ("data", Some(kind)) => {
                let Some(second) = attribute(steps.get(1)) else { return Err(Fail::fatal("a data source has a name")) };
                let address = format!("{}data.{kind}.{second}", instance.prefix);
                let trail = Trail::computed(span, &[]);
                match attribute(steps.get(2)).filter(|name| is_id(name)) {
                    Some(name) => (computed(&format!("{address}."), &name, trail), 3),
                    None => (Value::unknown(Why::of(address), trail), 2),
                }
            }
            ("self" | "ephemeral" | "var" | "local", _) => (
                Value::unknown(Why::because(format!("{name} is not known here")), Trail::computed(span, &[])),
                steps.len(),
            ),
            (kind, Some(first)) => return self.resource_reference(scope, (kind, first), steps, span),
            (name, None) => return Err(Fail::fatal(format!("{name} is not declared"))),
        };
        Ok((made.0, &steps[made.1..]))
    }

    /// `path.module` and `path.root`, relative to the root module, where Terraform runs.
    fn path(&self, instance: &Instance<'a>, which: &str, span: Span) -> Value {
        let trail = Trail::computed(span, &[]);
        match which {
            "module" => Value::text(relative(&instance.module.dir, self.root_dir), trail),
            "root" => Value::text(".", trail),
            _ => Value::unknown(Why::because(format!("path.{which} depends on where Terraform runs")), trail),
        }
    }

    fn module<'e>(&self, scope: &Scope<'_, 'a>, name: &str, steps: &'e [Step]) -> Result<(Value, &'e [Step]), Fail> {
        let instance = scope.instance;
        let Some(call) = instance.module.calls.get(name) else {
            return Err(Fail::fatal(format!("module.{name} is not declared")));
        };
        let address = format!("{}module.{name}", instance.prefix);
        let trail = Trail::computed(call.header, &[]);
        let Some(children) = self.children(instance, name) else {
            let source = call.body.attribute("source").and_then(|source| source.expr.as_text());
            let source = source.unwrap_or_else(|| "its source".to_owned());
            let text = format!("{address}: {source} is not at hand");
            return Ok((Value::unknown(Why::named(address, text), trail), &steps[1..]));
        };
        let outputs = |child: &Rc<Instance<'a>>| {
            let entry = |name: &Arc<str>| {
                let value = self.output(child, name).ok()?;
                Some(MapEntry { key: (&**name).into(), key_trail: Trail::nowhere(), value })
            };
            let entries = child.module.outputs.keys().filter_map(entry).collect();
            Value::map(Map::new(MapKind::Object, entries), trail.clone())
        };
        let mut rest = &steps[1..];
        let chosen = match (children.as_slice(), rest) {
            ([(InstanceKey::None, child)], _) => Some(child),
            (all, [Step { kind: StepKind::Index(key), .. }, ..]) => {
                let key = self.expr(scope, key)?;
                let found = pick(all, &key);
                rest = if found.is_some() { &rest[1..] } else { rest };
                found
            }
            _ => None,
        };
        match (chosen, rest) {
            // One output alone: the others need not be evaluated.
            (Some(child), [Step { kind: StepKind::Attribute(output), .. }, rest @ ..]) => {
                Ok((self.output(child, output)?, rest))
            }
            (Some(child), rest) => Ok((outputs(child), rest)),
            (None, rest) => Ok((collected(&children, outputs, &Why::of(address), trail.clone()), rest)),
        }
    }

    fn resource_reference<'e>(
        &self,
        scope: &Scope<'_, 'a>,
        (kind, name): (&str, &str),
        steps: &'e [Step],
        span: Span,
    ) -> Result<(Value, &'e [Step]), Fail> {
        let instance = scope.instance;
        let address = format!("{}{kind}.{name}", instance.prefix);
        let Some(block) = instance.module.resource(kind, name) else {
            if instance.module.is_terragrunt {
                return Ok((Value::unknown(Why::of(address), Trail::computed(span, &[])), &steps[1..]));
            }
            return Err(Fail::fatal(format!("{address} is not declared")));
        };
        let all = self.resources(instance, block);
        let mut rest = &steps[1..];
        let chosen = match (all.as_slice(), rest) {
            ([(InstanceKey::None, _)], _) => Some(0),
            (several, [Step { kind: StepKind::Index(key), .. }, ..]) => {
                let key = self.expr(scope, key)?;
                let found = pick(several, &key).copied();
                match (found, key.why()) {
                    (Some(_), _) => rest = &rest[1..],
                    // Not known which: two references with one key are one.
                    (None, Some(why)) => {
                        let why = match why.origin() {
                            Some(origin) => Why::of(format!("{address}[{origin}]")),
                            None => why,
                        };
                        return Ok((Value::unknown(why, Trail::computed(span, &[])), &rest[1..]));
                    }
                    (None, None) => {}
                }
                found
            }
            _ => None,
        };
        match (chosen, rest) {
            (Some(at), [Step { kind: StepKind::Attribute(attribute), .. }, rest @ ..]) => {
                Ok((self.attribute(instance, block, at, attribute), rest))
            }
            (Some(at), rest) => Ok((self.whole(instance, block, at), rest)),
            (None, rest) => {
                let whole = |at: &usize| self.whole(instance, block, *at);
                Ok((collected(&all, whole, &Why::of(address), Trail::computed(block.header, &[])), rest))
            }
        }
    }

    /// The instances of a resource, with their keys.
    fn resources(&self, instance: &Rc<Instance<'a>>, block: &'a Arc<Block>) -> Vec<(InstanceKey, usize)> {
        let all = self.declared(instance, block);
        all.iter().enumerate().map(|(at, resource)| (resource.repetition.key.clone(), at)).collect()
    }

    /// What a resource block declares in an instance of its module.
    pub(super) fn declared(&self, instance: &Rc<Instance<'a>>, block: &'a Arc<Block>) -> Rc<Vec<Resource>> {
        let id = Arc::as_ptr(block) as usize;
        if let Some(known) = instance.resources.borrow().get(&id) {
            return Rc::clone(known);
        }
        let made = self.repetitions(&Scope::of(instance, None), block).into_iter().map(|repetition| {
            let [kind, name] = block.labels.as_slice() else { unreachable!("a resource has two labels") };
            let address = format!("{}{kind}.{name}{}", instance.prefix, repetition.key);
            Resource { address, repetition }
        });
        let made = Rc::new(made.collect::<Vec<_>>());
        instance.resources.borrow_mut().insert(id, Rc::clone(&made));
        made
    }

    /// One attribute of a resource: what the configuration sets is known before the resource exists.
    pub(super) fn attribute(&self, instance: &Rc<Instance<'a>>, block: &'a Arc<Block>, at: usize, name: &str) -> Value {
        let all = self.declared(instance, block);
        let Some(resource) = all.get(at) else {
            return Value::unknown(Why::because("there is no such instance"), Trail::nowhere());
        };
        let scope = Scope::of(instance, Some(&resource.repetition));
        let after_deployment = || computed(&format!("{}.", resource.address), name, Trail::written(block.header));
        let Some(attribute) = block.body.attribute(name) else {
            let nested = self.nested(&scope, &block.body, name);
            let nested = nested.map(|blocks| {
                let blocks = with_computed(&blocks, &format!("{}.{name}", resource.address));
                azurerm::as_provider_has_it(&block.labels[0], name, blocks)
            });
            return nested.unwrap_or_else(after_deployment);
        };
        let id = Arc::as_ptr(block) as usize;
        instance.memo(Name::Attribute(id, at, &attribute.name), || {
            let value = self.settle(&scope, &attribute.expr);
            let value = azurerm::as_provider_has_it(&block.labels[0], name, value);
            match &value.data {
                // Not known, and of no origin: then it is at least what this resource has.
                Data::Unknown(why) if why.origin().is_none() && why.candidates().is_empty() => {
                    let why = Why::named(format!("{}.{name}", resource.address), why.text());
                    Value::unknown(why, value.trail)
                }
                _ => value,
            }
        })
    }

    /// All that the configuration sets of a resource; the rest is known after deployment.
    fn whole(&self, instance: &Rc<Instance<'a>>, block: &'a Arc<Block>, at: usize) -> Value {
        let open = self.declared(instance, block).get(at).map(|resource| Why::of(resource.address.clone()));
        let map = Map::new(MapKind::Object, self.arguments(instance, block, at));
        Value::map(map.opened(open), Trail::written(block.header))
    }

    /// What the configuration sets of a resource: its arguments and nested blocks, without those that are Terraform's.
    pub(super) fn arguments(&self, instance: &Rc<Instance<'a>>, block: &'a Arc<Block>, at: usize) -> Vec<MapEntry> {
        const OF_TERRAFORM: [&str; 7] =
            ["count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection"];
        let entry = |attribute: &'a crate::syntax::hcl::Attribute| MapEntry {
            key: (&*attribute.name).into(),
            key_trail: Trail::written(attribute.name_span),
            value: self.attribute(instance, block, at, &attribute.name),
        };
        let mut entries: Vec<MapEntry> = block.body.attributes.iter().map(entry).collect();
        if let Some(resource) = self.declared(instance, block).get(at) {
            entries.extend(self.nested_all(&Scope::of(instance, Some(&resource.repetition)), &block.body));
        }
        entries.retain(|entry| !OF_TERRAFORM.contains(&&*entry.key));
        entries
    }

    fn walk(&self, scope: &Scope<'_, 'a>, mut value: Value, steps: &[Step]) -> Outcome {
        for step in steps {
            value = match &step.kind {
                StepKind::Attribute(name) => attribute_of(&value, name)?,
                StepKind::Index(key) => {
                    let key = self.expr(scope, key)?;
                    index(&value, &key, step.span)?
                }
                StepKind::Splat(each) => self.splat(scope, &value, each, step.span)?,
            };
        }
        Ok(value)
    }

    /// `null` has no elements, what is no list is the only one.
    fn splat(&self, scope: &Scope<'_, 'a>, value: &Value, each: &[Step], span: Span) -> Outcome {
        let trail = Trail::computed(span, std::slice::from_ref(&value.trail));
        match &value.data {
            Data::Unknown(why) => Ok(Value::unknown(why.part("[*]"), value.trail.clone())),
            Data::Null => Ok(Value::list(ListKind::Tuple, Vec::new(), trail)),
            Data::List(list) => {
                let of_each = |item: &Value| {
                    let taken = value.taken(item);
                    let repeated = Value { trail: taken.trail.each(span, &item.trail), ..taken };
                    self.walk(scope, repeated, each)
                };
                let items: Result<Vec<Value>, Fail> = list.items.iter().map(of_each).collect();
                let kind = if list.kind == ListKind::Tuple { ListKind::Tuple } else { ListKind::List };
                Ok(Value::open_list(kind, items?, list.open.clone(), trail))
            }
            _ => Ok(Value::list(ListKind::Tuple, vec![self.walk(scope, value.clone(), each)?], trail)),
        }
    }
}

/// Nested blocks have more attributes than are set: those that are known after deployment.
fn with_computed(blocks: &Value, address: &str) -> Value {
    let Data::List(list) = &blocks.data else { return blocks.clone() };
    let opened = |(at, block): (usize, &Value)| match &block.data {
        Data::Map(map) => {
            let opened = Map::clone(map).opened(Some(Why::of(format!("{address}[{at}]"))));
            Value::map(opened, block.trail.clone())
        }
        _ => block.clone(),
    };
    let items = list.items.iter().enumerate().map(opened).collect();
    Value::open_list(list.kind, items, list.open.clone(), blocks.trail.clone())
}

/// An attribute that is known after deployment.
fn computed(address: &str, name: &str, trail: Trail) -> Value {
    let why = Why::of(format!("{address}{name}"));
    if is_id(name) { Value::pieces(Text::hole_only(why, trail.clone()), trail) } else { Value::unknown(why, trail) }
}

/// Whether an attribute is text in every resource type: a list of them is a list of so many texts.
fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id")
}

/// The instance that a key names.
fn pick<'v, T>(all: &'v [(InstanceKey, T)], key: &Value) -> Option<&'v T> {
    let same = |have: &InstanceKey| match (have, &key.data) {
        (InstanceKey::Index(at), _) => as_index(key) == Some(*at),
        (InstanceKey::Name(name), Data::Text(text)) => text.known().is_some_and(|text| text == *name),
        (InstanceKey::Name(name), Data::Number(number)) => number_text(*number) == **name,
        _ => false,
    };
    all.iter().find(|(have, _)| same(have)).map(|(_, value)| value)
}

/// The instances as the tuple or object that a reference without a key means.
fn collected<T>(all: &[(InstanceKey, T)], value: impl Fn(&T) -> Value, why: &Why, trail: Trail) -> Value {
    if all.iter().any(|(key, _)| *key == InstanceKey::Unknown) {
        return Value::unknown(why.clone(), trail);
    }
    if all.iter().all(|(key, _)| matches!(key, InstanceKey::Index(_))) && !all.is_empty() {
        return Value::list(ListKind::Tuple, all.iter().map(|(_, item)| value(item)).collect(), trail);
    }
    let entry = |(key, item): &(InstanceKey, T)| {
        let InstanceKey::Name(name) = key else { return None };
        Some(MapEntry { key: Rc::clone(name), key_trail: trail.clone(), value: value(item) })
    };
    let entries: Vec<MapEntry> = all.iter().filter_map(entry).collect();
    if entries.is_empty() {
        // `count = 0` and `for_each = {}` look alike to all that can be asked of them.
        return Value::list(ListKind::Tuple, Vec::new(), trail);
    }
    Value::map(Map::new(MapKind::Object, entries), trail)
}

fn attribute_of(value: &Value, name: &str) -> Outcome {
    match &value.data {
        Data::Unknown(why) => Ok(Value::unknown(why.part(&format!(".{name}")), value.trail.clone())),
        Data::Map(map) => match (value.get(name), &map.open) {
            (Some(found), _) => Ok(found),
            (None, Some(why)) => Ok(Value::unknown(why.part(&format!(".{name}")), value.trail.clone())),
            (None, None) if map.null_elsewhere => Ok(Value::null(value.trail.clone())),
            (None, None) => Err(Fail::new(format!("the object has no attribute {name:?}"))),
        },
        Data::Null => Err(Fail::new(format!("a null value has no attribute {name:?}"))),
        Data::Text(text) if text.hole().is_some() => Err(Fail::new(format!("a text has no attribute {name:?}"))),
        _ => Err(Fail::new(format!("the value has no attribute {name:?}"))),
    }
}

/// An element by a key that is known. What is taken by the key of a repetition was made once for each element.
fn index(value: &Value, key: &Value, span: Span) -> Outcome {
    let repeated = |found: Value| {
        if !key.trail.is_repeated() {
            return found;
        }
        let trail = found.trail.each(span, &found.trail);
        Value { trail, ..found }
    };
    if let Data::Unknown(why) = &value.data {
        let step = match (key.as_str(), as_index(key)) {
            (Some(text), _) => format!("[{text:?}]"),
            (None, Some(at)) => format!("[{at}]"),
            (None, None) => match key.identity() {
                Some(identity) => format!("[{identity}]"),
                None => return Ok(Value::unknown(Why::because(why.text()), value.trail.clone())),
            },
        };
        return Ok(Value::unknown(why.part(&step), value.trail.clone()));
    }
    if let Some(why) = key.why() {
        return Ok(Value::unknown(why, value.trail.clone()));
    }
    match &value.data {
        Data::List(list) if list.kind == ListKind::Set => Err(Fail::new("a set has no indexes")),
        Data::List(list) => match (as_index(key), &list.open) {
            (Some(_), Some(why)) => Ok(Value::unknown(why.clone(), value.trail.clone())),
            (Some(at), None) => {
                value.item(at).map(repeated).ok_or_else(|| Fail::new(format!("the list has no index {at}")))
            }
            (None, _) => Err(Fail::new("a list is indexed by a whole number that is not negative")),
        },
        Data::Map(_) => attribute_of(value, &key_text(key)?).map(repeated),
        Data::Null => Err(Fail::new("a null value has no elements")),
        _ => Err(Fail::new("the value has no elements")),
    }
}

fn key_text(key: &Value) -> Result<Rc<str>, Fail> {
    operand(key, &Type::String)?.as_str().ok_or_else(|| Fail::new("a null value is no key"))
}

fn as_index(key: &Value) -> Option<usize> {
    let number = key.as_number().or_else(|| key.as_str()?.parse().ok())?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small whole number")]
    (number >= 0.0 && number.fract() == 0.0 && number < 1e9).then_some(number as usize)
}
