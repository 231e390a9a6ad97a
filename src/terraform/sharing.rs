//! Who else uses a text: outputs, conditions, and what says nothing of networks.

use super::eval::{Eval, Instance, Scope};
use super::module::{argument, nested_type};
use super::scenario::Scenario;
use super::{Root, Terraform, azurerm, caf, each_instance, input};
use crate::source::{Sources, Span};
use crate::syntax::hcl::{Attribute, Block, Body, Expr, ExprKind};
use crate::value::{Data, Value};
use std::rc::Rc;

/// Instances of one resource that are looked through.
const MOST_INSTANCES: usize = 1_000;
/// Blocks within blocks that are looked through.
const DEEPEST: usize = 8;

impl Terraform {
    /// Which of these places give a text to an output of the root, to a condition, or to something that no rule is about.
    pub fn shared(&self, root: &Root, scenario: &Scenario, sources: &Sources, places: &[Span]) -> Vec<Span> {
        let eval = Eval::new(self, &root.dir, sources, scenario);
        let Some(instance) = eval.root() else { return Vec::new() };
        let mut search = Search { eval: &eval, places, found: Vec::new() };
        for name in instance.module.outputs.keys() {
            eval.refuel();
            if let Ok(value) = eval.output(&instance, name) {
                search.look(&value);
            }
        }
        each_instance(&eval, &instance, &mut |instance| search.instance(instance));
        search.found.sort();
        search.found.dedup();
        search.found
    }
}

struct Search<'s, 'a> {
    eval: &'s Eval<'a>,
    places: &'s [Span],
    found: Vec<Span>,
}

impl<'a> Search<'_, 'a> {
    fn look(&mut self, value: &Value) {
        self.found.extend(value.places_of(self.places));
    }

    fn instance(&mut self, instance: &Rc<Instance<'a>>) {
        let (eval, module) = (self.eval, instance.module);
        for block in &module.resources {
            eval.refuel();
            let kind = &*block.labels[0];
            let read = azurerm::read_arguments(kind);
            if !azurerm::is_known(kind) {
                self.repetition(&Scope::of(instance, None), block);
            }
            if !says_more(&block.body, &read) {
                continue;
            }
            for resource in eval.declared(instance, block).iter().take(MOST_INSTANCES) {
                self.body(&Scope::of(instance, Some(&resource.repetition)), &block.body, &read, 0);
            }
        }
        for block in &module.data {
            eval.refuel();
            self.repetition(&Scope::of(instance, None), block);
            self.body(&Scope::of(instance, None), &block.body, &[], 0);
        }
        for block in module.variables.values() {
            for validation in block.body.blocks_of("validation") {
                self.body(&Scope::of(instance, None), &validation.body, &["error_message"], 0);
            }
        }
        for (name, block) in &module.calls {
            let source = argument(block, "source").and_then(Expr::as_text);
            let is_known = |name: input::ModuleName| input::inputs(&name).is_some() || caf::is_it(&name);
            let known = source.as_deref().and_then(input::ModuleName::of).is_some_and(is_known);
            let on_disk = eval.children(instance, name).is_some_and(|children| !children.is_empty());
            if !known && !on_disk {
                self.body(&Scope::of(instance, None), &block.body, &[], 0);
            }
        }
    }

    /// What makes more instances: a count, or the keys and elements of a collection.
    fn repetition(&mut self, scope: &Scope<'_, 'a>, block: &Block) {
        if let Some(count) = argument(block, "count") {
            self.look(&self.eval.settle(scope, count));
        }
        let Some(each) = argument(block, "for_each") else { return };
        let collection = self.eval.settle(scope, each);
        match &collection.data {
            Data::Map(map) => {
                // What lies deeper makes no instance.
                let plain = |value: &&Value| !matches!(value.data, Data::List(_) | Data::Map(_));
                for entry in map.entries() {
                    match entry.value.as_map() {
                        Some(inner) => {
                            let plain = inner.entries().iter().map(|it| &it.value).filter(plain);
                            plain.for_each(|it| self.look(it));
                        }
                        None => self.look(&entry.value),
                    }
                }
            }
            _ => self.look(&collection),
        }
    }

    /// All arguments of a body but those that are read already, or are about the repetition.
    fn body(&mut self, scope: &Scope<'_, 'a>, body: &Body, read: &[&str], depth: usize) {
        for attribute in body.attributes.iter().filter(|attribute| is_open(attribute, read)) {
            self.look(&self.eval.settle(scope, &attribute.expr));
        }
        for block in &body.blocks {
            if !read.contains(&nested_type(block)) && depth < DEEPEST {
                if &*block.kind == "dynamic" {
                    self.repetition(scope, block);
                }
                self.body(scope, &block.body, &[], depth + 1);
            }
        }
    }
}

/// Whether an argument may give a text of somebody else to something that is not read.
fn is_open(attribute: &Attribute, read: &[&str]) -> bool {
    const ABOUT: [&str; 4] = ["for_each", "count", "depends_on", "source"];
    let name = &*attribute.name;
    let literal =
        matches!(attribute.expr.kind, ExprKind::Text(_) | ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Null);
    !literal && !read.contains(&name) && !ABOUT.contains(&name)
}

/// Whether a body has such an argument, or a block that may have.
fn says_more(body: &Body, read: &[&str]) -> bool {
    body.attributes.iter().any(|attribute| is_open(attribute, read))
        || body.blocks.iter().any(|block| !read.contains(&nested_type(block)))
}
