//! The Cloud Adoption Framework's module, `aztfmod/caf`: a whole landing zone as maps that name each other by keys.
//!
//! Its arguments come from variable files, and often a repository has nothing else: a folder of variable files that no
//! code in view declares is read by the names of the module's inputs.

use super::azurerm::SECURITY_RULE;
use super::input::{self, APPLICATION_RULE, Id, Input, ModuleName, NETWORK_RULE, ROUTE};
use crate::model::row::{EffectRow, EntryRow, KeyRow, Part, Place, Row, field};
use crate::model::{Container, Kind};
use crate::value::Value;

/// The argument in which a caller may gather all that is about networks.
const GATHERED: &str = "networking";

const ITSELF: KeyRow = KeyRow::Names(&[input::KEY]);
/// Which firewall takes a collection is not looked at: all of them act together.
const CLASSIC: KeyRow = KeyRow::Names(&["@firewall"]);

const fn collection(each: &'static [&'static str], parts: &'static [Part]) -> Input {
    let row = Row { kind: Kind::Firewall, key: CLASSIC, declares: false, parts, ..Row::EMPTY };
    Input { each, row, ..Input::EMPTY }
}

const CATALOGUE: &[Input] = &[
    Input {
        each: &["route_tables"],
        row: Row {
            kind: Kind::RouteTable,
            key: ITSELF,
            parts: &[Part { lists: &["routes.*"], entry: ROUTE }],
            propagation: &[("disable_bgp_route_propagation", false), ("bgp_route_propagation_enabled", true)],
            ..Row::EMPTY
        },
        id: Id::Key,
        ..Input::EMPTY
    },
    Input {
        each: &["azurerm_routes"],
        row: Row {
            kind: Kind::RouteTable,
            key: KeyRow::Names(&["route_table_key|route_table.key"]),
            declares: false,
            parts: &[Part { lists: &[], entry: ROUTE }],
            ..Row::EMPTY
        },
        ..Input::EMPTY
    },
    Input {
        each: &["network_security_group_definition"],
        row: Row {
            kind: Kind::SecurityGroup,
            key: ITSELF,
            parts: &[Part { lists: &["nsg.*"], entry: SECURITY_RULE }],
            ..Row::EMPTY
        },
        id: Id::Key,
        ..Input::EMPTY
    },
    Input {
        // By direction, then by priority.
        each: &["network_security_security_rules", "*"],
        row: Row {
            kind: Kind::SecurityGroup,
            key: KeyRow::Names(&["network_security_group_definition.key"]),
            declares: false,
            parts: &[Part {
                lists: &[],
                entry: EntryRow { order: &[input::KEY], only: &[(input::OUTER_KEY, &["Outbound"])], ..SECURITY_RULE },
            }],
            ..Row::EMPTY
        },
        ..Input::EMPTY
    },
    collection(
        &["azurerm_firewall_network_rule_collection_definition"],
        &[Part { lists: &["ruleset.*"], entry: EntryRow { order: &["^priority"], ..NETWORK_RULE } }],
    ),
    collection(
        &["azurerm_firewall_application_rule_collection_definition"],
        &[Part { lists: &["ruleset.*"], entry: EntryRow { order: &["^priority"], ..APPLICATION_RULE } }],
    ),
    Input {
        each: &["azurerm_firewall_policies"],
        row: Row { kind: Kind::Firewall, key: ITSELF, dns_proxy: "dns.proxy_enabled", ..Row::EMPTY },
        id: Id::Key,
        ..Input::EMPTY
    },
    Input {
        each: &["azurerm_firewall_policy_rule_collection_groups"],
        row: Row {
            kind: Kind::Firewall,
            key: KeyRow::Names(&["firewall_policy_key|firewall_policy.key|firewall_policy_id"]),
            declares: false,
            parts: &[
                Part {
                    lists: &["network_rule_collections.*", "rules.*"],
                    entry: EntryRow { order: &["^^priority", "^priority"], ..NETWORK_RULE },
                },
                Part {
                    lists: &["application_rule_collections.*", "rules.*"],
                    entry: EntryRow { order: &["^^priority", "^priority"], ..APPLICATION_RULE },
                },
            ],
            ..Row::EMPTY
        },
        ..Input::EMPTY
    },
    Input {
        each: &["ip_groups"],
        row: Row {
            key: ITSELF,
            parts: &[Part { lists: &[], entry: EntryRow { targets: &["cidrs"], ..EntryRow::EMPTY } }],
            ..Row::EMPTY
        },
        id: Id::Key,
        ..Input::EMPTY
    },
    Input {
        each: &["virtual_hub_route_tables"],
        row: Row {
            kind: Kind::RouteTable,
            // Apart from the route tables of virtual networks, which may have the same keys.
            key: KeyRow::Names(&[input::KEY, "@hub"]),
            parts: &[Part {
                lists: &["routes.*"],
                entry: EntryRow {
                    targets: &["destinations"],
                    effect: EffectRow::Appliance { target: "next_hop|next_hop_id" },
                    ..EntryRow::EMPTY
                },
            }],
            ..Row::EMPTY
        },
        ..Input::EMPTY
    },
];

/// Whether a module is this one.
pub(super) fn is_it(module: &ModuleName) -> bool {
    module.is("aztfmod", "caf", "")
}

/// Whether a variable of this name is an input that the model knows.
pub(super) fn names(variable: &str) -> bool {
    variable == GATHERED || CATALOGUE.iter().any(|input| input.each.first() == Some(&variable))
}

/// The containers that a landing zone declares.
pub(super) fn read(arguments: &Value, place: &Place) -> Vec<Container> {
    let gathered = field(arguments, GATHERED);
    let mut out = Vec::new();
    for values in [Some(arguments.clone()), gathered].into_iter().flatten() {
        out.extend(CATALOGUE.iter().flat_map(|input| input::read(input, &values, place)));
    }
    out
}
