//! Route tables: a catalogue row says which attribute is what, a value gives the entries.

use super::{Container, Effect, Entry, HopKind, Key, Kind, NextHop, Setting, Slot, Target};
use crate::source::Span;
use crate::value::{Data, Trail, Value, Why};

/// Which attributes of a notation declare a route table.
#[derive(Debug)]
pub struct TableRow {
    /// What makes two declarations one table.
    pub key: &'static [&'static str],
    pub name: &'static str,
    /// The list of routes that stand inside.
    pub routes: &'static str,
    pub route: RouteRow,
    /// Attributes that switch the propagation of BGP routes, with what `true` means.
    pub propagation: &'static [(&'static str, bool)],
}

/// Which attributes make a route.
#[derive(Debug)]
pub struct RouteRow {
    pub name: &'static str,
    pub prefix: &'static str,
    pub hop_kind: &'static str,
    pub hop_target: &'static str,
}

/// Which attributes declare a route on its own, outside its table.
#[derive(Debug)]
pub struct LooseRow {
    pub key: &'static [&'static str],
    pub route: RouteRow,
}

/// Where a declaration stands.
#[derive(Debug, Clone)]
pub struct Place {
    pub address: String,
    pub span: Span,
    /// What decides whether it is there at all, if that is not known.
    pub doubt: Option<Why>,
    /// What else tells containers apart, as the provider configuration.
    pub scope: Value,
}

/// A table with the routes that stand inside.
pub fn table(row: &TableRow, value: &Value, place: Place) -> Container {
    let mut gaps = Vec::new();
    let mut entries = Vec::new();
    if let Some(routes) = value.get(row.routes) {
        collect(&row.route, &routes, &place, &mut entries, &mut gaps);
    }
    let switch = row.propagation.iter().find_map(|(name, means)| {
        let value = value.get(name)?;
        match &value.data {
            Data::Bool(on) => Some(Setting::Known(on == means)),
            Data::Text(text) => text.known().map(|text| Setting::Known((&*text == "true") == *means)),
            Data::Unknown(why) => Some(Setting::Unknown(why.clone())),
            _ => None,
        }
    });
    let name = value.get(row.name).and_then(|name| name.as_str()).map(|name| name.to_string());
    Container {
        kind: Kind::RouteTable,
        key: key(row.key, value, &place),
        address: place.address,
        name,
        span: place.span,
        entries,
        gaps,
        bgp_propagation: Some(switch.unwrap_or(Setting::Known(true))),
        declared: true,
    }
}

/// A route that stands alone, as a table with this route only, to be united with the others of its key.
pub fn loose(row: &LooseRow, value: &Value, place: Place) -> Container {
    let mut entry = entry(&row.route, value, place.span);
    entry.doubt = place.doubt.clone();
    let name = row.key.first().and_then(|name| value.get(name)).and_then(|name| name.as_str());
    Container {
        kind: Kind::RouteTable,
        key: key(row.key, value, &place),
        address: place.address,
        name: name.map(|name| name.to_string()),
        span: place.span,
        entries: vec![entry],
        gaps: Vec::new(),
        bgp_propagation: None,
        declared: false,
    }
}

fn key(names: &[&str], value: &Value, place: &Place) -> Key {
    let absent = || Value::null(Trail::nowhere());
    let mut parts: Vec<Value> = names.iter().map(|name| value.get(name).unwrap_or_else(absent)).collect();
    parts.push(place.scope.clone());
    Key::new(Kind::RouteTable, &parts.iter().collect::<Vec<_>>())
}

fn collect(row: &RouteRow, routes: &Value, place: &Place, entries: &mut Vec<Entry>, gaps: &mut Vec<Why>) {
    let list = match &routes.data {
        Data::List(list) => list,
        Data::Unknown(why) => {
            gaps.push(why.clone());
            for candidate in why.candidates() {
                let before = entries.len();
                collect(row, candidate, place, entries, &mut Vec::new());
                for entry in &mut entries[before..] {
                    entry.doubt.get_or_insert_with(|| why.clone());
                }
            }
            return;
        }
        _ => return,
    };
    gaps.extend(list.open.clone());
    for item in &list.items {
        let item = routes.taken(item);
        if let Data::Unknown(why) = &item.data {
            gaps.push(why.clone());
            continue;
        }
        let mut made = entry(row, &item, place.span);
        made.doubt = made.doubt.or_else(|| place.doubt.clone());
        entries.push(made);
    }
}

fn entry(row: &RouteRow, value: &Value, fallback: Span) -> Entry {
    let text = |name: &str| value.get(name).and_then(|value| value.as_str());
    let target = value.get(row.prefix).and_then(|prefix| Target::of(&prefix, Slot::Argument));
    let next = NextHop {
        kind: hop_kind(value.get(row.hop_kind).as_ref()),
        target: value.get(row.hop_target).filter(|target| !is_absent(target)),
    };
    Entry {
        name: text(row.name).map(|name| name.to_string()),
        span: value.trail.origin().unwrap_or(fallback),
        doubt: value.trail.doubt(),
        order: Vec::new(),
        effect: Effect::Route(next),
        sources: Vec::new(),
        ports: Vec::new(),
        protocols: Vec::new(),
        targets: target.into_iter().collect(),
    }
}

fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Enum values are compared without regard to case: azurerm took any before 3.0, and code of that time is about.
fn hop_kind(value: Option<&Value>) -> HopKind {
    let Some(value) = value.filter(|value| !is_absent(value)) else { return HopKind::Absent };
    let Some(text) = value.as_str() else {
        return HopKind::Unknown(value.why().unwrap_or_else(|| Why::because("the next hop type is not a text")));
    };
    let known = [
        ("internet", HopKind::Internet),
        ("virtualappliance", HopKind::VirtualAppliance),
        ("virtualapplianceecmp", HopKind::VirtualAppliance),
        ("virtualnetworkgateway", HopKind::VirtualNetworkGateway),
        ("vnetlocal", HopKind::VnetLocal),
        ("virtualnetwork", HopKind::VnetLocal),
        ("none", HopKind::None),
        ("nonexthop", HopKind::None),
    ];
    let lower = text.trim().to_lowercase();
    let found = known.into_iter().find(|(name, _)| *name == lower).map(|(_, kind)| kind);
    found.unwrap_or_else(|| HopKind::Other(text.to_string()))
}
