//! Nested blocks as values: a list of objects, dynamic blocks unrolled.

use super::eval::{Eval, Names, Scope};
use super::module::argument;
use super::repeat::rounds;
use crate::syntax::hcl::{Block, Body};
use crate::value::{ListKind, Map, MapEntry, MapKind, Trail, Value};

impl<'a> Eval<'a> {
    /// The nested blocks of one type, static and dynamic, as written; `None` where there is
    /// none.
    pub(super) fn nested(&self, scope: &Scope<'_, 'a>, body: &Body, name: &str) -> Option<Value> {
        let mut items = Vec::new();
        let mut first = None;
        for block in &body.blocks {
            if *block.kind == *name {
                items.push(self.block(scope, block, Trail::written(block.span)));
            } else if &*block.kind == "dynamic" && block.labels.first().is_some_and(|label| **label == *name) {
                self.unroll(scope, block, name, &mut items);
            } else {
                continue;
            }
            first.get_or_insert(block.header);
        }
        // A dynamic block without rounds is no block.
        first.filter(|_| !items.is_empty()).map(|header| Value::list(ListKind::List, items, Trail::written(header)))
    }

    fn unroll(&self, scope: &Scope<'_, 'a>, dynamic: &Block, name: &str, out: &mut Vec<Value>) {
        let Some(expr) = argument(dynamic, "for_each") else { return };
        let Some(content) = dynamic.body.blocks_of("content").next() else { return };
        let iterator = argument(dynamic, "iterator").map(|expr| match &expr.kind {
            crate::syntax::hcl::ExprKind::Name(name) => name.to_string(),
            _ => expr.as_text().unwrap_or_else(|| name.to_owned()),
        });
        let iterator = iterator.unwrap_or_else(|| name.to_owned());
        let collection = self.settle(scope, expr);
        if collection.is_null() {
            return;
        }
        for round in rounds(&collection, expr.span) {
            let element = round.value.trail.clone();
            let entry = |key: &str, value| MapEntry { key: key.into(), key_trail: Trail::nowhere(), value };
            let pair = vec![entry("key", round.key), entry("value", round.value)];
            let value = Value::map(Map::new(MapKind::Object, pair), Trail::nowhere());
            let names = Names { name: &iterator, value: &value, outer: scope.names };
            let trail = Trail::written(dynamic.span).each(expr.span, &element);
            let trail = match round.doubt {
                Some(why) => trail.maybe(why),
                None => trail,
            };
            out.push(self.block(&scope.with(Some(&names)), content, trail));
        }
    }

    /// A block as an object: its attributes, and its nested blocks as lists.
    fn block(&self, scope: &Scope<'_, 'a>, block: &Block, trail: Trail) -> Value {
        let mut entries = Vec::new();
        for attribute in &block.body.attributes {
            entries.push(MapEntry {
                key: (&*attribute.name).into(),
                key_trail: Trail::written(attribute.name_span),
                value: self.settle(scope, &attribute.expr),
            });
        }
        entries.extend(self.nested_all(scope, &block.body));
        Value::map(Map::new(MapKind::Object, entries), trail)
    }

    /// All nested blocks of a body, by type.
    pub(super) fn nested_all(&self, scope: &Scope<'_, 'a>, body: &Body) -> Vec<MapEntry> {
        let mut entries = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for inner in &body.blocks {
            let dynamic = &*inner.kind == "dynamic";
            let name = if dynamic { inner.labels.first().map_or("", |label| &**label) } else { &*inner.kind };
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            if let Some(value) = self.nested(scope, body, name) {
                entries.push(MapEntry { key: name.into(), key_trail: Trail::written(inner.header), value });
            }
        }
        entries
    }
}
