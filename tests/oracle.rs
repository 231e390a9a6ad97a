//! Against ground truth: what real Terraform answered, and the decision table.

use kmslint::check;
use kmslint::endpoint::Endpoint;
use kmslint::model::{Container, Effect, Entry, HopKind, Key, Kind, NextHop, Setting, Slot, Target};
use kmslint::rule::{self, Rule};
use kmslint::source::{Source, Sources, Span};
use kmslint::terraform::Terraform;
use kmslint::value::{Data, Trail, Value, Why};
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

fn read_json(name: &str) -> Vec<Json> {
    let path = testdata(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Answers of Terraform 1.11 that kmslint improves on: 1.12 stops where the left side decides, and so does kmslint.
const KNOWN_HERE: [&str; 2] = ["true || local.unks == \"a\"", "false && local.unks == \"a\""];

/// Every expression that real Terraform was asked is answered with its value, its error, or unknown: never with
/// another value.
#[test]
fn console_answers_agree() {
    // Deeply nested code is evaluated on threads with a large stack, as the workspace does.
    let run = std::thread::Builder::new().stack_size(64 << 20).spawn(compare_console);
    run.expect("a thread").join().expect("no panic");
}

fn compare_console() {
    let dir = testdata("terraform/console").canonicalize().expect("the folder of the console");
    let sources = Sources::new(vec![dir.clone()]);
    let terraform = Terraform::load(&[dir.join("main.tf")], &sources);
    let root = &terraform.roots[0];
    let rows = read_json("terraform/console.json");
    let (mut agree, mut unknown, mut wrong) = (0, Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let text = row["expr"].as_str().expect("an expression");
        let source: Arc<Source> = sources.insert(&dir.join(format!("console-{at}")), text.to_owned());
        let answer = terraform.console(root, &root.scenarios[0], &sources, &source);
        match compare(row, &answer) {
            Agreement::Same => agree += 1,
            Agreement::Unknown(_) if KNOWN_HERE.contains(&text) => agree += 1,
            Agreement::Wrong(_) if KNOWN_HERE.contains(&text) => agree += 1,
            Agreement::Unknown(why) => unknown.push(format!("  {text}: unknown: {why}")),
            Agreement::Wrong(got) => wrong.push(format!("  {text}: {got}, but Terraform says {row}")),
        }
    }
    println!("{agree} of {} answers agree", rows.len());
    println!("{} are unknown here:\n{}", unknown.len(), unknown.join("\n"));
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(agree >= 300, "only {agree} of {} answers agree", rows.len());
}

enum Agreement {
    Same,
    Unknown(String),
    Wrong(String),
}

fn compare(row: &Json, answer: &Result<Value, String>) -> Agreement {
    let value = match (row.get("error"), answer) {
        (Some(_), Err(_)) => return Agreement::Same,
        (Some(_), Ok(value)) => return either_unknown(value),
        (None, Err(message)) => return Agreement::Wrong(format!("error: {message}")),
        (None, Ok(value)) => value,
    };
    if row.get("sensitive").is_some() {
        return if value.trail.is_secret() { Agreement::Same } else { Agreement::Wrong(format!("{:?}", json(value))) };
    }
    match (row.get("json"), json(value)) {
        (None, None) => Agreement::Same,
        (None, Some(got)) => Agreement::Wrong(got.to_string()),
        (Some(_), None) => either_unknown(value),
        (Some(expected), Some(got)) if same(expected, &got) => Agreement::Same,
        (Some(_), Some(got)) => Agreement::Wrong(got.to_string()),
    }
}

fn either_unknown(value: &Value) -> Agreement {
    match value.any_why() {
        Some(why) => Agreement::Unknown(why.text().to_owned()),
        None => Agreement::Wrong(format!("{:?}", json(value))),
    }
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
            let entry = |entry: &kmslint::value::MapEntry| Some((entry.key.to_string(), json(&entry.value)?));
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

/// Every row of the decision table about route tables gives its verdict through the model and the check.
#[test]
fn decision_table_rows_of_route_tables() {
    let sources = Sources::default();
    let rules = rule::load(&sources, &[]).rules;
    let anywhere = Span::new(sources.insert(Path::new("/table"), String::new()).id, 0..0);
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (at, row) in read_json("verdicts.json").iter().enumerate().filter(|(_, row)| row["kind"] == "udr") {
        rows += 1;
        let got = verdict(row, &rules, anywhere);
        if got != row["expect"].as_str().expect("a verdict") {
            wrong.push(format!("  row {}: {}: expected {}, got {got}", at + 1, row["title"], row["expect"]));
        }
    }
    assert!(rows >= 30, "the table has only {rows} rows about route tables");
    assert!(wrong.is_empty(), "{} of {rows} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn verdict(row: &Json, rules: &[Rule], at: Span) -> &'static str {
    let mut all = vec![route_table(row, at)];
    if row["appliance_allows_successors"] == true {
        all.push(firewall(rules, at));
    }
    let findings = check::check(&all, rules);
    let findings = findings.iter().filter(|finding| finding.cloud.as_deref() == Some("AzureCloud"));
    findings.map(|finding| finding.severity.name()).next().unwrap_or("none")
}

fn route_table(row: &Json, at: Span) -> Container {
    let unknown = || Why::because("it comes from elsewhere");
    let entry = |route: &Json| {
        let text = |key: &str| route[key].as_str();
        let hop = match text("hop").expect("a next hop") {
            "Internet" => HopKind::Internet,
            "VirtualAppliance" => HopKind::VirtualAppliance,
            "VirtualNetworkGateway" => HopKind::VirtualNetworkGateway,
            "None" => HopKind::None,
            "VnetLocal" => HopKind::VnetLocal,
            "?" => HopKind::Unknown(unknown()),
            other => panic!("next hop {other}"),
        };
        let target = text("ip").map(|ip| Value::text(ip, Trail::nowhere()));
        let effect = Effect::Route(NextHop { kind: hop, target });
        new_entry(text("name"), effect, &[text("prefix").expect("a prefix")], at)
    };
    Container {
        bgp_propagation: Some(Setting::Known(row["bgp"] != false)),
        gaps: if row["unknown_routes"] == true { vec![unknown()] } else { Vec::new() },
        entries: row["routes"].as_array().expect("routes").iter().map(entry).collect(),
        ..new_container(Kind::RouteTable, at)
    }
}

/// A firewall that lets the successors through by address.
fn firewall(rules: &[Rule], at: Span) -> Container {
    let cloud = &rules[0].clouds[0];
    let addresses: Vec<String> = cloud.successors.addresses.iter().map(ToString::to_string).collect();
    let mut entry = new_entry(None, Effect::Allow, &addresses.iter().map(String::as_str).collect::<Vec<_>>(), at);
    entry.ports = vec![rules[0].port.to_string()];
    entry.protocols = vec!["TCP".to_owned()];
    Container { entries: vec![entry], ..new_container(Kind::Firewall, at) }
}

fn new_container(kind: Kind, span: Span) -> Container {
    Container {
        kind,
        address: "x".to_owned(),
        name: None,
        key: Key::new(kind, &[]),
        span,
        entries: Vec::new(),
        gaps: Vec::new(),
        bgp_propagation: None,
        declared: true,
    }
}

fn new_entry(name: Option<&str>, effect: Effect, targets: &[&str], span: Span) -> Entry {
    let target = |text: &&str| Target {
        endpoint: if *text == "?" { Endpoint::Unknown { prefix: String::new() } } else { Endpoint::parse(text) },
        text: (*text).to_owned(),
        span: Some(span),
        trail: Trail::nowhere(),
        why: (*text == "?").then(|| Why::because("it comes from elsewhere")),
        slot: Slot::Argument,
    };
    Entry {
        name: name.map(str::to_owned),
        span,
        doubt: None,
        order: Vec::new(),
        effect,
        sources: Vec::new(),
        ports: Vec::new(),
        protocols: Vec::new(),
        targets: targets.iter().map(target).collect(),
    }
}
