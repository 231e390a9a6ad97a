//! Against ground truth: what real Terraform answered, and the decision table.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop")]

mod arm;
mod console;
mod origins;
mod plan;
mod render;
mod verdicts;

use kmslint::value::{Data, MapEntry, Value};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

fn read_json(path: &Path) -> Vec<Json> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Deeply nested code is evaluated on threads with a large stack, as the workspace does.
fn on_large_stack(run: fn()) {
    let thread = std::thread::Builder::new().stack_size(64 << 20).spawn(run);
    thread.expect("a thread").join().expect("no panic");
}

/// The value as JSON, if it is wholly known.
fn json(value: &Value) -> Option<Json> {
    Some(match &value.data {
        Data::Unknown(_) => return None,
        Data::Null => Json::Null,
        Data::Bool(value) => Json::Bool(*value),
        Data::Number(value) => serde_json::json!(value),
        Data::Text(text) => Json::String(text.known()?.to_string()),
        Data::List(list) if list.open.is_some() => return None,
        Data::List(list) => Json::Array(list.items.iter().map(json).collect::<Option<_>>()?),
        Data::Map(map) if map.open.is_some() => return None,
        Data::Map(map) => {
            let entry = |entry: &MapEntry| Some((entry.key.to_string(), json(&entry.value)?));
            Json::Object(map.entries().iter().map(entry).collect::<Option<_>>()?)
        }
    })
}

fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
