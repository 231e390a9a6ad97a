//! Resources as Azure and its tools print them: `az ... -o json`, `az rest`, PowerShell's `ConvertTo-Json`. They are
//! what there is, and are reported only.

use super::eval::get;
use crate::model::row::{self, EffectRow, EntryRow, Part, Place, Row};
use crate::model::{Container, Effect, Entry, Key, Kind, Purpose, Slot, Target, resource};
use crate::syntax::{Node, NodeKind};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Trail, Value};

/// Types that are told by what they hold, where the print has no `type`: by their lists.
const BY_LISTS: [(&str, &str); 3] = [
    ("routes", "Microsoft.Network/routeTables"),
    ("securityrules", "Microsoft.Network/networkSecurityGroups"),
    ("rulecollections", "Microsoft.Network/firewallPolicies/ruleCollectionGroups"),
];

/// What `az network nic show-effective-route-table` prints: all that counts for one interface, with what BGP brings.
/// [Microsoft.Network `EffectiveRouteListResult`]
const EFFECTIVE_ROUTES: Row = Row {
    kind: Kind::RouteTable,
    propagates: false,
    parts: &[Part {
        lists: &["value"],
        entry: EntryRow {
            only: &[("state", &["Active"])],
            targets: &["addressPrefix"],
            effect: EffectRow::Route { kind: "nextHopType", target: "nextHopIpAddress" },
            ..EntryRow::EMPTY
        },
    }],
    ..Row::EMPTY
};

/// Whether a document is a resource of the network, or a list of such.
pub(super) fn is_dump(root: &Node) -> bool {
    match &root.kind {
        NodeKind::List(items) => items.iter().any(is_one),
        NodeKind::Map(entries) => {
            let value = entries.iter().find(|(key, _)| key.text == "value");
            is_one(root)
                || value
                    .is_some_and(|(_, value)| matches!(&value.kind, NodeKind::List(items) if items.iter().any(is_one)))
        }
        _ => false,
    }
}

fn is_one(node: &Node) -> bool {
    let NodeKind::Map(entries) = &node.kind else { return false };
    let has = |name: &str| entries.iter().any(|(key, _)| key.text.eq_ignore_ascii_case(name));
    let typed = entries.iter().any(|(key, value)| {
        key.text.eq_ignore_ascii_case("type")
            && matches!(&value.kind, NodeKind::Text(kind) if resource::rows(kind).next().is_some())
    });
    let printed =
        has("provisioningState") || has("etag") || has("id") || has("resourceGroup") || has("ResourceGroupName");
    typed || is_effective_route(has) || (printed && BY_LISTS.iter().any(|(list, _)| has(list)))
}

fn is_effective_route(has: impl Fn(&str) -> bool) -> bool {
    ["addressPrefix", "nextHopIpAddress", "nextHopType", "source", "state"].into_iter().all(has)
}

/// The containers of a dump.
pub(super) fn read(root: &Value) -> Vec<Container> {
    let items: Vec<Value> = match &root.data {
        Data::List(list) => list.items.iter().map(|item| root.taken(item)).collect(),
        Data::Map(_) => match get(root, "value").filter(|value| value.as_list().is_some()) {
            Some(all) => {
                all.as_list().map(|list| list.items.iter().map(|item| all.taken(item)).collect()).unwrap_or_default()
            }
            None => vec![root.clone()],
        },
        _ => Vec::new(),
    };
    if items.first().is_some_and(|item| is_effective_route(|name| get(item, name).is_some())) {
        return effective_routes(root, items).into_iter().collect();
    }
    items.iter().flat_map(one).collect()
}

fn effective_routes(root: &Value, items: Vec<Value>) -> Option<Container> {
    let span = root.trail.origin()?;
    let value = Value::list(ListKind::Tuple, items, root.trail.clone());
    let entry = MapEntry { key: "value".into(), key_trail: Trail::nowhere(), value };
    let table = Value::map(Map::new(MapKind::Object, vec![entry]), root.trail.clone());
    let scope = Value::text("", Trail::nowhere());
    let place = Place { address: "effective routes".to_owned(), span, doubt: None, scope, id: None };
    Some(row::read(&EFFECTIVE_ROUTES, &table, place))
}

fn one(value: &Value) -> Vec<Container> {
    let by_list = || {
        let found = BY_LISTS.iter().find(|(list, _)| get(value, list).is_some());
        found.map(|(_, kind)| (*kind).to_owned())
    };
    let kind = get(value, "type").and_then(|kind| kind.as_str()).map(|kind| kind.to_string()).or_else(by_list);
    let (Some(kind), Some(span)) = (kind, value.trail.origin()) else { return Vec::new() };
    let name = get(value, "name").and_then(|name| name.as_str()).unwrap_or_else(|| "?".into());
    let id = get(value, "id").and_then(|id| id.as_str()).map(|id| id.to_lowercase());
    let group = id.as_deref().and_then(|id| id.rsplit_once("/providers/")).map(|(scope, _)| scope.to_owned());
    let parent = match (kind.matches('/').count(), &id) {
        (2.., Some(id)) => id.rsplitn(3, '/').nth(2).map(str::to_owned),
        _ => group,
    };
    let resource = with_properties(value, parent.as_deref().unwrap_or_default());
    let place = || Place {
        address: format!("{kind}/{name}"),
        span,
        doubt: None,
        scope: Value::text("", Trail::nowhere()),
        id: id.clone(),
    };
    resource::rows(&kind).map(|row| row::read(row, &resource, place())).collect()
}

/// A print without `properties` as a template has it.
fn with_properties(value: &Value, parent: &str) -> Value {
    let entry = |key: &str, value: Value| MapEntry { key: key.into(), key_trail: Trail::nowhere(), value };
    let mut entries = vec![entry("parent_id", Value::text(parent, Trail::nowhere()))];
    if let Some(name) = get(value, "name") {
        entries.push(entry("name", name));
    }
    let properties = get(value, "properties").unwrap_or_else(|| nested(value));
    entries.push(entry("properties", properties));
    Value::map(Map::new(MapKind::Object, entries), value.trail.clone())
}

/// The lists of a flattened print, each element with its values below `properties` as well.
fn nested(value: &Value) -> Value {
    let Some(map) = value.as_map() else { return value.clone() };
    let of = |entry: &MapEntry| {
        let held = value.taken(&entry.value);
        let is_list = BY_LISTS.iter().any(|(list, _)| entry.key.eq_ignore_ascii_case(list));
        let made = match held.as_list().filter(|_| is_list) {
            Some(list) => {
                let items = list.items.iter().map(|item| below(&held.taken(item))).collect();
                Value::list(list.kind, items, held.trail.clone())
            }
            None => held,
        };
        MapEntry { value: made, ..entry.clone() }
    };
    Value::map(Map::new(MapKind::Object, map.entries().iter().map(of).collect()), value.trail.clone())
}

fn below(item: &Value) -> Value {
    let Some(map) = item.as_map().filter(|_| get(item, "properties").is_none()) else { return item.clone() };
    let mut entries = map.entries().to_vec();
    entries.push(MapEntry { key: "properties".into(), key_trail: Trail::nowhere(), value: item.clone() });
    Value::map(Map::new(MapKind::Object, entries), item.trail.clone())
}

/// The lists of texts in a document, each by the keys that lead to it; the name of the file says what they are for too.
pub(super) fn lists(root: &Value, file: &str, purpose: Purpose) -> Vec<Container> {
    let mut out = Vec::new();
    collect(root, file, &mut Vec::new(), purpose, &mut out);
    out
}

fn collect(value: &Value, file: &str, path: &mut Vec<String>, purpose: Purpose, out: &mut Vec<Container>) {
    match &value.data {
        Data::Map(map) => {
            for entry in map.entries() {
                path.push(entry.key.to_string());
                collect(&value.taken(&entry.value), file, path, purpose, out);
                path.pop();
            }
        }
        Data::List(list) => {
            let items: Vec<Value> = list.items.iter().map(|item| value.taken(item)).collect();
            let targets: Vec<Target> = items.iter().filter_map(|item| Target::of(item, Slot::Item)).collect();
            if let Some(span) = value.trail.origin().filter(|_| !targets.is_empty()) {
                let address = if path.is_empty() { file.to_owned() } else { path.join(".") };
                let name = if path.is_empty() { address.clone() } else { format!("{address} of {file}") };
                let key = Key::own(Kind::AllowList, &format!("{address}@{}", span.start));
                let entry = Entry { targets, ..Entry::new(Effect::Allow, span) };
                out.push(Container {
                    name: Some(name),
                    entries: vec![entry],
                    purpose,
                    declared: true,
                    ..Container::new(Kind::AllowList, key, address, span)
                });
            }
            for item in &items {
                collect(item, file, path, purpose, out);
            }
        }
        _ => {}
    }
}
