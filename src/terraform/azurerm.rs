//! The catalogue: which attribute of which resource type is key, destination or effect.
//!
//! Names and defaults are those of the Terraform providers `azurerm` (2.x to 5.x) and `azurestack`.

use super::types::{self, Type};
use crate::model::row::{EffectRow, EntryRow, Http, KeyRow, Part, Path, Row, field};
use crate::model::{Kind, Purpose, SubnetFact, SubnetFactKind};
use crate::value::{Data, Map, MapEntry, Value};

const ITSELF: KeyRow = KeyRow::Names(&["name", "resource_group_name"]);

const ROUTE: EntryRow = EntryRow {
    targets: &["address_prefix"],
    effect: EffectRow::Route { kind: "next_hop_type", target: "next_hop_in_ip_address" },
    ..EntryRow::EMPTY
};

const ROUTE_TABLE: Row = Row {
    kind: Kind::RouteTable,
    key: ITSELF,
    parts: &[Part { lists: &["route"], entry: ROUTE }],
    // 4.0 replaced the second by the first.
    propagation: &[("bgp_route_propagation_enabled", true), ("disable_bgp_route_propagation", false)],
    ..Row::EMPTY
};

const LOOSE_ROUTE: Row = Row {
    kind: Kind::RouteTable,
    key: KeyRow::Names(&["route_table_name", "resource_group_name"]),
    declares: false,
    parts: &[Part { lists: &[], entry: ROUTE }],
    ..Row::EMPTY
};

pub(super) const SECURITY_RULE: EntryRow = EntryRow {
    order: &["priority"],
    effect: EffectRow::Access("access"),
    only: &[("direction", &["Outbound"])],
    targets: &["destination_address_prefix", "destination_address_prefixes"],
    sources: &["source_address_prefix", "source_address_prefixes", "source_application_security_group_ids"],
    ports: &["destination_port_range", "destination_port_ranges"],
    protocols: &["protocol"],
    ..EntryRow::EMPTY
};

const SECURITY_GROUP: Row = Row {
    kind: Kind::SecurityGroup,
    key: ITSELF,
    parts: &[Part { lists: &["security_rule"], entry: SECURITY_RULE }],
    ..Row::EMPTY
};

const LOOSE_SECURITY_RULE: Row = Row {
    kind: Kind::SecurityGroup,
    key: KeyRow::Names(&["network_security_group_name", "resource_group_name"]),
    declares: false,
    parts: &[Part { lists: &[], entry: SECURITY_RULE }],
    ..Row::EMPTY
};

const NETWORK_RULE: EntryRow = EntryRow {
    targets: &["destination_addresses", "destination_fqdns"],
    groups: &["destination_ip_groups"],
    sources: &["source_addresses"],
    source_groups: &["source_ip_groups"],
    ports: &["destination_ports"],
    protocols: &["protocols"],
    ..EntryRow::EMPTY
};

const APPLICATION_RULE: EntryRow = EntryRow {
    targets: &["destination_fqdns", "target_fqdns"],
    groups: &[],
    ports: &["protocols.port", "protocol.port"],
    protocols: &["protocols.type", "protocol.type"],
    http: Http::Always,
    ..NETWORK_RULE
};

const CLASSIC: Row = Row {
    kind: Kind::Firewall,
    key: KeyRow::Names(&["azure_firewall_name", "resource_group_name"]),
    declares: false,
    ..Row::EMPTY
};
const IN_CLASSIC: (&[Path], EffectRow) = (&["^priority"], EffectRow::Access("^action"));
const IN_GROUP: (&[Path], EffectRow) = (&["^^priority", "^priority"], EffectRow::Access("^action"));

const RULE_COLLECTION_GROUP: Row = Row {
    kind: Kind::Firewall,
    key: KeyRow::Id("firewall_policy_id"),
    declares: false,
    parts: &[
        Part {
            lists: &["network_rule_collection", "rule"],
            entry: EntryRow { order: IN_GROUP.0, effect: IN_GROUP.1, ..NETWORK_RULE },
        },
        Part {
            lists: &["application_rule_collection", "rule"],
            entry: EntryRow { order: IN_GROUP.0, effect: IN_GROUP.1, ..APPLICATION_RULE },
        },
    ],
    ..Row::EMPTY
};

const fn attachment(kind: Kind, id: Path) -> Row {
    Row { kind, key: KeyRow::Id(id), declares: false, subnets: "subnet_id", ..Row::EMPTY }
}

/// A list of addresses or hosts of its own.
const fn list(key: KeyRow, declares: bool, entry: &'static [Part]) -> Row {
    Row { key, declares, parts: entry, ..Row::EMPTY }
}

const CIDRS: EntryRow = EntryRow { targets: &["cidrs"], ..EntryRow::EMPTY };

/// A text in which a machine is told what to use.
const fn machine(parts: &'static [Part]) -> Row {
    Row { kind: Kind::Client, parts, ..Row::EMPTY }
}

macro_rules! scripts {
    ($($path:literal),+) => {
        machine(&[Part { lists: &[], entry: EntryRow { scripts: &[$($path),+], ..EntryRow::EMPTY } }])
    };
}

const RECORD: Row = Row {
    kind: Kind::NameRecord,
    parts: &[
        Part { lists: &[], entry: EntryRow { record: Some(("name", "zone_name")), ..RECORDS } },
        // 5.0 names the zone by its id.
        Part { lists: &[], entry: EntryRow { record: Some(("name", "private_dns_zone_id")), ..RECORDS } },
        Part { lists: &[], entry: EntryRow { record: Some(("name", "dns_zone_id")), ..RECORDS } },
    ],
    ..Row::EMPTY
};
const RECORDS: EntryRow = EntryRow { targets: &["records"], ..EntryRow::EMPTY };

const MANAGER_ROUTE: EntryRow = EntryRow {
    targets: &["destination.address"],
    effect: EffectRow::Route { kind: "next_hop.type", target: "next_hop.address" },
    ..EntryRow::EMPTY
};

const ADMIN_RULE: EntryRow = EntryRow {
    order: &["priority"],
    effect: EffectRow::Access("action"),
    only: &[("direction", &["Outbound"])],
    targets: &["destination.address_prefix"],
    sources: &["source.address_prefix"],
    ports: &["destination_port_ranges"],
    protocols: &["protocol"],
    ..EntryRow::EMPTY
};

const RULESTACK_RULE: EntryRow = EntryRow {
    order: &["priority"],
    effect: EffectRow::Access("action"),
    only: &[("enabled", &["true"])],
    targets: &["destination.cidrs"],
    groups: &["destination.local_rulestack_fqdn_list_ids", "destination.local_rulestack_prefix_list_ids"],
    sources: &["source.cidrs"],
    source_groups: &["source.local_rulestack_prefix_list_ids"],
    protocols: &["protocol", "protocol_ports"],
    negated: "negate_destination",
    ..EntryRow::EMPTY
};

/// Routes that stand in a virtual hub, not in one of its tables.
const fn hub(key: KeyRow, parts: &'static [Part]) -> Row {
    Row { kind: Kind::RouteTable, key, declares: false, parts, ..Row::EMPTY }
}

/// A rulestack takes effect when it is committed, with all that waits to be.
const PALO_ALTO: Option<&str> = Some("a rulestack takes effect when it is committed, with all that others changed");

const CATALOGUE: &[(&str, Row)] = &[
    ("azurerm_route_table", ROUTE_TABLE),
    ("azurerm_route", LOOSE_ROUTE),
    ("azurestack_route_table", ROUTE_TABLE),
    ("azurestack_route", LOOSE_ROUTE),
    ("azurerm_subnet_route_table_association", attachment(Kind::RouteTable, "route_table_id")),
    ("azurerm_network_security_group", SECURITY_GROUP),
    ("azurerm_network_security_rule", LOOSE_SECURITY_RULE),
    ("azurestack_network_security_group", SECURITY_GROUP),
    ("azurestack_network_security_rule", LOOSE_SECURITY_RULE),
    ("azurerm_subnet_network_security_group_association", attachment(Kind::SecurityGroup, "network_security_group_id")),
    (
        "azurerm_firewall_network_rule_collection",
        Row {
            parts: &[Part {
                lists: &["rule"],
                entry: EntryRow { order: IN_CLASSIC.0, effect: IN_CLASSIC.1, ..NETWORK_RULE },
            }],
            ..CLASSIC
        },
    ),
    (
        "azurerm_firewall_application_rule_collection",
        Row {
            parts: &[Part {
                lists: &["rule"],
                entry: EntryRow { order: IN_CLASSIC.0, effect: IN_CLASSIC.1, ..APPLICATION_RULE },
            }],
            ..CLASSIC
        },
    ),
    (
        "azurerm_firewall",
        Row {
            kind: Kind::Firewall,
            key: ITSELF,
            base: "firewall_policy_id",
            dns_proxy: "dns_proxy_enabled",
            ..Row::EMPTY
        },
    ),
    (
        "azurerm_firewall_policy",
        Row { kind: Kind::Firewall, key: ITSELF, base: "base_policy_id", dns_proxy: "dns.proxy_enabled", ..Row::EMPTY },
    ),
    ("azurerm_firewall_policy_rule_collection_group", RULE_COLLECTION_GROUP),
    ("azurerm_ip_group", list(ITSELF, true, &[Part { lists: &[], entry: CIDRS }])),
    (
        "azurerm_ip_group_cidr",
        list(
            KeyRow::Id("ip_group_id"),
            false,
            &[Part { lists: &[], entry: EntryRow { name: "", targets: &["cidr"], ..EntryRow::EMPTY } }],
        ),
    ),
    (
        "azurerm_virtual_hub_route_table",
        Row {
            kind: Kind::RouteTable,
            key: KeyRow::Names(&["name", "virtual_hub_id"]),
            parts: &[Part { lists: &["route"], entry: HUB_ROUTE }],
            ..Row::EMPTY
        },
    ),
    (
        "azurerm_virtual_hub_route_table_route",
        hub(KeyRow::Id("route_table_id"), &[Part { lists: &[], entry: HUB_ROUTE }]),
    ),
    (
        "azurerm_virtual_hub",
        Row {
            declares: true,
            ..hub(
                ITSELF,
                &[Part {
                    lists: &["route"],
                    entry: EntryRow {
                        name: "",
                        targets: &["address_prefixes"],
                        effect: EffectRow::Appliance { target: "next_hop_ip_address" },
                        ..EntryRow::EMPTY
                    },
                }],
            )
        },
    ),
    (
        "azurerm_virtual_hub_connection",
        hub(
            KeyRow::Id("virtual_hub_id"),
            &[Part {
                lists: &["routing", "static_vnet_route"],
                entry: EntryRow {
                    targets: &["address_prefixes"],
                    effect: EffectRow::Appliance { target: "next_hop_ip_address" },
                    ..EntryRow::EMPTY
                },
            }],
        ),
    ),
    (
        "azurerm_network_manager_routing_rule_collection",
        Row {
            kind: Kind::RouteTable,
            propagation: &[("bgp_route_propagation_enabled", true)],
            propagates: false,
            ..Row::EMPTY
        },
    ),
    (
        "azurerm_network_manager_routing_rule",
        Row {
            once: &["destination", "next_hop"],
            ..hub(KeyRow::Id("rule_collection_id"), &[Part { lists: &[], entry: MANAGER_ROUTE }])
        },
    ),
    (
        "azurerm_network_manager_admin_rule",
        Row {
            kind: Kind::SecurityGroup,
            key: KeyRow::Id("admin_rule_collection_id"),
            declares: false,
            parts: &[Part { lists: &[], entry: ADMIN_RULE }],
            ..Row::EMPTY
        },
    ),
    (
        "azurerm_palo_alto_local_rulestack_rule",
        Row {
            kind: Kind::Firewall,
            key: KeyRow::Id("rulestack_id"),
            declares: false,
            parts: &[Part { lists: &[], entry: RULESTACK_RULE }],
            once: &["destination", "source"],
            caution: PALO_ALTO,
            ..Row::EMPTY
        },
    ),
    ("azurerm_palo_alto_local_rulestack", Row { kind: Kind::Firewall, key: ITSELF, ..Row::EMPTY }),
    (
        "azurerm_palo_alto_local_rulestack_fqdn_list",
        Row {
            parts: &[Part {
                lists: &[],
                entry: EntryRow { targets: &["fully_qualified_domain_names"], ..EntryRow::EMPTY },
            }],
            caution: PALO_ALTO,
            ..Row::EMPTY
        },
    ),
    (
        "azurerm_palo_alto_local_rulestack_prefix_list",
        Row {
            parts: &[Part { lists: &[], entry: EntryRow { targets: &["prefix_list"], ..EntryRow::EMPTY } }],
            caution: PALO_ALTO,
            ..Row::EMPTY
        },
    ),
    ("azurerm_private_dns_a_record", RECORD),
    ("azurerm_dns_a_record", RECORD),
    (
        "azurerm_network_security_perimeter_access_rule",
        list(
            KeyRow::Id("network_security_perimeter_profile_id"),
            false,
            &[Part {
                lists: &[],
                entry: EntryRow { targets: &["fqdns"], only: &[("direction", &["Outbound"])], ..EntryRow::EMPTY },
            }],
        ),
    ),
    (
        "azurerm_machine_learning_workspace_network_outbound_rule_fqdn",
        Row {
            caution: Some("each outbound rule of a workspace starts a managed firewall, or adds to its cost"),
            ..list(
                KeyRow::Id("workspace_id"),
                false,
                &[Part { lists: &[], entry: EntryRow { targets: &["destination_fqdn"], ..EntryRow::EMPTY } }],
            )
        },
    ),
    (
        "azurerm_kubernetes_cluster",
        list(
            KeyRow::Own,
            true,
            &[Part { lists: &["http_proxy_config"], entry: EntryRow { targets: &["no_proxy"], ..EntryRow::EMPTY } }],
        ),
    ),
    (
        "azurerm_virtual_network_gateway",
        Row {
            purpose: Purpose::Name,
            parts: &[Part {
                lists: &["custom_route"],
                entry: EntryRow { targets: &["address_prefixes"], ..EntryRow::EMPTY },
            }],
            ..Row::EMPTY
        },
    ),
    (
        "azurerm_local_network_gateway",
        Row {
            purpose: Purpose::Name,
            parts: &[Part { lists: &[], entry: EntryRow { targets: &["address_space"], ..EntryRow::EMPTY } }],
            ..Row::EMPTY
        },
    ),
    ("azurerm_virtual_machine_extension", scripts!("settings", "protected_settings")),
    ("azurerm_virtual_machine_scale_set_extension", scripts!("settings", "protected_settings")),
    ("azurerm_virtual_machine_run_command", scripts!("source.script")),
    ("azurerm_windows_virtual_machine", scripts!("custom_data", "user_data", "additional_unattend_content.content")),
    (
        "azurerm_windows_virtual_machine_scale_set",
        scripts!("custom_data", "user_data", "additional_unattend_content.content", "extension.settings"),
    ),
    ("azurerm_orchestrated_virtual_machine_scale_set", scripts!("user_data_base64", "extension.settings")),
    ("azurerm_automation_runbook", scripts!("content")),
    ("azurerm_automation_dsc_configuration", scripts!("content_embedded")),
];

const HUB_ROUTE: EntryRow =
    EntryRow { targets: &["destinations"], effect: EffectRow::Appliance { target: "next_hop" }, ..EntryRow::EMPTY };

/// Resources that deploy an ARM template: the argument with its text, and those with its parameters.
const TEMPLATES: [(&str, &str, &[&str]); 6] = [
    ("azurerm_resource_group_template_deployment", "template_content", &["parameters_content"]),
    ("azurerm_subscription_template_deployment", "template_content", &["parameters_content"]),
    ("azurerm_management_group_template_deployment", "template_content", &["parameters_content"]),
    ("azurerm_tenant_template_deployment", "template_content", &["parameters_content"]),
    ("azurerm_template_deployment", "template_body", &["parameters_body", "parameters"]),
    ("azurerm_policy_definition", "policy_rule", &[]),
];

/// The arguments of a resource that deploys an ARM template.
pub(super) fn template_arguments(kind: &str) -> Option<(&'static str, &'static [&'static str])> {
    TEMPLATES.iter().find(|(name, ..)| *name == kind).map(|(_, template, parameters)| (*template, *parameters))
}

/// What a resource type says of the way out of a subnet: the argument with the subnet's id, and the one that has to be
/// set to something, or to false where it makes a subnet private.
/// [Azure: default outbound access]
const SUBNETS: [(&str, &str, &str); 4] = [
    ("azurerm_subnet", "", "default_outbound_access_enabled"),
    ("azurerm_subnet_nat_gateway_association", "subnet_id", "nat_gateway_id"),
    ("azurerm_network_interface", "ip_configuration.subnet_id", "ip_configuration.public_ip_address_id"),
    ("azurerm_lb_outbound_rule", "", "protocol"),
];

/// The arguments of a resource that say something of the way out of a subnet.
pub(super) fn subnet_arguments(kind: &str) -> Option<Vec<&'static str>> {
    let (_, id, set) = SUBNETS.iter().find(|(name, ..)| *name == kind)?;
    let first = |path: &&'static str| path.split('.').next().unwrap_or_default();
    Some([id, set, &"name"].iter().map(|path| first(path)).filter(|name| !name.is_empty()).collect())
}

/// What a resource says of the way out of a subnet.
pub(super) fn subnet_fact(kind: &str, value: &Value, own_id: &str) -> Option<SubnetFact> {
    let (_, id, set) = SUBNETS.iter().find(|(name, ..)| *name == kind)?;
    let given = field(value, set).filter(|value| !value.is_null())?;
    if kind == "azurerm_subnet" {
        let name = value.get("name").and_then(|name| name.as_str());
        let name = name.map_or_else(|| own_id.to_owned(), |name| name.to_string());
        let private = given.as_bool() == Some(false);
        return private.then(|| SubnetFact { id: Some(own_id.to_owned()), kind: SubnetFactKind::Private(name) });
    }
    let id = field(value, id).and_then(|id| id.identity()).map(|id| id.to_lowercase());
    Some(SubnetFact { id, kind: SubnetFactKind::Exit })
}

/// The rows of a resource type, if the model knows it.
pub(super) fn rows(kind: &str) -> impl Iterator<Item = &'static Row> {
    CATALOGUE.iter().filter(move |(name, _)| *name == kind).map(|(_, row)| row)
}

/// The arguments of a resource type that are read.
pub(super) fn read_arguments(kind: &str) -> Vec<&'static str> {
    let mut out: Vec<&str> = rows(kind).flat_map(Row::wanted).collect();
    out.extend(subnet_arguments(kind).into_iter().flatten());
    if let Some((template, parameters)) = template_arguments(kind) {
        out.extend([template].iter().chain(parameters));
    }
    if is_azapi(kind) {
        out.extend(super::azapi::WANTED);
    }
    if kind == "azurerm_virtual_network" {
        out.push("subnet");
    }
    out
}

/// Whether a resource type says something of the network.
pub(super) fn is_known(kind: &str) -> bool {
    rows(kind).next().is_some()
        || subnet_arguments(kind).is_some()
        || template_arguments(kind).is_some()
        || is_azapi(kind)
        || kind == "azurerm_virtual_network"
}

/// Whether a resource of Azure's own types, whose properties are written in `body`.
pub(super) fn is_azapi(kind: &str) -> bool {
    matches!(kind, "azapi_resource" | "azapi_update_resource" | "azapi_resource_action")
}

/// Arguments that are sets of text in the provider's schema, whatever collection the code gives.
const SETS: [&str; 8] = [
    "cidrs",
    "destination_address_prefixes",
    "source_address_prefixes",
    "destination_port_ranges",
    "source_port_ranges",
    "destination_application_security_group_ids",
    "source_application_security_group_ids",
    "destinations",
];
/// The resource types that have them so.
const WITH_SETS: [&str; 6] = [
    "azurerm_ip_group",
    "azurerm_network_security_rule",
    "azurerm_network_security_group",
    "azurestack_network_security_group",
    "azurerm_virtual_hub_route_table",
    "azurerm_virtual_hub_route_table_route",
];

/// An argument of a resource as it is read back by a reference: the provider's schema makes sets of lists, and null of
/// what a block leaves out.
pub(super) fn as_provider_has_it(kind: &str, name: &str, value: Value) -> Value {
    if WITH_SETS.contains(&kind) && SETS.contains(&name) {
        return types::convert(&value, &Type::Set(Box::new(Type::String))).unwrap_or(value);
    }
    let is_block = rows(kind).flat_map(|row| row.parts).any(|part| part.lists.first() == Some(&name));
    if is_block { block(kind, &value) } else { value }
}

fn block(kind: &str, value: &Value) -> Value {
    match &value.data {
        Data::List(list) => {
            let items = list.items.iter().map(|item| block(kind, item)).collect();
            Value::open_list(list.kind, items, list.open.clone(), value.trail.clone())
        }
        Data::Map(map) => {
            let made = |entry: &MapEntry| {
                let value = match &entry.value.data {
                    Data::List(list) if list.items.iter().any(|item| matches!(item.data, Data::Map(_))) => {
                        block(kind, &entry.value)
                    }
                    _ => as_provider_has_it(kind, &entry.key, entry.value.clone()),
                };
                MapEntry { value, ..entry.clone() }
            };
            let mut made = Map::new(map.kind, map.entries().iter().map(made).collect());
            made.null_elsewhere = true;
            Value::map(made, value.trail.clone())
        }
        _ => value.clone(),
    }
}
