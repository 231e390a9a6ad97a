//! Arguments of modules that nobody knows, by what their fields are called: objects with a prefix and a next hop are
//! routes, those with destinations are rules, and a list of addresses or hosts may be an allow-list.
//!
//! What the module makes of them is not in view, so that only their names say what they are for.

use crate::endpoint::Endpoint;
use crate::model::row::{self, EffectRow, EntryRow, Part, Place, Row};
use crate::model::{Container, Effect, Entry, Key, Kind, Purpose, Slot, Target};
use crate::source::Span;
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Trail, Value, Via, Why};

/// How the fields of a route are called, in lower case and without separators; the first is the model's own name.
const PREFIX: [&str; 9] = [
    "addressprefix",
    "prefix",
    "cidr",
    "destination",
    "routeprefix",
    "destinationcidr",
    "destinationprefix",
    "destinationaddressprefix",
    "addressprefixes",
];
const HOP_KIND: [&str; 3] = ["nexthoptype", "hoptype", "nexthopkind"];
const HOP: [&str; 7] =
    ["nexthopinipaddress", "nexthopipaddress", "nexthopip", "nexthopaddress", "nexthop", "hopip", "nexthopinip"];
const DESTINATIONS: [&str; 12] = [
    "destinationaddressprefix",
    "destinationaddressprefixes",
    "destinationaddresses",
    "destinationaddress",
    "destinationfqdns",
    "destinationfqdn",
    "destinations",
    "destination",
    "targetfqdns",
    "targetfqdn",
    "fqdns",
    "dst",
];

const ROUTES: Row = Row {
    kind: Kind::RouteTable,
    purpose: Purpose::Guess,
    parts: &[Part {
        lists: &["routes"],
        entry: EntryRow {
            targets: &["prefix"],
            effect: EffectRow::Route { kind: "hop_type", target: "hop" },
            ..EntryRow::EMPTY
        },
    }],
    ..Row::EMPTY
};

/// The containers that the arguments of a call may be. `text_of` gives what is written somewhere.
pub(super) fn read(arguments: &Value, place: &Place, text_of: &dyn Fn(Span) -> String) -> Vec<Container> {
    let mut guess = Guess { place, text_of, out: Vec::new() };
    let Some(map) = arguments.as_map() else { return Vec::new() };
    for entry in map.entries() {
        guess.walk(&entry.value, &entry.key, None);
    }
    guess.out
}

struct Guess<'a> {
    place: &'a Place,
    text_of: &'a dyn Fn(Span) -> String,
    out: Vec<Container>,
}

impl Guess<'_> {
    /// `path` leads to the value from the call; `doubt` decides whether it is there at all.
    fn walk(&mut self, value: &Value, path: &str, doubt: Option<&Why>) {
        match &value.data {
            Data::Unknown(why) => {
                for candidate in why.candidates() {
                    self.walk(candidate, path, Some(why));
                }
            }
            Data::Map(map) if !self.objects(value, path, doubt) => {
                for entry in map.entries().iter().filter(|entry| !is_source(&entry.key)) {
                    self.walk(&value.taken(&entry.value), &format!("{path}.{}", entry.key), doubt);
                }
            }
            Data::List(list) if !self.objects(value, path, doubt) => {
                self.bag(value, path, doubt);
                for item in list.items.iter().filter(|item| !matches!(item.data, Data::Text(_) | Data::Unknown(_))) {
                    self.walk(&value.taken(item), path, doubt);
                }
            }
            _ => {}
        }
    }

    /// Routes or rules, if a list or map holds such.
    fn objects(&mut self, value: &Value, path: &str, doubt: Option<&Why>) -> bool {
        let (objects, open) = if is_route(value) { (vec![value.clone()], None) } else { objects_of(value) };
        if objects.iter().any(is_route) {
            self.routes(&objects, open, value, path, doubt);
            return true;
        }
        let mut rules = Rules::default();
        for object in &objects {
            rules.gather(object);
        }
        if rules.entries.is_empty() {
            return rules.are_silent;
        }
        rules.gaps.extend(open);
        let name = format!("{path}.{}", rules.field);
        self.list(rules, (path, &name), &value.trail, doubt);
        true
    }

    fn routes(&mut self, objects: &[Value], open: Option<Why>, value: &Value, path: &str, doubt: Option<&Why>) {
        let routes = objects.iter().filter(|object| is_route(object)).map(route).collect();
        let routes = Value::open_list(ListKind::Tuple, routes, open, Trail::nowhere());
        let name = Value::text(self.named(path, &[&value.trail]), Trail::nowhere());
        let entries = [("routes", routes), ("name", name)].map(|(key, value)| entry(key, value)).to_vec();
        let table = Value::map(Map::new(MapKind::Object, entries), value.trail.clone());
        self.out.push(row::read(&ROUTES, &table, self.place_of(path, doubt)));
    }

    /// A list of texts.
    fn bag(&mut self, value: &Value, path: &str, doubt: Option<&Why>) {
        let Some(list) = value.as_list() else { return };
        let items: Vec<Value> = list.items.iter().map(|item| value.taken(item)).collect();
        let targets: Vec<Target> = items.iter().filter_map(|item| Target::of(item, Slot::Item)).collect();
        if is_source(path.rsplit('.').next().unwrap_or_default()) || !targets.iter().any(is_outside) {
            return;
        }
        let Some(span) = value.trail.origin() else { return };
        let entries = vec![Entry { targets, ..Entry::new(Effect::Allow, span) }];
        let gaps = list.open.iter().cloned().collect();
        self.list(Rules { entries, gaps, ..Rules::default() }, (path, path), &value.trail, doubt);
    }

    fn list(&mut self, rules: Rules, (path, name): (&str, &str), trail: &Trail, doubt: Option<&Why>) {
        let place = self.place_of(path, doubt);
        let targets = rules.entries.iter().flat_map(|entry| &entry.targets).filter(|target| is_outside(target));
        let trails: Vec<&Trail> = std::iter::once(trail).chain(targets.map(|target| &target.trail)).collect();
        let name = self.named(name, &trails);
        let key = Key::own(Kind::AllowList, &place.address);
        let doubted = |entry: Entry| Entry { doubt: entry.doubt.or_else(|| place.doubt.clone()), ..entry };
        self.out.push(Container {
            name: Some(name),
            entries: rules.entries.into_iter().map(doubted).collect(),
            gaps: rules.gaps,
            purpose: Purpose::Guess,
            declared: true,
            ..Container::new(Kind::AllowList, key, place.address.clone(), place.span)
        });
    }

    fn place_of(&self, path: &str, doubt: Option<&Why>) -> Place {
        let doubt = self.place.doubt.clone().or_else(|| doubt.cloned());
        Place { address: format!("{}.{path}", self.place.address), doubt, ..self.place.clone() }
    }

    /// The way to a value, with the names of the variables and locals that it came through: they say what it is for too.
    fn named(&self, path: &str, trails: &[&Trail]) -> String {
        const MOST: usize = 3;
        let mut names: Vec<String> = Vec::new();
        for (via, span) in trails.iter().flat_map(|trail| trail.way()) {
            let written = (self.text_of)(span);
            let name = match via {
                Via::Local => written,
                Via::Variable => written.split('"').nth(1).unwrap_or_default().to_owned(),
                _ => continue,
            };
            let last = path.rsplit('.').next().unwrap_or_default();
            if names.len() < MOST && !name.is_empty() && name != last && !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() { path.to_owned() } else { format!("{path} of {}", names.join(", ")) }
    }
}

/// Entries that objects declare, by what their fields are called.
#[derive(Default)]
struct Rules {
    entries: Vec<Entry>,
    gaps: Vec<Why>,
    /// The field that the first of them names its targets in.
    field: String,
    /// Some deny, or are about what comes in: nothing in them is an allow-list.
    are_silent: bool,
}

impl Rules {
    /// What an object lets out, and the objects in it.
    fn gather(&mut self, object: &Value) {
        let Some(map) = object.as_map() else { return };
        if denies(object) || comes_in(object) {
            self.are_silent = true;
            return;
        }
        let mut targets = Vec::new();
        for entry in map.entries() {
            let value = object.taken(&entry.value);
            if DESTINATIONS.contains(&folded(&entry.key).as_str()) {
                let found = texts(&value, &mut self.gaps);
                if !found.is_empty() && self.field.is_empty() {
                    self.field = entry.key.to_string();
                }
                targets.extend(found);
            } else if !is_source(&entry.key) {
                let (objects, open) = objects_of(&value);
                let before = self.entries.len();
                for object in &objects {
                    self.gather(object);
                }
                if self.entries.len() > before {
                    self.gaps.extend(open);
                }
            }
        }
        if let Some(span) = object.trail.origin().filter(|_| !targets.is_empty()) {
            let name = field_of(object, &["name"]).and_then(|name| name.as_str()).map(|name| name.to_string());
            self.entries.push(Entry { name, targets, doubt: object.trail.doubt(), ..Entry::new(Effect::Allow, span) });
        }
    }
}

/// The targets of a field: a list of them, or one.
fn texts(value: &Value, gaps: &mut Vec<Why>) -> Vec<Target> {
    match &value.data {
        Data::List(list) => {
            gaps.extend(list.open.clone());
            list.items.iter().filter_map(|item| Target::of(&value.taken(item), Slot::Item)).collect()
        }
        _ => Target::of(value, Slot::Argument).into_iter().collect(),
    }
}

/// The objects in a list or map of such, and whether it may hold more; none where it holds anything else.
fn objects_of(value: &Value) -> (Vec<Value>, Option<Why>) {
    let (items, open): (Vec<Value>, Option<Why>) = match &value.data {
        Data::List(list) => (list.items.iter().map(|item| value.taken(item)).collect(), list.open.clone()),
        Data::Map(map) => (map.entries().iter().map(|entry| value.taken(&entry.value)).collect(), map.open.clone()),
        _ => return (Vec::new(), None),
    };
    let unknown = items.iter().find_map(|item| match &item.data {
        Data::Unknown(why) => Some(why.clone()),
        _ => None,
    });
    let is_object = |item: &Value| matches!(item.data, Data::Map(_));
    if items.iter().all(|item| is_object(item) || matches!(item.data, Data::Unknown(_) | Data::Null)) {
        (items.into_iter().filter(is_object).collect(), open.or(unknown))
    } else {
        (Vec::new(), None)
    }
}

/// An object with a prefix and a next hop.
fn is_route(object: &Value) -> bool {
    let has = |names: &[&str]| field_of(object, names).is_some();
    let prefix = field_of(object, &PREFIX).is_some_and(|value| matches!(value.data, Data::Text(_) | Data::Unknown(_)));
    prefix && (has(&HOP_KIND) || has(&HOP))
}

/// A route with the model's own names.
fn route(object: &Value) -> Value {
    let why = || Why::because("what it means to give no type of next hop is up to the module, which is not on disk");
    let kind = field_of(object, &HOP_KIND).filter(|kind| !kind.is_null());
    let kind = kind.unwrap_or_else(|| Value::unknown(why(), object.trail.clone()));
    let mut entries = vec![entry("hop_type", kind)];
    for (key, names) in [("name", &["name", "routename"][..]), ("prefix", &PREFIX), ("hop", &HOP)] {
        entries.extend(field_of(object, names).map(|value| entry(key, value)));
    }
    Value::map(Map::new(MapKind::Object, entries), object.trail.clone())
}

fn entry(key: &str, value: Value) -> MapEntry {
    MapEntry { key: key.into(), key_trail: Trail::nowhere(), value }
}

/// A field by one of its names, the first of which is the strongest.
fn field_of(object: &Value, names: &[&str]) -> Option<Value> {
    let map = object.as_map()?;
    let found = |name: &&str| map.entries().iter().find(|entry| folded(&entry.key) == **name);
    names.iter().find_map(found).map(|entry| object.taken(&entry.value))
}

/// A name without what spelling adds: `nextHopType`, `next-hop-type` and `next_hop_type` are one.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Whether a field says where traffic comes from.
fn is_source(name: &str) -> bool {
    let name = folded(name);
    name.starts_with("source") || name.starts_with("src")
}

fn says(object: &Value, names: &[&str], words: &[&str]) -> bool {
    let text = field_of(object, names).and_then(|value| value.as_str()).map(|text| text.trim().to_lowercase());
    text.is_some_and(|text| words.iter().any(|word| text.starts_with(word)))
}

fn denies(object: &Value) -> bool {
    says(object, &["action", "access", "effect", "policy"], &["deny", "denied", "block", "drop", "reject"])
}

fn comes_in(object: &Value) -> bool {
    says(object, &["direction"], &["in"])
}

/// Whether a target names one place outside of all private networks: other lists are about something else.
fn is_outside(target: &Target) -> bool {
    let is_public = |address: std::net::Ipv4Addr| !address.is_private() && !address.is_loopback();
    match &target.endpoint {
        Endpoint::Host(_) => true,
        Endpoint::Prefix(net) => target.endpoint.is_specific() && is_public(net.addr()),
        Endpoint::Range(first, _) => target.endpoint.is_specific() && is_public(*first),
        _ => false,
    }
}
