//! Who else uses a text: outputs, and resources that are nothing to kmslint.

use super::eval::Eval;
use super::scenario::Scenario;
use super::{Root, Terraform, azurerm, each_instance};
use crate::source::{Sources, Span};
use crate::value::{Map, MapKind, Trail, Value};

/// Instances of one resource that are looked through.
const MOST_INSTANCES: usize = 1_000;

impl Terraform {
    /// Which of these places give a text to an output of the root or to a resource that no rule is about.
    pub fn shared(&self, root: &Root, scenario: &Scenario, sources: &Sources, places: &[Span]) -> Vec<Span> {
        let eval = Eval::new(self, &root.dir, sources, scenario);
        let Some(instance) = eval.root() else { return Vec::new() };
        let mut found: Vec<Span> = Vec::new();
        let mut look = |value: &Value| {
            value.each_place(&mut |span| {
                found.extend(places.iter().filter(|place| span.contains(**place) || place.contains(span)));
            });
        };
        for name in instance.module.outputs.keys() {
            eval.refuel();
            if let Ok(value) = eval.output(&instance, name) {
                look(&value);
            }
        }
        each_instance(&eval, &instance, &mut |instance| {
            for block in instance.module.resources.iter().filter(|block| !azurerm::is_known(&block.labels[0])) {
                eval.refuel();
                for at in 0..eval.declared(instance, block).len().min(MOST_INSTANCES) {
                    let arguments = Map::new(MapKind::Object, eval.arguments(instance, block, at));
                    look(&Value::map(arguments, Trail::nowhere()));
                }
            }
        });
        found.sort();
        found.dedup();
        found
    }
}
