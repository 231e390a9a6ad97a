//! The decision table, row by row.

use crate::{read_json, testdata};
use kmslint::check;
use kmslint::endpoint::Endpoint;
use kmslint::model::{Container, Effect, Entry, HopKind, Key, Kind, NextHop, Setting, Slot, Target};
use kmslint::rule::{self, Rule};
use kmslint::source::{Sources, Span};
use kmslint::value::{Trail, Value, Why};
use serde_json::Value as Json;
use std::path::Path;

/// Every row of the decision table about route tables gives its verdict through the model and the check.
#[test]
fn decision_table_rows_of_route_tables() {
    let sources = Sources::default();
    let rules = rule::load(&sources, &[]).rules;
    let anywhere = Span::new(sources.insert(Path::new("/table"), String::new()).id, 0..0);
    let mut wrong = Vec::new();
    let mut rows = 0;
    for (at, row) in read_json(&testdata("verdicts.json")).iter().enumerate().filter(|(_, row)| row["kind"] == "udr") {
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
