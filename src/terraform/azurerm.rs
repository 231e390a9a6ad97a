//! The catalogue: which attribute of which resource type is key, destination or effect.
//!
//! Names and defaults are those of the Terraform providers `azurerm` (2.x to 5.x) and `azurestack`.

use crate::model::route_table::{LooseRow, RouteRow, TableRow};

/// What a resource type is to the model.
#[derive(Debug)]
pub(super) enum Row {
    RouteTable(TableRow),
    Route(LooseRow),
}

const ROUTE: RouteRow = RouteRow {
    name: "name",
    prefix: "address_prefix",
    hop_kind: "next_hop_type",
    hop_target: "next_hop_in_ip_address",
};

const ROUTE_TABLE: Row = Row::RouteTable(TableRow {
    key: &["name", "resource_group_name"],
    name: "name",
    routes: "route",
    route: ROUTE,
    // 4.0 replaced the second by the first.
    propagation: &[("bgp_route_propagation_enabled", true), ("disable_bgp_route_propagation", false)],
});

const LOOSE_ROUTE: Row = Row::Route(LooseRow { key: &["route_table_name", "resource_group_name"], route: ROUTE });

const CATALOGUE: [(&str, Row); 4] = [
    ("azurerm_route_table", ROUTE_TABLE),
    ("azurerm_route", LOOSE_ROUTE),
    ("azurestack_route_table", ROUTE_TABLE),
    ("azurestack_route", LOOSE_ROUTE),
];

/// The row of a resource type, if the model knows it.
pub(super) fn row(kind: &str) -> Option<&'static Row> {
    CATALOGUE.iter().find(|(name, _)| *name == kind).map(|(_, row)| row)
}

impl Row {
    /// The attributes and nested blocks that matter; no others are evaluated.
    pub(super) fn wanted(&self) -> Vec<&'static str> {
        match self {
            Row::RouteTable(row) => {
                let switches = row.propagation.iter().map(|(name, _)| *name);
                row.key.iter().copied().chain([row.name, row.routes]).chain(switches).collect()
            }
            Row::Route(row) => {
                let route = [row.route.name, row.route.prefix, row.route.hop_kind, row.route.hop_target];
                row.key.iter().copied().chain(route).collect()
            }
        }
    }
}
