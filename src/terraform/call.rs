//! Calls of modules that are not on disk: what they hand over is read as what the module is known to make of it, or
//! else by what its fields are called.

use super::eval::{Eval, Instance, Scope};
use super::input::{self, ModuleName};
use super::module::argument;
use super::scenario::{Assigned, Scenario};
use super::{caf, guess};
use crate::model::Container;
use crate::model::row::Place;
use crate::source::{SourceId, Span};
use crate::syntax::hcl::{Attribute, Block, Expr};
use crate::value::{Map, MapEntry, MapKind, Trail, Value};
use std::rc::Rc;

/// Arguments of a call that are Terraform's own.
const OF_TERRAFORM: [&str; 6] = ["source", "version", "providers", "count", "for_each", "depends_on"];

/// The containers of all such calls in an instance of a module.
pub(super) fn collect<'a>(eval: &Eval<'a>, instance: &Rc<Instance<'a>>, out: &mut Vec<Container>) {
    for (name, block) in &instance.module.calls {
        if instance.module.called_dir(block).is_some() || eval.children(instance, name).is_some() {
            continue;
        }
        eval.refuel();
        for repetition in eval.repetitions(&Scope::of(instance, None), block) {
            let place = Place {
                address: format!("{}module.{name}{}", instance.prefix, repetition.key),
                span: block.header,
                doubt: repetition.doubt.clone().or_else(|| eval.doubt(instance)),
                scope: Value::text(format!("{}module.{name}{}", instance.prefix, repetition.key), Trail::nowhere()),
                id: None,
            };
            let scope = Scope::of(instance, Some(&repetition));
            read(eval, &scope, block, &place, out);
        }
    }
}

fn read<'a>(eval: &Eval<'a>, scope: &Scope<'_, 'a>, block: &Block, place: &Place, out: &mut Vec<Container>) {
    let given = |wanted: &dyn Fn(&str) -> bool| {
        let attributes = block.body.attributes.iter().filter(|attribute| wanted(&attribute.name));
        let entry = |attribute: &Attribute| MapEntry {
            key: (&*attribute.name).into(),
            key_trail: Trail::written(attribute.name_span),
            value: eval.settle(scope, &attribute.expr),
        };
        Value::map(Map::new(MapKind::Object, attributes.map(entry).collect()), Trail::written(block.header))
    };
    let source = argument(block, "source").and_then(Expr::as_text);
    let module = source.as_deref().and_then(ModuleName::of);
    if module.as_ref().is_some_and(caf::is_it) {
        out.extend(caf::read(&given(&caf::names), place));
    } else if let Some(inputs) = module.as_ref().and_then(input::inputs) {
        let names: Vec<&str> = inputs.iter().flat_map(input::Input::wanted).collect();
        let arguments = given(&|name| names.contains(&name));
        out.extend(inputs.iter().flat_map(|input| input::read(input, &arguments, place)));
    } else {
        let arguments = given(&|name| !OF_TERRAFORM.contains(&name));
        out.extend(guess::read(&arguments, place, &|span| eval.sources.get(span.source).slice(span).to_owned()));
    }
}

/// The containers of variable files that no code declares.
pub(super) fn landing_zone<'a>(eval: &Eval<'a>, instance: &Rc<Instance<'a>>, scenario: &Scenario) -> Vec<Container> {
    let scope = Scope::of(instance, None);
    let mut entries = Vec::new();
    for (name, assigned) in scenario.values.iter().filter(|(name, _)| caf::names(name)) {
        if let Assigned::Expr(entry) = assigned {
            eval.refuel();
            let value = eval.settle(&scope, entry.expr());
            entries.push(MapEntry { key: (&**name).into(), key_trail: Trail::nowhere(), value });
        }
    }
    let Some(source) = scenario.sources.first() else { return Vec::new() };
    let span = start_of(*source);
    let scope = Value::text("", Trail::nowhere());
    let place = Place { address: String::new(), span, doubt: None, scope, id: None };
    caf::read(&Value::map(Map::new(MapKind::Object, entries), Trail::written(span)), &place)
}

fn start_of(source: SourceId) -> Span {
    Span::new(source, 0..0)
}
