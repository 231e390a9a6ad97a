//! azapi resources: Azure's own types, written in HCL objects (2.x) or JSON text (1.x).

use crate::model::row::{self, Place};
use crate::model::{Container, Embedded, Key, resource};
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

/// The ARM template that a resource deploys.
pub(super) fn embedded(value: &Value, template: &str, parameters: &[&str], address: &str) -> Option<Embedded> {
    let template = decoded(&value.get(template)?);
    // A policy that deploys holds the template deep inside.
    let deployment = row::field(&template, "then.details.deployment.properties");
    if let Some(deployment) = deployment {
        let template = row::field(&deployment, "template")?;
        let parameters = row::field(&deployment, "parameters");
        return Some(Embedded { template, parameters, address: address.to_owned() });
    }
    let parameters = parameters.iter().find_map(|name| value.get(name)).map(|it| wrapped(&decoded(&it)));
    template.as_map()?;
    Some(Embedded { template, parameters, address: address.to_owned() })
}

/// Plain values as a parameter file has them.
fn wrapped(parameters: &Value) -> Value {
    let Some(map) = parameters.as_map() else { return parameters.clone() };
    let wrap = |entry: &MapEntry| {
        let value = parameters.taken(&entry.value);
        if value.as_map().is_some() {
            return MapEntry { value, ..entry.clone() };
        }
        let held = MapEntry { key: "value".into(), key_trail: Trail::nowhere(), value: value.clone() };
        let value = Value::map(Map::new(MapKind::Object, vec![held]), value.trail);
        MapEntry { value, ..entry.clone() }
    };
    Value::map(Map::new(MapKind::Object, map.entries().iter().map(wrap).collect()), parameters.trail.clone())
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
pub(super) fn decoded(body: &Value) -> Value {
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
