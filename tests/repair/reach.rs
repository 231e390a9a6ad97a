//! How far repairs reach through expressions: configurations put together of sources, collections, plumbing and sinks.
//! Each is pinned, and in nearly all of them a proved repair has to be found.

use crate::findings;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What holds the literals: its text in Terraform, YAML and JSON, its type, and how to make a list of texts of it.
struct Collection {
    name: &'static str,
    terraform: &'static str,
    yaml: &'static str,
    json: &'static str,
    kind: &'static str,
    texts: fn(&str) -> String,
}

const COLLECTIONS: [Collection; 6] = [
    Collection {
        name: "list of texts",
        terraform: "[\n    \"10.9.0.0/16\",\n    \"23.102.135.246/32\",\n  ]",
        yaml: "- 10.9.0.0/16\n- 23.102.135.246/32\n",
        json: "[\"10.9.0.0/16\", \"23.102.135.246/32\"]",
        kind: "list(string)",
        texts: |all| all.to_owned(),
    },
    Collection {
        name: "set",
        terraform: "[\"10.9.0.0/16\", \"23.102.135.246/32\"]",
        yaml: "[10.9.0.0/16, 23.102.135.246/32]\n",
        json: "[\n  \"10.9.0.0/16\",\n  \"23.102.135.246/32\"\n]",
        kind: "set(string)",
        texts: |all| format!("tolist(toset({all}))"),
    },
    Collection {
        name: "list of objects",
        terraform: "[\n    { name = \"a\", prefix = \"10.9.0.0/16\" },\n    { name = \"kms\", prefix = \"23.102.135.246/32\" },\n  ]",
        yaml: "- name: a\n  prefix: 10.9.0.0/16\n- name: kms\n  prefix: 23.102.135.246/32\n",
        json: "[{\"name\": \"a\", \"prefix\": \"10.9.0.0/16\"}, {\"name\": \"kms\", \"prefix\": \"23.102.135.246/32\"}]",
        kind: "list(object({ name = string, prefix = string }))",
        texts: |all| format!("[for o in {all} : o.prefix]"),
    },
    Collection {
        name: "map of texts",
        terraform: "{\n    a   = \"10.9.0.0/16\"\n    kms = \"23.102.135.246/32\"\n  }",
        yaml: "a: 10.9.0.0/16\nkms: 23.102.135.246/32\n",
        json: "{\"a\": \"10.9.0.0/16\", \"kms\": \"23.102.135.246/32\"}",
        kind: "map(string)",
        texts: |all| format!("values({all})"),
    },
    Collection {
        name: "map of objects",
        terraform: "{\n    a   = { prefix = \"10.9.0.0/16\" }\n    kms = { prefix = \"23.102.135.246/32\" }\n  }",
        yaml: "a:\n  prefix: 10.9.0.0/16\nkms:\n  prefix: 23.102.135.246/32\n",
        json: "{\"a\": {\"prefix\": \"10.9.0.0/16\"}, \"kms\": {\"prefix\": \"23.102.135.246/32\"}}",
        kind: "map(object({ prefix = string }))",
        texts: |all| format!("[for key, o in {all} : o.prefix]"),
    },
    Collection {
        name: "nested map",
        terraform: "{\n    hub = { routes = { a = \"10.9.0.0/16\", kms = \"23.102.135.246/32\" } }\n  }",
        yaml: "hub:\n  routes:\n    a: 10.9.0.0/16\n    kms: 23.102.135.246/32\n",
        json: "{\"hub\": {\"routes\": {\"a\": \"10.9.0.0/16\", \"kms\": \"23.102.135.246/32\"}}}",
        kind: "map(object({ routes = map(string) }))",
        texts: |all| format!("flatten([for hub in {all} : values(hub.routes)])"),
    },
];

const SOURCES: [&str; 7] = ["local", "default", "tfvars", "yaml", "json", "module", "two modules"];

/// An expression around another.
type Through = fn(&str) -> String;

/// From a list of texts to a list of texts.
const PLUMBING: [(&str, Through); 9] = [
    ("nothing", str::to_owned),
    ("concat", |list| format!("concat({list}, [\"10.8.0.0/16\"])")),
    ("flatten", |list| format!("flatten([{list}, []])")),
    ("for with if", |list| format!("[for p in {list} : p if p != \"\"]")),
    ("distinct", |list| format!("distinct({list})")),
    ("merge", |list| format!("values(merge({{ for p in {list} : p => p }}, {{}}))")),
    ("zipmap", |list| format!("keys(zipmap({list}, {list}))")),
    ("setproduct", |list| format!("[for pair in setproduct({list}, [\"x\"]) : pair[0]]")),
    ("grouped for", |list| format!("keys({{ for p in {list} : p => p... }})")),
];

const TABLE: &str = "resource \"azurerm_route_table\" \"t\" {\n  name                = \"t\"\n  resource_group_name = \"rg\"\n  \
                     location            = \"x\"\n  route {\n    name                   = \"default\"\n    \
                     address_prefix         = \"0.0.0.0/0\"\n    next_hop_type          = \"VirtualAppliance\"\n    \
                     next_hop_in_ip_address = \"10.0.0.4\"\n  }\n";

const ROUTE: &str = "  resource_group_name = \"rg\"\n  route_table_name = azurerm_route_table.t.name\n  next_hop_type = \"Internet\"\n}\n";

/// What uses a list of texts.
const SINKS: [(&str, Through); 6] = [
    ("route blocks", |list| {
        format!(
            "{TABLE}  dynamic \"route\" {{\n    for_each = {list}\n    content {{\n      name = \"r-${{route.key}}\"\n      \
             address_prefix = route.value\n      next_hop_type = \"Internet\"\n    }}\n  }}\n}}\n"
        )
    }),
    ("azurerm_route for_each", |list| {
        format!(
            "{TABLE}}}\nresource \"azurerm_route\" \"r\" {{\n  for_each = toset({list})\n  name = replace(each.value, \"/\", \"-\")\n  \
             address_prefix = each.value\n{ROUTE}"
        )
    }),
    ("azurerm_route count", |list| {
        format!(
            "locals {{\n  sunk = {list}\n}}\n{TABLE}}}\nresource \"azurerm_route\" \"r\" {{\n  count = length(local.sunk)\n  \
             name = \"r-${{count.index}}\"\n  address_prefix = element(local.sunk, count.index)\n{ROUTE}"
        )
    }),
    ("security rule", |list| {
        format!(
            "resource \"azurerm_network_security_group\" \"g\" {{\n  name = \"g\"\n  resource_group_name = \"rg\"\n  location = \"x\"\n  \
             security_rule {{\n    name = \"kms\"\n    priority = 100\n    direction = \"Outbound\"\n    access = \"Allow\"\n    \
             protocol = \"Tcp\"\n    source_port_range = \"*\"\n    source_address_prefix = \"*\"\n    \
             destination_port_range = \"1688\"\n    destination_address_prefixes = {list}\n  }}\n  security_rule {{\n    \
             name = \"deny\"\n    priority = 200\n    direction = \"Outbound\"\n    access = \"Deny\"\n    protocol = \"*\"\n    \
             source_port_range = \"*\"\n    source_address_prefix = \"*\"\n    destination_port_range = \"*\"\n    \
             destination_address_prefix = \"*\"\n  }}\n}}\n"
        )
    }),
    ("policy rule", |list| {
        format!(
            "resource \"azurerm_firewall_policy\" \"p\" {{\n  name = \"p\"\n  resource_group_name = \"rg\"\n  location = \"x\"\n}}\n\
             resource \"azurerm_firewall_policy_rule_collection_group\" \"g\" {{\n  name = \"g\"\n  firewall_policy_id = \
             azurerm_firewall_policy.p.id\n  priority = 100\n  network_rule_collection {{\n    name = \"c\"\n    priority = 100\n    \
             action = \"Allow\"\n    rule {{\n      name = \"kms\"\n      protocols = [\"TCP\"]\n      source_addresses = [\"*\"]\n      \
             destination_ports = [\"1688\"]\n      destination_addresses = {list}\n    }}\n  }}\n}}\n"
        )
    }),
    ("IP group", |list| {
        format!(
            "resource \"azurerm_ip_group\" \"i\" {{\n  name = \"allowed\"\n  resource_group_name = \"rg\"\n  location = \"x\"\n  \
             cidrs = {list}\n}}\n"
        )
    }),
];

/// The files of a configuration.
fn composed(collection: &Collection, source: &str, sink: impl Fn(&str) -> String) -> BTreeMap<String, String> {
    let Collection { terraform, kind, .. } = collection;
    let mut files = BTreeMap::new();
    let variable = |default: &str| format!("variable \"all\" {{\n  type    = {kind}\n{default}}}\n");
    let (main, aside) = match source {
        "local" => (format!("locals {{\n  all = {terraform}\n}}\n{}", sink("local.all")), None),
        "default" => (variable(&format!("  default = {terraform}\n")) + &sink("var.all"), None),
        "tfvars" => (variable("") + &sink("var.all"), Some(("terraform.tfvars", format!("all = {terraform}\n")))),
        "yaml" => {
            (sink("yamldecode(file(\"${path.module}/all.yaml\"))"), Some(("all.yaml", collection.yaml.to_owned())))
        }
        "json" => {
            (sink("jsondecode(file(\"${path.module}/all.json\"))"), Some(("all.json", collection.json.to_owned())))
        }
        "module" => (
            format!("module \"m\" {{\n  source = \"./m\"\n  all    = {terraform}\n}}\n"),
            Some(("m/main.tf", variable("") + &sink("var.all"))),
        ),
        _ => {
            files.insert(
                "m/main.tf".to_owned(),
                variable("") + "module \"n\" {\n  source = \"./n\"\n  all = var.all\n}\n",
            );
            (
                format!("module \"m\" {{\n  source = \"./m\"\n  all    = {terraform}\n}}\n"),
                Some(("m/n/main.tf", variable("") + &sink("var.all"))),
            )
        }
    };
    files.insert("main.tf".to_owned(), main);
    files.extend(aside.map(|(name, text)| (name.to_owned(), text)));
    files
}

/// Severity and whether there is a repair, of all findings that are no notes.
fn repairs(files: &BTreeMap<String, String>) -> Vec<bool> {
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let found = findings(&files);
    for finding in found.iter().filter(|finding| finding.fix.is_none()) {
        // What to write, and that nobody else will.
        assert!(
            finding.help.contains(&finding.missing[0]) && finding.help.contains("wants a hand"),
            "{}",
            finding.help
        );
    }
    found.iter().map(|finding| finding.fix.is_some()).collect()
}

#[test]
fn nine_of_ten_configurations_can_be_repaired() {
    let mut all = Vec::new();
    for (c, collection) in COLLECTIONS.iter().enumerate() {
        for (s, source) in SOURCES.iter().enumerate() {
            for (p, (plumbing, through)) in PLUMBING.iter().enumerate() {
                for (k, (sink, used)) in SINKS.iter().enumerate() {
                    // A third of all, in which every pair occurs.
                    if (c + s + p + k) % 3 == 0 {
                        let name = format!("{} in {source}, {plumbing}, {sink}", collection.name);
                        let files = composed(collection, source, |value| used(&through(&(collection.texts)(value))));
                        all.push((name, files));
                    }
                }
            }
        }
    }
    assert!(all.len() >= 500, "{} configurations", all.len());
    let next = AtomicUsize::new(0);
    let (silent, open) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((name, files)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = repairs(files);
                    if found.is_empty() {
                        silent.lock().unwrap().push(name.clone());
                    } else if found.contains(&false) {
                        open.lock().unwrap().push(name.clone());
                    }
                }
            });
        }
    });
    let (silent, open) = (silent.into_inner().unwrap(), open.into_inner().unwrap());
    let mut list = String::new();
    for name in &open {
        writeln!(list, "  {name}").unwrap();
    }
    println!("{} of {} configurations repaired; not:\n{list}", all.len() - open.len(), all.len());
    assert!(silent.is_empty(), "nothing is found in\n  {}", silent.join("\n  "));
    assert!(open.len() * 10 <= all.len(), "{} of {} are not repaired:\n{list}", open.len(), all.len());
}

/// A template with its parameter file, by where the literals stand.
fn template(
    source: &str,
    objects: bool,
    through: fn(&str) -> String,
    sink: fn(&str) -> Json,
) -> BTreeMap<String, String> {
    let all = if objects {
        json!([{ "prefix": "10.9.0.0/16" }, { "prefix": "23.102.135.246/32" }])
    } else {
        json!(["10.9.0.0/16", "23.102.135.246/32"])
    };
    let texts = |list: &str| {
        if objects { through(&format!("map({list}, lambda('o', lambdaVariables('o').prefix))")) } else { through(list) }
    };
    let made = |parameters: Json, variables: Json, resources: Json| {
        json!({
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0", "parameters": parameters, "variables": variables, "resources": [resources],
        })
    };
    let shown = |value: &Json| serde_json::to_string_pretty(value).unwrap();
    let parameter = "parameters('all')";
    let mut files = BTreeMap::new();
    let main = match source {
        "default" => {
            made(json!({ "all": { "type": "array", "defaultValue": all } }), json!({}), sink(&texts(parameter)))
        }
        "variable" => made(json!({}), json!({ "all": all }), sink(&texts("variables('all')"))),
        "parameter file" => {
            let file = json!({
                "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
                "contentVersion": "1.0.0.0", "parameters": { "all": { "value": all } },
            });
            files.insert("main.parameters.json".to_owned(), shown(&file));
            made(json!({ "all": { "type": "array" } }), json!({}), sink(&texts(parameter)))
        }
        "createArray" => {
            let list = "createArray('10.9.0.0/16', '23.102.135.246/32')";
            made(json!({}), json!({}), sink(&through(list)))
        }
        _ => {
            let inner = made(json!({ "all": { "type": "array" } }), json!({}), sink(&texts(parameter)));
            let module = json!({
                "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "m",
                "properties": {
                    "mode": "Incremental", "expressionEvaluationOptions": { "scope": "inner" },
                    "parameters": { "all": { "value": all } }, "template": inner,
                },
            });
            made(json!({}), json!({}), module)
        }
    };
    files.insert("main.json".to_owned(), shown(&main));
    files
}

fn resource(kind: &str, properties: &Json) -> Json {
    json!({ "type": kind, "apiVersion": "2023-04-01", "name": "allowed", "location": "x", "properties": properties })
}

#[test]
fn nine_of_ten_templates_can_be_repaired() {
    const THROUGH: [fn(&str) -> String; 7] = [
        str::to_owned,
        |list| format!("concat({list}, createArray('10.8.0.0/16'))"),
        |list| format!("union({list}, createArray('10.8.0.0/16'))"),
        |list| format!("flatten(createArray({list}))"),
        |list| format!("filter({list}, lambda('p', not(empty(lambdaVariables('p')))))"),
        |list| format!("map({list}, lambda('p', toLower(lambdaVariables('p'))))"),
        |list| format!("take({list}, 100)"),
    ];
    const SINKS: [fn(&str) -> Json; 4] = [
        |list| {
            let of = "createObject('addressPrefix', lambdaVariables('p'), 'nextHopType', 'Internet')";
            let name = "replace(lambdaVariables('p'), '/', '-')";
            let default = "createObject('name', 'd', 'properties', createObject('addressPrefix', '0.0.0.0/0', \
                           'nextHopType', 'VirtualNetworkGateway'))";
            let routes = format!("map({list}, lambda('p', createObject('name', {name}, 'properties', {of})))");
            let routes = format!("[concat(createArray({default}), {routes})]");
            resource("Microsoft.Network/routeTables", &json!({ "routes": routes }))
        },
        |list| {
            let loop_ = json!([{
                "name": "routes", "count": format!("[length({list})]"),
                "input": {
                    "name": "[concat('r-', copyIndex('routes'))]",
                    "properties": {
                        "addressPrefix": format!("[{list}[copyIndex('routes')]]"),
                        "nextHopType": "Internet",
                    },
                },
            }]);
            let rest = json!({ "copy": loop_, "disableBgpRoutePropagation": false });
            resource("Microsoft.Network/routeTables", &rest)
        },
        |list| {
            let rule = |name: &str, priority: u32, access: &str, destination: Json| {
                let mut rule = json!({
                    "priority": priority, "access": access, "direction": "Outbound", "protocol": "*",
                    "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationPortRange": "*",
                });
                rule.as_object_mut().unwrap().extend(destination.as_object().unwrap().clone());
                json!({ "name": name, "properties": rule })
            };
            let allow = rule("kms", 100, "Allow", json!({ "destinationAddressPrefixes": format!("[{list}]") }));
            let deny = rule("deny", 200, "Deny", json!({ "destinationAddressPrefix": "*" }));
            resource("Microsoft.Network/networkSecurityGroups", &json!({ "securityRules": [allow, deny] }))
        },
        |list| resource("Microsoft.Network/ipGroups", &json!({ "ipAddresses": format!("[{list}]") })),
    ];
    let (mut count, mut repaired) = (0, 0);
    for source in ["default", "variable", "parameter file", "createArray", "module"] {
        for objects in [false, true] {
            for through in THROUGH {
                for sink in SINKS {
                    let found = repairs(&template(source, objects, through, sink));
                    assert!(!found.is_empty(), "nothing is found: {source}");
                    count += 1;
                    repaired += usize::from(!found.contains(&false));
                }
            }
        }
    }
    println!("{repaired} of {count} templates repaired");
    assert!(count >= 150 && repaired * 10 >= count * 9, "{repaired} of {count} templates are repaired");
}
