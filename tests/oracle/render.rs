//! The decision table as code: every row written in Terraform and as an ARM template.

use crate::{on_large_stack, read_json, testdata};
use kmslint::arm::Arm;
use kmslint::check;
use kmslint::finding::Severity;
use kmslint::model::{Container, Effect, Entry, Setting, Target, Word};
use kmslint::rule::{self, Rule};
use kmslint::source::Sources;
use kmslint::terraform::Terraform;
use kmslint::terraform::scenario::Inputs;
use kmslint::value::Value;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Every row gives its verdict in both notations, and one and the same model.
#[test]
fn rows_rendered() {
    on_large_stack(compare_rows);
}

fn compare_rows() {
    let mut rules = rule::load(&Sources::default(), &[]).rules;
    rules.retain(|rule| rule.default);
    let rows = read_json(&testdata("verdicts.json"));
    let mut wrong = Vec::new();
    for (number, row) in (1..).zip(&rows) {
        let problems = compare_row(row, &rules);
        wrong.extend(problems.iter().map(|problem| format!("  row {number}: {}: {problem}", row["title"])));
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

fn compare_row(row: &Json, rules: &[Rule]) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().canonicalize().unwrap();
    let sources = Sources::new(vec![dir.clone()]);
    let network = Network::of(row);
    let (terraform, arm) = (network.in_terraform(&dir, &sources), network.in_arm(&dir, &sources));
    let mut problems = Vec::new();
    for (notation, containers) in [("Terraform", &terraform), ("ARM", &arm)] {
        problems.extend(misjudged(row, containers, rules).map(|problem| format!("{notation}: {problem}")));
    }
    let (terraform, arm) = (shapes(&terraform), shapes(&arm));
    if terraform != arm {
        problems.push(format!("the models differ:\n    Terraform: {terraform:#?}\n    ARM: {arm:#?}"));
    }
    problems
}

/// What is wrong with the verdict in one notation.
fn misjudged(row: &Json, containers: &[Container], rules: &[Rule]) -> Option<String> {
    let kind = match row["kind"].as_str().expect("a kind") {
        "udr" => "route-table",
        "nsg" => "security-group",
        "azfw" => "firewall",
        "list" => "allow-list",
        other => panic!("kind {other}"),
    };
    let findings = check::check(containers, rules);
    let pins = findings.iter().filter(|it| it.cloud.as_deref() == Some("AzureCloud") && it.check == Some(kind));
    let got = pins.map(|finding| finding.severity).max().map_or("none", Severity::name);
    (got != row["expect"]).then(|| format!("expected {}, got {got}", row["expect"]))
}

/// A container without its places.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    kind: &'static str,
    name: Option<String>,
    entries: Vec<String>,
    is_complete: bool,
    is_based: bool,
    subnets: usize,
    settings: [Option<bool>; 2],
}

fn shapes(containers: &[Container]) -> Vec<Shape> {
    let mut out: Vec<Shape> = containers.iter().map(shape).collect();
    out.sort();
    out
}

fn shape(container: &Container) -> Shape {
    let known = |setting: &Option<Setting>| match setting {
        Some(Setting::Known(on)) => Some(*on),
        _ => None,
    };
    let (open, known_entries): (Vec<&Entry>, Vec<&Entry>) = container.entries.iter().partition(|it| is_open(it));
    Shape {
        kind: container.kind.name(),
        name: container.name.clone(),
        entries: sorted(known_entries.iter().map(|entry| entry_shape(entry))),
        is_complete: container.gaps.is_empty() && open.is_empty(),
        is_based: container.base.is_some(),
        subnets: container.subnets.len(),
        settings: [known(&container.bgp_propagation), known(&container.dns_proxy)],
    }
}

/// Of a dynamic block Terraform tells what its entries look like, although not how many there are. One of which
/// nothing is known says as much as the open end of a template's list.
fn is_open(entry: &Entry) -> bool {
    let nothing = entry.name.is_none() && entry.targets.iter().all(|target| target.why.is_some());
    nothing && entry.doubt.is_some()
}

fn entry_shape(entry: &Entry) -> String {
    let effect = match &entry.effect {
        Effect::Allow => "allow".to_owned(),
        Effect::Deny => "deny".to_owned(),
        Effect::Route(hop) => format!("{} {:?}", hop.kind.name(), hop.target.as_ref().and_then(Value::as_str)),
        Effect::Unknown(_) => "unknown".to_owned(),
    };
    let texts = |targets: &[Target]| sorted(targets.iter().map(|target| target.text.clone()));
    let words = |words: &[Word]| sorted(words.iter().map(|word| word.text.clone()));
    format!(
        "{:?} {effect} order {:?} from {:?} ports {:?} protocols {:?} to {:?} http {} doubt {}",
        entry.name,
        entry.order,
        texts(&entry.sources),
        words(&entry.ports),
        words(&entry.protocols),
        texts(&entry.targets),
        entry.is_http,
        entry.doubt.is_some()
    )
}

/// Terraform has sets where a template has lists.
fn sorted(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = texts.collect();
    out.sort();
    out
}

/// One network in both notations.
#[derive(Default)]
struct Network {
    /// Native syntax.
    terraform: String,
    resources: Vec<Json>,
    /// Of a list of which the template knows a part.
    known: Vec<Json>,
}

impl Network {
    fn of(row: &Json) -> Network {
        let mut network = Network::default();
        match row["kind"].as_str().expect("a kind") {
            "udr" => network.route_table(row),
            "nsg" => network.security_group(row),
            "azfw" => network.firewall(row),
            _ => network.list(row),
        }
        network
    }

    fn in_terraform(&self, dir: &Path, sources: &Sources) -> Vec<Container> {
        let path = dir.join("main.tf");
        std::fs::write(&path, &self.terraform).unwrap();
        let terraform = Terraform::load(&[path], &Inputs::default(), sources);
        assert_eq!(terraform.mistakes().count(), 0, "{}", self.terraform);
        let root = &terraform.roots[0];
        terraform.evaluate(root, &root.scenarios[0], sources).containers
    }

    fn in_arm(&self, dir: &Path, sources: &Sources) -> Vec<Container> {
        let template = json!({
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "parameters": { "more": { "type": "array" } },
            "variables": { "known": self.known },
            "resources": self.resources,
        });
        let path = dir.join("azuredeploy.json");
        std::fs::write(&path, template.to_string()).unwrap();
        let arm = Arm::load(&[path], sources, &|_| false);
        assert!(arm.mistakes.is_empty(), "{template}: {:?}", arm.mistakes);
        let unit = &arm.units[0];
        arm.evaluate(unit, &unit.scenarios[0], "AzureCloud").containers
    }

    /// A Terraform resource, labelled with its name.
    fn declare(&mut self, kind: &str, name: &str, arguments: Json) {
        let Json::Object(more) = arguments else { panic!("no arguments") };
        let mut body = Map::from_iter([("name".to_owned(), json!(name))]);
        body.extend(more);
        write_block(&format!("resource {kind:?} {name:?}"), &body, &mut self.terraform);
    }

    /// A resource of the template.
    fn deploy(&mut self, kind: &str, name: &str, properties: &Json) {
        let kind = format!("Microsoft.Network/{kind}");
        self.resources.push(json!({
            "type": kind, "apiVersion": "2024-05-01", "name": name, "location": "westeurope", "properties": properties,
        }));
    }

    /// What the template knows of a list, and what it does not.
    fn and_more(&mut self, known: Vec<Json>) -> Json {
        self.known = known;
        json!("[concat(variables('known'), parameters('more'))]")
    }

    /// A value that only the data source knows.
    fn data(&mut self, kind: &str, attribute: &str) -> String {
        let body = json!({ "name": "more", "resource_group_name": "elsewhere" });
        write_block(&format!("data {kind:?} \"more\""), body.as_object().unwrap(), &mut self.terraform);
        format!("data.{kind}.more.{attribute}")
    }

    /// Blocks like one of these, made of a list that is not known.
    fn dynamic(&mut self, kind: &str, list: &str, blocks: &[Json]) -> (String, Json) {
        let each = self.data(kind, list);
        let names = blocks[0].as_object().unwrap().keys();
        let content: Map<String, Json> =
            names.map(|name| (name.clone(), json!(format!("${{{list}.value.{name}}}")))).collect();
        (format!("dynamic {list:?}"), json!({ "for_each": format!("${{{each}}}"), "content": content }))
    }

    fn route_table(&mut self, row: &Json) {
        let kind = "azurerm_route_table";
        let routes = named(row, "routes");
        let block = |route: &Json| {
            json!({
                "name": route["name"], "address_prefix": route["prefix"], "next_hop_type": route["hop"],
                "next_hop_in_ip_address": route["ip"],
            })
        };
        let element = |route: &Json| {
            let properties = json!({
                "addressPrefix": route["prefix"], "nextHopType": route["hop"], "nextHopIpAddress": route["ip"],
            });
            json!({ "name": route["name"], "properties": properties })
        };
        let blocks: Vec<Json> = routes.iter().map(block).collect();
        let mut arguments = json!({ "resource_group_name": "rg", "bgp_route_propagation_enabled": row["bgp"] });
        let mut elements = json!(routes.iter().map(element).collect::<Vec<_>>());
        if row["unknown_routes"] == true {
            let (name, dynamic) = self.dynamic(kind, "route", &blocks);
            arguments[name] = dynamic;
            elements = self.and_more(routes.iter().map(element).collect());
        }
        arguments["route"] = json!(blocks);
        self.declare(kind, "table", arguments);
        let disabled = row["bgp"].as_bool().map(|on| !on);
        self.deploy("routeTables", "table", &json!({ "disableBgpRoutePropagation": disabled, "routes": elements }));
        if row["appliance_allows_successors"] == true {
            let rule = json!({ "action": "Allow", "name": "successors", "dst": ["20.118.99.224", "40.83.235.53"] });
            self.policy("appliance", None, &[rule]);
        }
    }

    /// A group, and the route table of its subnet where the row has one.
    fn security_group(&mut self, row: &Json) {
        let kind = "azurerm_network_security_group";
        let rules = named(row, "rules");
        let blocks: Vec<Json> = rules.iter().map(security_rule).collect();
        let elements: Vec<Json> = rules.iter().map(security_rule_in_arm).collect();
        let mut arguments = json!({ "resource_group_name": "rg" });
        let mut list = json!(elements);
        if row["unknown_rules"] == true {
            let (name, dynamic) = self.dynamic(kind, "security_rule", &blocks);
            arguments[name] = dynamic;
            list = self.and_more(elements);
        }
        arguments["security_rule"] = json!(blocks);
        self.declare(kind, "group", arguments);
        self.deploy("networkSecurityGroups", "group", &json!({ "securityRules": list }));
        if row["forced_default_route"] == true {
            let hop = json!({ "name": "default", "prefix": "0.0.0.0/0", "hop": "VirtualNetworkGateway" });
            self.route_table(&json!({ "routes": [hop] }));
            self.subnet();
        }
    }

    /// A subnet with the group and the route table.
    fn subnet(&mut self) {
        let network = json!({ "resource_group_name": "rg", "virtual_network_name": "net" });
        self.declare("azurerm_subnet", "subnet", network);
        for (kind, label) in [("route_table", "table"), ("network_security_group", "group")] {
            let body = json!({
                "subnet_id": "${azurerm_subnet.subnet.id}",
                format!("{kind}_id"): format!("${{azurerm_{kind}.{label}.id}}"),
            });
            let header = format!("resource \"azurerm_subnet_{kind}_association\" \"it\"");
            write_block(&header, body.as_object().unwrap(), &mut self.terraform);
        }
        let properties = json!({
            "addressPrefix": "10.0.0.0/24",
            "routeTable": { "id": id_in_arm("routeTables", "table") },
            "networkSecurityGroup": { "id": id_in_arm("networkSecurityGroups", "group") },
        });
        let subnets = json!([{ "name": "subnet", "properties": properties }]);
        self.deploy("virtualNetworks", "net", &json!({ "subnets": subnets }));
    }

    /// A policy with its rules, and its parent with those that are inherited.
    fn firewall(&mut self, row: &Json) {
        let (inherited, mut own): (Vec<Json>, Vec<Json>) =
            named(row, "rules").into_iter().partition(|rule| rule["parent"] == true);
        if row["unknown"] == true {
            own.push(json!({ "action": "Allow", "name": "more", "dst": "unknown" }));
        }
        for (name, addresses) in [("A", "10.1.0.0/16"), ("B", "10.2.0.0/16")] {
            if own.iter().any(|rule| rule["src"] == name) {
                self.ip_group(name, &json!([addresses]), &json!([addresses]));
            }
        }
        if !inherited.is_empty() {
            self.policy("parent", None, &inherited);
        }
        self.policy("policy", (!inherited.is_empty()).then_some("parent"), &own);
    }

    fn policy(&mut self, name: &str, parent: Option<&str>, rules: &[Json]) {
        let base = parent.map(|parent| format!("${{azurerm_firewall_policy.{parent}.id}}"));
        let dns = json!({ "proxy_enabled": true });
        let arguments = json!({ "resource_group_name": "rg", "base_policy_id": base, "dns": dns });
        self.declare("azurerm_firewall_policy", name, arguments);
        let base = parent.map(|parent| json!({ "id": id_in_arm("firewallPolicies", parent) }));
        let properties = json!({ "basePolicy": base, "dnsSettings": { "enableProxy": true } });
        self.deploy("firewallPolicies", name, &properties);
        let mut groups: BTreeMap<i64, Vec<&Json>> = BTreeMap::new();
        for rule in rules {
            groups.entry(rule["rcg"].as_i64().unwrap_or(200)).or_default().push(rule);
        }
        for (priority, rules) in groups {
            self.rule_collection_group(name, priority, &rules);
        }
    }

    /// Rules of one action, kind and priority are a collection.
    fn rule_collection_group(&mut self, policy: &str, priority: i64, rules: &[&Json]) {
        let mut collections: BTreeMap<(bool, i64, &str), Vec<&Json>> = BTreeMap::new();
        for rule in rules {
            let action = rule["action"].as_str().expect("an action");
            let key = (rule["type"] == "app", rule["coll"].as_i64().unwrap_or(300), action);
            collections.entry(key).or_default().push(rule);
        }
        let (mut blocks, mut elements) = ([Vec::new(), Vec::new()], Vec::new());
        for ((is_http, priority, action), rules) in collections {
            let name = format!("collection-{}", elements.len() + 1);
            let in_terraform: Vec<Json> = rules.iter().map(|rule| self.policy_rule(rule, is_http)).collect();
            let in_arm: Vec<Json> = rules.iter().map(|rule| policy_rule_in_arm(rule, is_http)).collect();
            blocks[usize::from(is_http)]
                .push(json!({ "name": name, "priority": priority, "action": action, "rule": in_terraform }));
            elements.push(json!({
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": name, "priority": priority,
                "action": { "type": action }, "rules": in_arm,
            }));
        }
        let group = format!("{policy}-{priority}");
        let [network, application] = blocks;
        let arguments = json!({
            "firewall_policy_id": format!("${{azurerm_firewall_policy.{policy}.id}}"), "priority": priority,
            "network_rule_collection": network, "application_rule_collection": application,
        });
        self.declare("azurerm_firewall_policy_rule_collection_group", &group, arguments);
        let properties = json!({ "priority": priority, "ruleCollections": elements });
        self.deploy("firewallPolicies/ruleCollectionGroups", &format!("{policy}/{group}"), &properties);
    }

    fn policy_rule(&mut self, rule: &Json, is_http: bool) -> Json {
        let mut block = json!({ "name": rule["name"], "destination_fqdns": rule["fqdns"] });
        match rule["src"].as_str().unwrap_or("*") {
            group @ ("A" | "B") => block["source_ip_groups"] = json!([format!("${{azurerm_ip_group.{group}.id}}")]),
            address => block["source_addresses"] = json!([address]),
        }
        if is_http {
            block["protocols"] = json!({ "type": "Https", "port": 1688 });
            return block;
        }
        block["protocols"] = or(&rule["proto"], "TCP");
        block["destination_ports"] = or(&rule["ports"], "1688");
        block["destination_addresses"] = match &rule["dst"] {
            Json::String(_) => json!(format!("${{{}}}", self.data("azurerm_ip_group", "cidrs"))),
            known => known.clone(),
        };
        block
    }

    /// An IP group, or what a gateway advertises where no rule can use the list.
    fn list(&mut self, row: &Json) {
        let (name, values) = (row["name"].as_str().unwrap_or("list"), &row["values"]);
        if row["sink"] == false {
            let arguments = json!({ "resource_group_name": "rg", "address_space": values });
            self.declare("azurerm_local_network_gateway", name, arguments);
            let space = json!({ "addressPrefixes": values });
            self.deploy("localNetworkGateways", name, &json!({ "localNetworkAddressSpace": space }));
        } else if row["unknown"] == true {
            let more = self.data("azurerm_ip_group", "cidrs");
            let in_arm = self.and_more(values.as_array().expect("values").clone());
            self.ip_group(name, &json!(format!("${{concat({values}, {more})}}")), &in_arm);
        } else {
            self.ip_group(name, values, values);
        }
    }

    fn ip_group(&mut self, name: &str, in_terraform: &Json, in_arm: &Json) {
        self.declare("azurerm_ip_group", name, json!({ "resource_group_name": "rg", "cidrs": in_terraform }));
        self.deploy("ipGroups", name, &json!({ "ipAddresses": in_arm }));
    }
}

fn security_rule(rule: &Json) -> Json {
    let mut block = json!({
        "name": rule["name"], "priority": rule["prio"], "direction": rule["dir"], "access": rule["access"],
        "protocol": rule["proto"], "source_port_range": "*", "source_address_prefix": rule["src"].as_str().unwrap_or("*"),
    });
    one_or_many(&mut block, ["destination_address_prefix", "destination_address_prefixes"], &rule["dst"]);
    one_or_many(&mut block, ["destination_port_range", "destination_port_ranges"], &rule["ports"]);
    block
}

fn security_rule_in_arm(rule: &Json) -> Json {
    let mut properties = json!({
        "priority": rule["prio"], "direction": rule["dir"], "access": rule["access"], "protocol": rule["proto"],
        "sourcePortRange": "*", "sourceAddressPrefix": rule["src"].as_str().unwrap_or("*"),
    });
    one_or_many(&mut properties, ["destinationAddressPrefix", "destinationAddressPrefixes"], &rule["dst"]);
    one_or_many(&mut properties, ["destinationPortRange", "destinationPortRanges"], &rule["ports"]);
    json!({ "name": rule["name"], "properties": properties })
}

fn policy_rule_in_arm(rule: &Json, is_http: bool) -> Json {
    let mut element = json!({ "name": rule["name"] });
    match rule["src"].as_str().unwrap_or("*") {
        group @ ("A" | "B") => element["sourceIpGroups"] = json!([id_in_arm("ipGroups", group)]),
        address => element["sourceAddresses"] = json!([address]),
    }
    if is_http {
        element["ruleType"] = json!("ApplicationRule");
        element["protocols"] = json!([{ "protocolType": "Https", "port": 1688 }]);
        element["targetFqdns"] = rule["fqdns"].clone();
        return element;
    }
    element["ruleType"] = json!("NetworkRule");
    element["ipProtocols"] = or(&rule["proto"], "TCP");
    element["destinationPorts"] = or(&rule["ports"], "1688");
    element["destinationFqdns"] = rule["fqdns"].clone();
    element["destinationAddresses"] = match &rule["dst"] {
        Json::String(_) => json!("[parameters('more')]"),
        known => known.clone(),
    };
    element
}

/// The rules or routes of a row, each with a name.
fn named(row: &Json, key: &str) -> Vec<Json> {
    let mut all = row[key].as_array().expect("a list").clone();
    for (at, one) in all.iter_mut().enumerate() {
        if one["name"].is_null() {
            one["name"] = json!(format!("{key}-{}", at + 1));
        }
    }
    all
}

fn one_or_many(into: &mut Json, [one, many]: [&str; 2], values: &Json) {
    match values.as_array().expect("values").as_slice() {
        [value] => into[one] = value.clone(),
        values => into[many] = json!(values),
    }
}

/// The list, or this alone where there is none.
fn or(list: &Json, default: &str) -> Json {
    if list.is_null() { json!([default]) } else { list.clone() }
}

fn id_in_arm(kind: &str, name: &str) -> String {
    format!("[resourceId('Microsoft.Network/{kind}', '{name}')]")
}

/// Objects are blocks, `${...}` alone is an expression, null is nothing.
fn write_block(header: &str, body: &Map<String, Json>, out: &mut String) {
    out.push_str(&format!("{header} {{\n"));
    for (name, value) in body {
        match value {
            Json::Null => {}
            Json::Object(block) => write_block(name, block, out),
            Json::Array(items) if items.iter().all(Json::is_object) => {
                items.iter().filter_map(Json::as_object).for_each(|block| write_block(name, block, out));
            }
            Json::String(text) => match text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
                Some(expression) => out.push_str(&format!("{name} = {expression}\n")),
                None => out.push_str(&format!("{name} = {value}\n")),
            },
            other => out.push_str(&format!("{name} = {other}\n")),
        }
    }
    out.push_str("}\n");
}
