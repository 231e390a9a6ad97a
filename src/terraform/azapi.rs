//! azapi resources: Azure's own types, written in HCL objects (2.x) or JSON text (1.x).

use crate::model::row::{self, Place};
use crate::model::{Container, Key, resource};
use crate::syntax;
use crate::value::{Data, Map, MapEntry, MapKind, Trail, Value, Why};

/// The arguments that matter.
pub(super) const WANTED: [&str; 5] = ["type", "name", "parent_id", "resource_id", "body"];

/// What an azapi resource declares.
pub(super) fn read(value: &Value, place: &dyn Fn() -> Place) -> Vec<Container> {
    let Some(kind) = value.get("type").and_then(|kind| kind.as_str()) else { return Vec::new() };
    let kind = kind.split('@').next().unwrap_or_default();
    let resource = as_resource(value);
    let mut out = Vec::new();
    for row in resource::rows(kind) {
        let mut container = row::read(row, &resource, place());
        // A part of a resource that is declared elsewhere.
        if let Some(id) = value.get("resource_id").filter(|id| !id.is_null())
            && row.declares
        {
            container.key = Key::of_id(row.kind, Some(&id));
            container.declared = false;
            container.id = None;
        }
        out.push(container);
    }
    out
}

/// The resource as a template has it.
fn as_resource(value: &Value) -> Value {
    let mut open = None;
    let mut entries = Vec::new();
    let body = value.get("body").map(|body| decoded(&body));
    match body.as_ref().map(|body| (&body.data, body)) {
        Some((Data::Map(map), body)) => {
            open.clone_from(&map.open);
            entries.extend(map.entries().iter().map(|e| MapEntry { value: body.taken(&e.value), ..e.clone() }));
        }
        Some((_, body)) => open = body.why(),
        None => {}
    }
    for name in ["name", "parent_id"] {
        if let Some(value) = value.get(name) {
            entries.push(MapEntry { key: name.into(), key_trail: Trail::nowhere(), value });
        }
    }
    Value::map(Map::new(MapKind::Object, entries).opened(open), value.trail.clone())
}

/// JSON text as what it holds.
fn decoded(body: &Value) -> Value {
    let Data::Text(text) = &body.data else { return body.clone() };
    let unknown = |why: Why| Value::unknown(why, body.trail.clone());
    match (text.known(), text.hole()) {
        (Some(known), _) => match syntax::json::parse(&known) {
            Ok(node) => node.value(text, &body.trail),
            Err(stop) => unknown(Why::because(format!("the body is no JSON: {}", stop.message))),
        },
        (None, Some(why)) => unknown(why.clone()),
        (None, None) => body.clone(),
    }
}
