//! Azure's own resource types, in the property names of Azure Resource Manager (API 2025-01-01).
//! [Azure/azure-rest-api-specs, Microsoft.Network]
//!
//! A value that is read with these rows is the resource as a template has it, with the id of what it belongs to as
//! `parent_id`: of a child its parent, else the resource group.

use super::Kind;
use super::row::{EffectRow, EntryRow, Http, KeyRow, Part, Row};

const ITSELF: KeyRow = KeyRow::Names(&["name", "parent_id"]);
const OF_PARENT: KeyRow = KeyRow::Id("parent_id");

const ROUTE: EntryRow = EntryRow {
    targets: &["properties.addressPrefix"],
    effect: EffectRow::Route { kind: "properties.nextHopType", target: "properties.nextHopIpAddress" },
    ..EntryRow::EMPTY
};

const SECURITY_RULE: EntryRow = EntryRow {
    order: &["properties.priority"],
    effect: EffectRow::Access("properties.access"),
    only: &[("properties.direction", &["Outbound"])],
    targets: &["properties.destinationAddressPrefix", "properties.destinationAddressPrefixes"],
    sources: &[
        "properties.sourceAddressPrefix",
        "properties.sourceAddressPrefixes",
        "properties.sourceApplicationSecurityGroups.id",
    ],
    ports: &["properties.destinationPortRange", "properties.destinationPortRanges"],
    protocols: &["properties.protocol"],
    ..EntryRow::EMPTY
};

const POLICY_RULE: EntryRow = EntryRow {
    order: &["^^properties.priority", "^priority"],
    effect: EffectRow::Access("^action.type"),
    only: &[("ruleType", &["NetworkRule", "ApplicationRule"])],
    targets: &["destinationAddresses", "destinationFqdns", "targetFqdns"],
    groups: &["destinationIpGroups"],
    sources: &["sourceAddresses"],
    source_groups: &["sourceIpGroups"],
    ports: &["destinationPorts", "protocols.port"],
    protocols: &["ipProtocols", "protocols.protocolType"],
    http: Http::When("ruleType", "ApplicationRule"),
    ..EntryRow::EMPTY
};

const CLASSIC_RULE: EntryRow = EntryRow {
    order: &["^properties.priority"],
    effect: EffectRow::Access("^properties.action.type"),
    targets: &["destinationAddresses", "destinationFqdns"],
    groups: &["destinationIpGroups"],
    sources: &["sourceAddresses"],
    source_groups: &["sourceIpGroups"],
    ports: &["destinationPorts"],
    protocols: &["protocols"],
    ..EntryRow::EMPTY
};

const CLASSIC_APPLICATION_RULE: EntryRow = EntryRow {
    targets: &["targetFqdns"],
    groups: &[],
    ports: &["protocols.port"],
    protocols: &["protocols.protocolType"],
    http: Http::Always,
    ..CLASSIC_RULE
};

const HUB_ROUTE: EntryRow =
    EntryRow { targets: &["destinations"], effect: EffectRow::Appliance { target: "nextHop" }, ..EntryRow::EMPTY };

const CATALOGUE: [(&str, Row); 9] = [
    (
        "microsoft.network/routetables",
        Row {
            kind: Kind::RouteTable,
            key: ITSELF,
            parts: &[Part { lists: &["properties.routes"], entry: ROUTE }],
            propagation: &[("properties.disableBgpRoutePropagation", false)],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/routetables/routes",
        Row {
            kind: Kind::RouteTable,
            key: OF_PARENT,
            declares: false,
            parts: &[Part { lists: &[], entry: ROUTE }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/networksecuritygroups",
        Row {
            kind: Kind::SecurityGroup,
            key: ITSELF,
            parts: &[Part { lists: &["properties.securityRules"], entry: SECURITY_RULE }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/networksecuritygroups/securityrules",
        Row {
            kind: Kind::SecurityGroup,
            key: OF_PARENT,
            declares: false,
            parts: &[Part { lists: &[], entry: SECURITY_RULE }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/firewallpolicies",
        Row {
            kind: Kind::Firewall,
            key: ITSELF,
            base: "properties.basePolicy.id",
            dns_proxy: "properties.dnsSettings.enableProxy",
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/firewallpolicies/rulecollectiongroups",
        Row {
            kind: Kind::Firewall,
            key: OF_PARENT,
            declares: false,
            parts: &[Part { lists: &["properties.ruleCollections", "rules"], entry: POLICY_RULE }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/azurefirewalls",
        Row {
            kind: Kind::Firewall,
            key: ITSELF,
            base: "properties.firewallPolicy.id",
            parts: &[
                Part { lists: &["properties.networkRuleCollections", "properties.rules"], entry: CLASSIC_RULE },
                Part {
                    lists: &["properties.applicationRuleCollections", "properties.rules"],
                    entry: CLASSIC_APPLICATION_RULE,
                },
            ],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/ipgroups",
        Row {
            kind: Kind::AllowList,
            key: ITSELF,
            parts: &[Part { lists: &[], entry: EntryRow { targets: &["properties.ipAddresses"], ..EntryRow::EMPTY } }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/virtualhubs/hubroutetables",
        Row {
            kind: Kind::RouteTable,
            key: ITSELF,
            parts: &[Part { lists: &["properties.routes"], entry: HUB_ROUTE }],
            ..Row::EMPTY
        },
    ),
];

/// The rows of a resource type, without its API version.
pub fn rows(kind: &str) -> impl Iterator<Item = &'static Row> {
    let kind = kind.to_lowercase();
    CATALOGUE.iter().filter(move |(name, _)| *name == kind).map(|(_, row)| row)
}
