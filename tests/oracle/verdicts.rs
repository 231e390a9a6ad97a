//! The decision table, row by row.

use crate::{read_json, testdata};
use kmslint::check;
use kmslint::model::{Container, Effect, Entry, HopKind, Key, Kind, NextHop, Purpose, Setting, Slot, Target, Word};
use kmslint::rule::{self, Rule};
use kmslint::source::{Sources, Span};
use kmslint::value::{Trail, Value, Why};
use serde_json::Value as Json;
use std::path::Path;

/// Every row of the decision table gives its verdict through the model and the checks.
#[test]
fn decision_table() {
    let sources = Sources::default();
    let mut rules = rule::load(&sources, &[]).rules;
    rules.retain(|rule| rule.default);
    let anywhere = Span::new(sources.insert(Path::new("/table"), String::new()).id, 0..0);
    let rows = read_json(&testdata("verdicts.json"));
    assert!(rows.len() >= 77, "the table has only {} rows", rows.len());
    let mut wrong = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let got = verdict(row, &rules, anywhere);
        if got != row["expect"].as_str().expect("a verdict") {
            wrong.push(format!("  row {}: {}: expected {}, got {got}", at + 1, row["title"], row["expect"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn verdict(row: &Json, rules: &[Rule], at: Span) -> &'static str {
    let (mut all, check) = match row["kind"].as_str().expect("a kind") {
        "udr" => (vec![route_table(row, at)], "route-table"),
        "nsg" => (security_group(row, at), "security-group"),
        "azfw" => (azure_firewall(row, at), "firewall"),
        "list" => (vec![list(row, at)], "allow-list"),
        other => panic!("kind {other}"),
    };
    if row["appliance_allows_successors"] == true {
        all.push(firewall(rules, at));
    }
    let findings = check::check(&all, rules);
    // The table speaks of pins alone.
    let findings = findings.iter().filter(|it| it.cloud.as_deref() == Some("AzureCloud") && it.check == Some(check));
    findings.map(|finding| finding.severity).max().map_or("none", kmslint::finding::Severity::name)
}

fn texts(row: &Json, key: &str) -> Vec<String> {
    row[key].as_array().into_iter().flatten().map(|text| text.as_str().expect("a text").to_owned()).collect()
}

fn words(texts: Vec<String>) -> Vec<Word> {
    texts.into_iter().map(|text| Word { text, span: None, why: None }).collect()
}

fn gaps(row: &Json, key: &str) -> Vec<Why> {
    if row[key] == true { vec![Why::because("it comes from elsewhere")] } else { Vec::new() }
}

/// A rule of the table as an entry: `src`, `dst`, `fqdns`, `ports`, `proto`.
fn rule_entry(rule: &Json, effect: &str, at: Span) -> Entry {
    let effect = if effect == "Allow" { Effect::Allow } else { Effect::Deny };
    let all = [texts(rule, "dst"), texts(rule, "fqdns")].concat();
    let mut entry = new_entry(rule["name"].as_str(), effect, &all.iter().map(String::as_str).collect::<Vec<_>>(), at);
    let source = rule["src"].as_str().filter(|source| *source != "*");
    entry.sources = source.into_iter().map(|source| new_target(source, at)).collect();
    entry.ports = words(texts(rule, "ports"));
    entry
}

/// A group, and the route table of its subnet where the row has one.
fn security_group(row: &Json, at: Span) -> Vec<Container> {
    let rules = row["rules"].as_array().expect("rules").iter().filter(|rule| rule["dir"] != "Inbound");
    let entry = |rule: &Json| {
        let mut entry = rule_entry(rule, rule["access"].as_str().expect("an access"), at);
        entry.order = vec![rule["prio"].as_i64().expect("a priority")];
        entry.protocols = words(rule["proto"].as_str().into_iter().map(str::to_owned).collect());
        entry
    };
    let subnets = vec!["subnet".to_owned()];
    let mut all = vec![Container {
        entries: rules.map(entry).collect(),
        gaps: gaps(row, "unknown_rules"),
        subnets: subnets.clone(),
        ..new_container(Kind::SecurityGroup, at)
    }];
    if row["forced_default_route"] == true {
        let hop = NextHop { kind: HopKind::VirtualNetworkGateway, target: None };
        let entries = vec![new_entry(None, Effect::Route(hop), &["0.0.0.0/0"], at)];
        all.push(Container { entries, subnets, ..new_container(Kind::RouteTable, at) });
    }
    all
}

/// A policy with its rules, and its parent with those that are inherited.
fn azure_firewall(row: &Json, at: Span) -> Vec<Container> {
    let part = |parent: bool| -> Vec<Entry> {
        let rules = row["rules"].as_array().expect("rules").iter().filter(|rule| (rule["parent"] == true) == parent);
        let entry = |rule: &Json| {
            let mut entry = rule_entry(rule, rule["action"].as_str().expect("an action"), at);
            entry.order = ["rcg", "coll"].map(|key| rule[key].as_i64().unwrap_or(0)).to_vec();
            entry.protocols = words(texts(rule, "proto"));
            if entry.ports.is_empty() {
                entry.ports = words(vec!["1688".to_owned()]);
            }
            entry.is_http = rule["type"] == "app";
            entry
        };
        rules.map(entry).collect()
    };
    let child = Container {
        entries: part(false),
        gaps: gaps(row, "unknown"),
        base: Some("parent".to_owned()),
        ..new_container(Kind::Firewall, at)
    };
    let parent = Container {
        entries: part(true),
        id: Some("parent".to_owned()),
        key: Key::own(Kind::Firewall, "parent"),
        ..new_container(Kind::Firewall, at)
    };
    vec![child, parent]
}

fn list(row: &Json, at: Span) -> Container {
    let values = texts(row, "values");
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    Container {
        entries: vec![new_entry(None, Effect::Allow, &values, at)],
        gaps: gaps(row, "unknown"),
        purpose: if row["sink"] == false { Purpose::Name } else { Purpose::Known },
        name: row["name"].as_str().map(str::to_owned),
        ..new_container(Kind::AllowList, at)
    }
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
    entry.ports = words(vec![rules[0].port.to_string()]);
    entry.protocols = words(vec!["TCP".to_owned()]);
    Container { entries: vec![entry], ..new_container(Kind::Firewall, at) }
}

fn new_container(kind: Kind, span: Span) -> Container {
    Container { declared: true, ..Container::new(kind, Key::own(kind, "x"), "x", span) }
}

fn new_target(text: &str, span: Span) -> Target {
    match Target::of(&Value::text(text, Trail::nowhere()), Slot::Argument) {
        Some(target) if text != "?" => Target { span: Some(span), ..target },
        _ => Target::unknown(&Why::because("it comes from elsewhere"), Trail::nowhere()),
    }
}

fn new_entry(name: Option<&str>, effect: Effect, targets: &[&str], span: Span) -> Entry {
    Entry {
        name: name.map(str::to_owned),
        targets: targets.iter().map(|text| new_target(text, span)).collect(),
        ..Entry::new(effect, span)
    }
}
