//! Azure's own resource types, in the property names of Azure Resource Manager (API 2025-01-01).
//! [Azure/azure-rest-api-specs, Microsoft.Network]
//!
//! A value that is read with these rows is the resource as a template has it, with the id of what it belongs to as
//! `parent_id`: of a child its parent, else the resource group.

use super::row::{EffectRow, EntryRow, Http, KeyRow, Part, Row};
use super::{Kind, Purpose};

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

const MANAGER_ROUTE: EntryRow = EntryRow {
    targets: &["properties.destination.destinationAddress"],
    effect: EffectRow::Route { kind: "properties.nextHop.nextHopType", target: "properties.nextHop.nextHopAddress" },
    ..EntryRow::EMPTY
};

const ADMIN_RULE: EntryRow = EntryRow {
    order: &["properties.priority"],
    effect: EffectRow::Access("properties.access"),
    only: &[("properties.direction", &["Outbound"])],
    targets: &["properties.destinations.addressPrefix"],
    sources: &["properties.sources.addressPrefix"],
    ports: &["properties.destinationPortRanges"],
    protocols: &["properties.protocol"],
    ..EntryRow::EMPTY
};

/// A text in which a machine is told what to use.
const fn machine(parts: &'static [Part]) -> Row {
    Row { kind: Kind::Client, parts, ..Row::EMPTY }
}

macro_rules! scripts {
    ($($path:literal),+) => {
        machine(&[Part { lists: &[], entry: EntryRow { scripts: &[$($path),+], ..EntryRow::EMPTY } }])
    };
}

/// Routes that stand in a resource of another kind.
const fn routes(key: KeyRow, parts: &'static [Part]) -> Row {
    Row { kind: Kind::RouteTable, key, declares: false, parts, ..Row::EMPTY }
}

/// Addresses of which only the name of the resource can say what they are for.
const fn bare(parts: &'static [Part]) -> Row {
    Row { kind: Kind::AllowList, purpose: Purpose::Name, parts, ..Row::EMPTY }
}

macro_rules! record {
    ($list:literal) => {
        Row {
            kind: Kind::NameRecord,
            parts: &[Part {
                lists: &[],
                entry: EntryRow { record: Some(("name", "parent_id")), targets: &[$list], ..EntryRow::EMPTY },
            }],
            ..Row::EMPTY
        }
    };
}

const CATALOGUE: &[(&str, Row)] = &[
    (
        "microsoft.compute/virtualmachines/extensions",
        scripts!(
            "properties.settings.commandToExecute",
            "properties.protectedSettings.commandToExecute",
            "properties.settings.script",
            "properties.protectedSettings.script"
        ),
    ),
    ("microsoft.compute/virtualmachines/runcommands", scripts!("properties.source.script")),
    (
        "microsoft.compute/virtualmachines",
        scripts!(
            "properties.osProfile.customData",
            "properties.userData",
            "properties.osProfile.windowsConfiguration.additionalUnattendContent.content"
        ),
    ),
    (
        "microsoft.compute/virtualmachinescalesets",
        scripts!(
            "properties.virtualMachineProfile.osProfile.customData",
            "properties.virtualMachineProfile.userData",
            "properties.virtualMachineProfile.extensionProfile.extensions.properties.settings.commandToExecute",
            "properties.virtualMachineProfile.extensionProfile.extensions.properties.protectedSettings.commandToExecute",
            "properties.virtualMachineProfile.extensionProfile.extensions.properties.protectedSettings.script",
            "properties.virtualMachineProfile.extensionProfile.extensions.properties.settings.script"
        ),
    ),
    (
        "microsoft.compute/virtualmachinescalesets/extensions",
        scripts!(
            "properties.settings.commandToExecute",
            "properties.protectedSettings.commandToExecute",
            "properties.settings.script",
            "properties.protectedSettings.script"
        ),
    ),
    ("microsoft.resources/deploymentscripts", scripts!("properties.scriptContent")),
    ("microsoft.network/privatednszones/a", record!("properties.aRecords.ipv4Address")),
    ("microsoft.network/dnszones/a", record!("properties.ARecords.ipv4Address")),
    (
        "microsoft.network/networkmanagers/routingconfigurations/rulecollections",
        Row {
            kind: Kind::RouteTable,
            key: ITSELF,
            propagation: &[("properties.disableBgpRoutePropagation", false)],
            propagates: false,
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/networkmanagers/routingconfigurations/rulecollections/rules",
        routes(OF_PARENT, &[Part { lists: &[], entry: MANAGER_ROUTE }]),
    ),
    (
        "microsoft.network/networkmanagers/securityadminconfigurations/rulecollections/rules",
        Row {
            kind: Kind::SecurityGroup,
            key: OF_PARENT,
            declares: false,
            parts: &[Part { lists: &[], entry: ADMIN_RULE }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/virtualhubs",
        routes(
            ITSELF,
            &[Part {
                lists: &["properties.routeTable.routes"],
                entry: EntryRow {
                    targets: &["addressPrefixes"],
                    effect: EffectRow::Appliance { target: "nextHopIpAddress" },
                    ..EntryRow::EMPTY
                },
            }],
        ),
    ),
    (
        "microsoft.network/virtualhubs/routetables",
        Row {
            kind: Kind::RouteTable,
            key: ITSELF,
            parts: &[Part {
                lists: &["properties.routes"],
                entry: EntryRow {
                    targets: &["destinations"],
                    effect: EffectRow::Appliance { target: "nextHops" },
                    ..EntryRow::EMPTY
                },
            }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/virtualhubs/hubvirtualnetworkconnections",
        routes(
            OF_PARENT,
            &[Part {
                lists: &["properties.routingConfiguration.vnetRoutes.staticRoutes"],
                entry: EntryRow {
                    targets: &["addressPrefixes"],
                    effect: EffectRow::Appliance { target: "nextHopIpAddress" },
                    ..EntryRow::EMPTY
                },
            }],
        ),
    ),
    (
        "microsoft.network/firewallpolicies/rulegroups",
        Row {
            kind: Kind::Firewall,
            key: OF_PARENT,
            declares: false,
            parts: &[Part {
                lists: &["properties.rules", "ruleConditions"],
                entry: EntryRow {
                    order: &["^^properties.priority", "^priority"],
                    effect: EffectRow::Access("^action.type"),
                    targets: &["destinationAddresses", "destinationFqdns", "targetFqdns"],
                    groups: &["destinationIpGroups"],
                    sources: &["sourceAddresses"],
                    source_groups: &["sourceIpGroups"],
                    ports: &["destinationPorts", "protocols.port"],
                    protocols: &["ipProtocols", "protocols.protocolType"],
                    http: Http::When("ruleConditionType", "ApplicationRuleCondition"),
                    ..EntryRow::EMPTY
                },
            }],
            ..Row::EMPTY
        },
    ),
    (
        "microsoft.network/localnetworkgateways",
        bare(&[Part {
            lists: &[],
            entry: EntryRow { targets: &["properties.localNetworkAddressSpace.addressPrefixes"], ..EntryRow::EMPTY },
        }]),
    ),
    (
        "microsoft.network/virtualnetworkgateways",
        bare(&[Part {
            lists: &[],
            entry: EntryRow { targets: &["properties.customRoutes.addressPrefixes"], ..EntryRow::EMPTY },
        }]),
    ),
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
