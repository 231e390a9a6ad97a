//! The catalogue of modules: which input of which published module is a route table, a security group or a firewall.
//!
//! It is read where a module that is called is not on disk. Names and defaults are those of the modules at their
//! registry, in the versions of 2022 to 2026.

use super::azurerm::SECURITY_RULE;
use crate::model::row::{self, EffectRow, EntryRow, Http, KeyRow, Part, Path, Place, Row, field};
use crate::model::{Container, Kind};
use crate::value::{Data, Map, MapEntry, MapKind, Trail, Value, Why};

/// Containers that a module makes of one of its inputs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input {
    /// The maps to go through, outermost first: one container for each element. None where it is one for the call.
    pub each: &'static [&'static str],
    /// What has to be there for the container to be, and stands behind the address; empty for what is always there.
    pub only: Path,
    pub row: Row,
    /// The output that holds the id.
    pub id: Id,
}

/// How others refer to a container.
#[derive(Debug, Clone, Copy)]
pub(super) enum Id {
    None,
    /// By an output of the module.
    Output(&'static str),
    /// By its key in the map.
    Key,
}

/// The key of an element in its map, and that of the element around it, as attributes of the element.
pub(super) const KEY: &str = "@key";
pub(super) const OUTER_KEY: &str = "@outer";

impl Input {
    pub(super) const EMPTY: Input = Input { each: &[], only: "", row: Row::EMPTY, id: Id::None };

    /// The arguments that matter.
    pub(super) fn wanted(&self) -> Vec<&'static str> {
        self.each.first().map_or_else(|| self.row.wanted(), |first| vec![*first])
    }
}

pub(super) const ROUTE: EntryRow = EntryRow {
    targets: &["address_prefix"],
    effect: EffectRow::Route {
        kind: "next_hop_type",
        target: "next_hop_in_ip_address|next_hop_ip_address|private_ip_keys",
    },
    ..EntryRow::EMPTY
};

/// A rule of which the module knows what it is without being told.
const RULE_WITH_DEFAULTS: EntryRow = EntryRow {
    absent: &[
        ("access", "Allow"),
        ("direction", "Inbound"),
        ("destination_address_prefix", "*"),
        ("source_address_prefix", "*"),
        ("destination_port_range", "*"),
        ("protocol", "*"),
    ],
    ..SECURITY_RULE
};

pub(super) const NETWORK_RULE: EntryRow = EntryRow {
    effect: EffectRow::Access("^action"),
    targets: &["destination_addresses", "destination_fqdns"],
    groups: &["destination_ip_groups", "destination_ip_groups_keys"],
    sources: &["source_addresses"],
    source_groups: &["source_ip_groups", "source_ip_groups_keys"],
    ports: &["destination_ports"],
    protocols: &["protocols"],
    ..EntryRow::EMPTY
};

pub(super) const APPLICATION_RULE: EntryRow = EntryRow {
    targets: &["destination_fqdns", "target_fqdns"],
    groups: &[],
    ports: &["protocols.*.port", "protocol.*.port"],
    protocols: &["protocols.*.type", "protocol.*.type"],
    http: Http::Always,
    ..NETWORK_RULE
};

const ROUTE_TABLE: Row = Row {
    kind: Kind::RouteTable,
    parts: &[Part { lists: &["routes.*"], entry: ROUTE }],
    propagation: &[("bgp_route_propagation_enabled", true), ("disable_bgp_route_propagation", false)],
    ..Row::EMPTY
};

const SECURITY_GROUP: Row = Row {
    kind: Kind::SecurityGroup,
    parts: &[Part { lists: &["security_rules.*"], entry: SECURITY_RULE }],
    ..Row::EMPTY
};

const FIREWALL: Row = Row { kind: Kind::Firewall, ..Row::EMPTY };

/// A route table of each hub that gets routes besides those of its own.
const fn hub_table(only: Path, name: Path, parts: &'static [Part]) -> Input {
    let row = Row { kind: Kind::RouteTable, name, parts, ..Row::EMPTY };
    Input { each: &["hub_virtual_networks"], only, row, ..Input::EMPTY }
}

const HUBS: &[Input] = &[
    hub_table(
        "route_table_entries_firewall|hub_virtual_network.route_table_entries_firewall",
        "route_table_name_firewall|hub_virtual_network.route_table_name_firewall",
        &[Part {
            lists: &["route_table_entries_firewall.*|hub_virtual_network.route_table_entries_firewall.*"],
            entry: ROUTE,
        }],
    ),
    hub_table(
        "route_table_entries_user_subnets|hub_virtual_network.route_table_entries_user_subnets",
        "route_table_name_user_subnets|hub_virtual_network.route_table_name_user_subnets",
        &[Part {
            lists: &["route_table_entries_user_subnets.*|hub_virtual_network.route_table_entries_user_subnets.*"],
            entry: ROUTE,
        }],
    ),
];

const LANDING_ZONE: &[Input] = &[
    Input { each: &["route_tables"], row: ROUTE_TABLE, ..Input::EMPTY },
    Input { each: &["network_security_groups"], row: SECURITY_GROUP, ..Input::EMPTY },
];

/// Modules by namespace, name and folder inside.
const CATALOGUE: &[(&str, &str, &str, &[Input])] = &[
    (
        "azure",
        "avm-res-network-routetable",
        "",
        &[Input { row: ROUTE_TABLE, id: Id::Output("resource_id"), ..Input::EMPTY }],
    ),
    (
        "azure",
        "avm-res-network-networksecuritygroup",
        "",
        &[Input { row: SECURITY_GROUP, id: Id::Output("resource_id"), ..Input::EMPTY }],
    ),
    (
        "azure",
        "avm-res-network-firewallpolicy",
        "",
        &[Input {
            row: Row {
                base: "firewall_policy_base_policy_id",
                dns_proxy: "firewall_policy_dns.proxy_enabled",
                ..FIREWALL
            },
            id: Id::Output("resource_id"),
            ..Input::EMPTY
        }],
    ),
    (
        "azure",
        "avm-res-network-firewallpolicy",
        "modules/rule_collection_groups",
        &[Input {
            row: Row {
                key: KeyRow::Id("firewall_policy_rule_collection_group_firewall_policy_id"),
                declares: false,
                parts: &[
                    Part {
                        lists: &["firewall_policy_rule_collection_group_network_rule_collection.*", "rule.*"],
                        entry: EntryRow {
                            order: &["^^firewall_policy_rule_collection_group_priority", "^priority"],
                            ..NETWORK_RULE
                        },
                    },
                    Part {
                        lists: &["firewall_policy_rule_collection_group_application_rule_collection.*", "rule.*"],
                        entry: EntryRow {
                            order: &["^^firewall_policy_rule_collection_group_priority", "^priority"],
                            ..APPLICATION_RULE
                        },
                    },
                ],
                ..FIREWALL
            },
            ..Input::EMPTY
        }],
    ),
    ("azure", "avm-ptn-hubnetworking", "", HUBS),
    ("azure", "avm-ptn-alz-connectivity-hub-and-spoke-vnet", "", HUBS),
    ("azure", "lz-vending", "", LANDING_ZONE),
    // The name of `lz-vending` since 2025.
    ("azure", "avm-ptn-alz-sub-vending", "", LANDING_ZONE),
    (
        "azure",
        "network-security-group",
        "",
        &[Input {
            row: Row {
                name: "security_group_name",
                parts: &[Part { lists: &["custom_rules.*"], entry: RULE_WITH_DEFAULTS }],
                ..SECURITY_GROUP
            },
            id: Id::Output("network_security_group_id"),
            ..Input::EMPTY
        }],
    ),
    ("claranet", "firewall", "", CLASSIC_COLLECTIONS),
    ("longviewsystems", "firewall", "", CLASSIC_COLLECTIONS),
    (
        "kumarvna",
        "firewall",
        "",
        // Each rule is a collection of its own, with priorities in the order of the list.
        &[Input {
            row: Row {
                name: "firewall_config.name|name",
                parts: &[
                    Part {
                        lists: &["firewall_network_rules.*"],
                        entry: EntryRow { effect: EffectRow::Access("action"), ..NETWORK_RULE },
                    },
                    Part {
                        lists: &["firewall_application_rules.*"],
                        entry: EntryRow { effect: EffectRow::Access("action"), ..APPLICATION_RULE },
                    },
                ],
                ..FIREWALL
            },
            ..Input::EMPTY
        }],
    ),
    (
        "claranet",
        "nsg",
        "",
        &[Input {
            row: Row {
                name: "custom_name|custom_network_security_group_name|name",
                parts: &[Part {
                    lists: &["additional_rules.*"],
                    entry: EntryRow { absent: CLARANET_RULE, ..SECURITY_RULE },
                }],
                ..SECURITY_GROUP
            },
            id: Id::Output("network_security_group_id"),
            ..Input::EMPTY
        }],
    ),
    (
        "cyber-scot",
        "firewall-policy",
        "",
        &[Input {
            row: Row {
                parts: &[
                    Part {
                        lists: &["rule_collection_groups.*", "network_rule_collection.*", "rule.*"],
                        entry: EntryRow { order: &["^^priority", "^priority"], ..NETWORK_RULE },
                    },
                    Part {
                        lists: &["rule_collection_groups.*", "application_rule_collection.*", "rule.*"],
                        entry: EntryRow { order: &["^^priority", "^priority"], ..APPLICATION_RULE },
                    },
                ],
                dns_proxy: "dns.proxy_enabled",
                ..FIREWALL
            },
            ..Input::EMPTY
        }],
    ),
];

const CLARANET_RULE: &[(Path, &str)] = &[
    ("access", "Allow"),
    ("direction", "Inbound"),
    ("destination_address_prefix", "*"),
    ("source_address_prefix", "*"),
    ("destination_port_range", "*"),
    ("protocol", "Tcp"),
];

const CLASSIC_COLLECTIONS: &[Input] = &[Input {
    row: Row {
        name: "custom_firewall_name|firewall_custom_name|firewall_name|name",
        parts: &[
            Part {
                lists: &["network_rule_collections.*", "rules.*"],
                entry: EntryRow { order: &["^priority"], ..NETWORK_RULE },
            },
            Part {
                lists: &["application_rule_collections.*", "rules.*"],
                entry: EntryRow { order: &["^priority"], ..APPLICATION_RULE },
            },
        ],
        ..FIREWALL
    },
    ..Input::EMPTY
}];

/// What tells a module from others, in lower case.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ModuleName {
    namespace: String,
    name: String,
    /// The folder inside, as `modules/x`.
    folder: String,
}

impl ModuleName {
    /// Reads a `source`: `Azure/lz-vending/azurerm`, with the host of a registry or a folder inside, or a repository
    /// that is named as the registry asks, `git::https://host/Azure/terraform-azurerm-lz-vending.git?ref=v1`.
    pub(super) fn of(source: &str) -> Option<ModuleName> {
        let source = source.trim().to_ascii_lowercase();
        let source = source.split('?').next().unwrap_or_default();
        let place = source.rsplit("::").next().unwrap_or_default();
        let place = place.split_once("://").map_or(place, |(_, rest)| rest);
        let (place, folder) = place.split_once("//").unwrap_or((place, ""));
        let parts: Vec<&str> = place.split(['/', ':']).filter(|part| !part.is_empty()).collect();
        let folder = folder.trim_matches('/').to_owned();
        let repository = parts.iter().position(|part| part.starts_with("terraform-azur"));
        if let Some(at) = repository {
            let name = parts[at].trim_end_matches(".git").splitn(3, '-').nth(2)?.to_owned();
            let namespace = at.checked_sub(1).map(|before| parts[before].to_owned()).unwrap_or_default();
            return Some(ModuleName { namespace, name, folder });
        }
        let [.., namespace, name, _provider] = parts.as_slice() else { return None };
        let is_host = parts.len() == 4 && (parts[0].contains('.') || parts[0] == "localhost");
        let known = parts.len() == 3 || is_host;
        known.then(|| ModuleName { namespace: (*namespace).to_owned(), name: (*name).to_owned(), folder })
    }

    /// Whether this is the module, or a copy of one whose name is taken by no other.
    pub(super) fn is(&self, namespace: &str, name: &str, folder: &str) -> bool {
        let copied = name.starts_with("avm-") || self.namespace == namespace;
        self.name == name && copied && self.folder == folder
    }
}

/// What the model knows of a module.
pub(super) fn inputs(module: &ModuleName) -> Option<&'static [Input]> {
    let found = CATALOGUE.iter().find(|(namespace, name, folder, _)| module.is(namespace, name, folder));
    found.map(|(.., inputs)| *inputs)
}

/// The containers that a module makes of its arguments.
pub(super) fn read(input: &Input, arguments: &Value, place: &Place) -> Vec<Container> {
    let mut found = vec![Element { value: arguments.clone(), place: place.clone(), keys: Vec::new() }];
    for name in input.each {
        found = found.iter().flat_map(|element| element.below(name)).collect();
    }
    found.into_iter().filter_map(|element| element.container(input)).collect()
}

/// What one container is made of.
struct Element {
    value: Value,
    place: Place,
    keys: Vec<Value>,
}

impl Element {
    /// The elements of a map below; those of `*` are the element's own.
    fn below(&self, name: &str) -> Vec<Element> {
        let map = if name == "*" { Some(self.value.clone()) } else { field(&self.value, name) };
        let address = if name == "*" { self.place.address.clone() } else { joined(&self.place.address, name) };
        let place = Place { address, ..self.place.clone() };
        let mut out = Vec::new();
        if let Some(map) = map {
            self.gather(&map, &place, &mut out);
        }
        out
    }

    fn gather(&self, map: &Value, place: &Place, out: &mut Vec<Element>) {
        let mut add = |key: Value, shown: &str, item: &Value| {
            let value = map.taken(item);
            let doubt = value.trail.doubt().or_else(|| place.doubt.clone());
            let span = value.trail.origin().unwrap_or(place.span);
            let place = Place { address: joined(&place.address, shown), span, doubt, ..place.clone() };
            out.push(Element { value, place, keys: [self.keys.clone(), vec![key]].concat() });
        };
        match &map.data {
            Data::Map(entries) => {
                for entry in entries.entries() {
                    add(Value::text(entry.key.clone(), entry.key_trail.clone()), &entry.key, &entry.value);
                }
            }
            Data::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    let key = at.to_string();
                    add(Value::text(key.as_str(), Trail::nowhere()), &key, item);
                }
            }
            Data::Unknown(why) => self.candidates(why, place, out),
            _ => {}
        }
    }

    fn candidates(&self, why: &Why, place: &Place, out: &mut Vec<Element>) {
        let place = Place { doubt: place.doubt.clone().or_else(|| Some(why.clone())), ..place.clone() };
        for candidate in why.candidates() {
            self.gather(candidate, &place, out);
        }
    }

    fn container(self, input: &Input) -> Option<Container> {
        let mut place = self.place;
        if !input.only.is_empty() {
            field(&self.value, input.only).filter(|value| !value.is_null())?;
            let last = input.only.rsplit('.').next().unwrap_or_default();
            place.address = joined(&place.address, last);
        }
        place.id = match input.id {
            Id::None => None,
            Id::Output(output) => Some(format!("${{{}.{output}}}", place.address).to_lowercase()),
            Id::Key => self.keys.last().and_then(Value::as_str).map(|key| key.to_lowercase()),
        };
        Some(row::read(&input.row, &keyed(&self.value, &self.keys), place))
    }
}

fn joined(address: &str, name: &str) -> String {
    if address.is_empty() { name.to_owned() } else { format!("{address}.{name}") }
}

/// An element with its keys as attributes.
fn keyed(value: &Value, keys: &[Value]) -> Value {
    let Data::Map(map) = &value.data else { return value.clone() };
    if keys.is_empty() {
        return value.clone();
    }
    let mut entries = map.entries().to_vec();
    let names = [KEY, OUTER_KEY];
    let added = keys.iter().rev().zip(names);
    entries.extend(added.map(|(value, name)| MapEntry {
        key: name.into(),
        key_trail: Trail::nowhere(),
        value: value.clone(),
    }));
    Value::map(Map::new(MapKind::Object, entries).opened(map.open.clone()), value.trail.clone())
}
