//! Catalogue rows and the adapter that reads them: which attribute of a resource type is key, destination or effect.
//!
//! A front end has a table of rows, one or more for each resource type; every notation's resource becomes a [`Value`],
//! and [`read`] makes the parts of containers of it.

use super::script;
use super::{Container, Effect, Entry, HopKind, Key, Kind, NextHop, Purpose, Setting, Slot, Target, Word};
use crate::source::Span;
use crate::value::{Data, ListKind, MapEntry, Trail, Value, Why, number_text};

/// The way to a value: `a.b` below the innermost object, `^a` below the one around it. Names are compared without
/// regard to case where they are not found as written. Behind a list the way goes on in each of its elements; `*` makes
/// a list of a map of objects. `a|b` is `a`, or `b` where that is not set; both at the level of `a`.
pub type Path = &'static str;

/// How a resource type declares a container, or a part of one.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub kind: Kind,
    pub key: KeyRow,
    /// Whether it is the container itself, and not only something in it.
    pub declares: bool,
    /// Of the container.
    pub name: Path,
    pub parts: &'static [Part],
    /// Attributes that switch the propagation of BGP routes, with what `true` means.
    pub propagation: &'static [(Path, bool)],
    /// Whether BGP routes come in where none of them is set.
    pub propagates: bool,
    /// The id of the policy whose entries come first.
    pub base: Path,
    /// The ids of the subnets that a route table or security group is attached to.
    pub subnets: Path,
    /// Whether a firewall answers DNS queries itself, which rules by name need.
    pub dns_proxy: Path,
    /// Of a list.
    pub purpose: Purpose,
    /// Why nobody should repair it unseen.
    pub caution: Option<&'static str>,
    /// Blocks that the provider takes once.
    pub once: &'static [Path],
}

/// What makes two declarations one container.
#[derive(Debug, Clone, Copy)]
pub enum KeyRow {
    /// These together.
    Names(&'static [Path]),
    /// The resource id of the container.
    Id(Path),
    /// Nothing: each resource is a container of its own.
    Own,
}

/// Entries that stand in a resource.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The lists to go through, outermost first; none where the resource is the entry.
    pub lists: &'static [Path],
    pub entry: EntryRow,
}

/// Which attributes make an entry.
#[derive(Debug, Clone, Copy)]
pub struct EntryRow {
    pub name: Path,
    /// Priorities, outermost first.
    pub order: &'static [Path],
    pub effect: EffectRow,
    /// Only what has one of these values counts, or none: `direction`, `enabled`.
    pub only: &'static [(Path, &'static [&'static str])],
    /// What an attribute means that is not set: where several say one thing, as a range and a list of ranges, where none
    /// of them is.
    pub absent: &'static [(Path, &'static str)],
    pub targets: &'static [Path],
    /// Ids of lists that hold targets.
    pub groups: &'static [Path],
    pub sources: &'static [Path],
    pub source_groups: &'static [Path],
    pub ports: &'static [Path],
    pub protocols: &'static [Path],
    pub http: Http,
    /// Where this is true, the targets are what the entry is not about.
    pub negated: Path,
    /// Texts in which a machine is told what to use.
    pub scripts: &'static [Path],
    /// The name and the zone of a DNS record.
    pub record: Option<(Path, Path)>,
}

/// What an entry does.
#[derive(Debug, Clone, Copy)]
pub enum EffectRow {
    Route {
        kind: Path,
        target: Path,
    },
    /// A route to a resource: a firewall, or a connection to an appliance.
    Appliance {
        target: Path,
    },
    Access(Path),
    Allow,
}

/// Whether an entry is an application rule, which carries HTTP, HTTPS and MSSQL alone.
#[derive(Debug, Clone, Copy)]
pub enum Http {
    Never,
    Always,
    When(Path, &'static str),
}

impl Row {
    pub const EMPTY: Row = Row {
        kind: Kind::AllowList,
        key: KeyRow::Own,
        declares: true,
        name: "name",
        parts: &[],
        propagation: &[],
        propagates: true,
        base: "",
        subnets: "",
        dns_proxy: "",
        purpose: Purpose::Known,
        caution: None,
        once: &[],
    };

    /// The attributes of the resource itself that matter: no others need be evaluated.
    pub fn wanted(&self) -> Vec<&'static str> {
        let mut out = Vec::new();
        let mut add = |path: Path, depth: usize| {
            let ups = path.len() - path.trim_start_matches('^').len();
            if ups == depth && !path.is_empty() {
                for either in path[ups..].split('|') {
                    let first = either.split('.').next().unwrap_or_default();
                    if !out.contains(&first) {
                        out.push(first);
                    }
                }
            }
        };
        let key: &[Path] = match &self.key {
            KeyRow::Names(paths) => paths,
            KeyRow::Id(path) => std::slice::from_ref(path),
            KeyRow::Own => &[],
        };
        for path in key.iter().chain([&self.name, &self.base, &self.subnets, &self.dns_proxy]) {
            add(path, 0);
        }
        self.propagation.iter().for_each(|(path, _)| add(path, 0));
        for part in self.parts {
            if let Some(list) = part.lists.first() {
                add(list, 0);
            }
            part.entry.paths().iter().for_each(|path| add(path, part.lists.len()));
        }
        out
    }
}

impl EntryRow {
    pub const EMPTY: EntryRow = EntryRow {
        name: "name",
        order: &[],
        effect: EffectRow::Allow,
        only: &[],
        absent: &[],
        targets: &[],
        groups: &[],
        sources: &[],
        source_groups: &[],
        ports: &[],
        protocols: &[],
        http: Http::Never,
        negated: "",
        scripts: &[],
        record: None,
    };

    /// What an attribute means that is not set.
    fn default(&self, path: Path, at: &dyn Fn(Path) -> Option<Value>) -> Option<Value> {
        let (_, text) = self.absent.iter().find(|(name, _)| *name == path)?;
        let groups = [self.targets, self.sources, self.ports, self.protocols];
        let alike = groups.into_iter().find(|group| group.contains(&path)).unwrap_or_default();
        let is_set = |other: &Path| *other != path && at(other).is_some_and(|value| !is_absent(&value));
        (!alike.iter().any(is_set)).then(|| Value::text(*text, Trail::nowhere()))
    }

    fn paths(&self) -> Vec<Path> {
        let mut out = vec![self.name, self.negated];
        for paths in [
            self.order,
            self.targets,
            self.groups,
            self.sources,
            self.source_groups,
            self.ports,
            self.protocols,
            self.scripts,
        ] {
            out.extend(paths);
        }
        out.extend(self.only.iter().map(|(path, _)| path));
        match self.effect {
            EffectRow::Route { kind, target } => out.extend([kind, target]),
            EffectRow::Appliance { target } => out.push(target),
            EffectRow::Access(path) => out.push(path),
            EffectRow::Allow => {}
        }
        if let Http::When(path, _) = self.http {
            out.push(path);
        }
        if let Some((name, zone)) = self.record {
            out.extend([name, zone]);
        }
        out
    }
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
    /// The id by which others refer to it.
    pub id: Option<String>,
}

/// What a resource declares, as one part of a container.
pub fn read(row: &Row, value: &Value, place: Place) -> Container {
    let mut reader = Reader { place: &place, entries: Vec::new(), gaps: Vec::new(), unjudged: Vec::new() };
    for part in row.parts {
        reader.part(part, part.lists, &mut vec![value.clone()]);
    }
    let Reader { entries, gaps, unjudged, .. } = reader;
    let text = |path: Path| field(value, path).and_then(|value| value.as_str()).map(|text| text.to_string());
    let key = match row.key {
        KeyRow::Names(paths) => {
            let absent = || Value::null(Trail::nowhere());
            let mut parts: Vec<Value> = paths.iter().map(|path| field(value, path).unwrap_or_else(absent)).collect();
            parts.push(place.scope.clone());
            Key::new(row.kind, &parts.iter().collect::<Vec<_>>())
        }
        KeyRow::Id(path) => Key::of_id(row.kind, field(value, path).as_ref()),
        KeyRow::Own => Key::own(row.kind, &place.address),
    };
    let name = match (row.declares, row.key) {
        (false, KeyRow::Names(paths)) => paths.first().and_then(|path| text(path)),
        (false, _) => None,
        (true, _) => text(row.name),
    };
    let switch = row.propagation.iter().find_map(|(path, means)| setting(field(value, path).as_ref(), *means));
    Container {
        name,
        entries,
        gaps,
        bgp_propagation: switch.or(row.declares.then_some(Setting::Known(row.propagates))),
        declared: row.declares,
        id: place.id.filter(|_| row.declares),
        base: reference(value, row.base),
        subnets: reference(value, row.subnets).into_iter().collect(),
        dns_proxy: if row.dns_proxy.is_empty() {
            None
        } else {
            Some(setting(field(value, row.dns_proxy).as_ref(), true).unwrap_or(Setting::Known(false)))
        },
        purpose: row.purpose,
        unjudged,
        caution: row.caution,
        surplus: row
            .once
            .iter()
            .filter_map(|path| Some(field(value, path)?.as_list()?.items.len().saturating_sub(1)))
            .sum(),
        ..Container::new(row.kind, key, place.address, place.span)
    }
}

/// What the subnets that stand in a virtual network are attached to: a route table and a security group each.
pub fn attachments(network: &Value, list: &str, [table, group]: [&str; 2], place: &Place) -> Vec<Container> {
    let Some(subnets) = field(network, list) else { return Vec::new() };
    let mut out = Vec::new();
    for (at, subnet) in each(&subnets).iter().enumerate() {
        for (kind, path) in [(Kind::RouteTable, table), (Kind::SecurityGroup, group)] {
            if let Some(id) = field(subnet, path).filter(|id| !is_absent(id)) {
                out.push(Container {
                    subnets: vec![format!("{}.{list}[{at}]", place.address)],
                    ..Container::new(kind, Key::of_id(kind, Some(&id)), place.address.clone(), place.span)
                });
            }
        }
    }
    out
}

/// The identity of an id.
fn reference(value: &Value, path: Path) -> Option<String> {
    field(value, path).filter(|id| !is_absent(id)).and_then(|id| id.identity()).map(|id| id.to_lowercase())
}

fn setting(value: Option<&Value>, means: bool) -> Option<Setting> {
    match &value?.data {
        Data::Bool(on) => Some(Setting::Known(*on == means)),
        Data::Text(text) => text.known().map(|text| Setting::Known(text.eq_ignore_ascii_case("true") == means)),
        Data::Unknown(why) => Some(Setting::Unknown(why.clone())),
        _ => None,
    }
}

/// The value at the end of a path below `value`; what lies in something unknown is unknown.
pub fn field(value: &Value, path: &str) -> Option<Value> {
    if path.is_empty() {
        return None;
    }
    if let Some((first, others)) = path.split_once('|') {
        return field(value, first).filter(|value| !value.is_null()).or_else(|| field(value, others));
    }
    let mut at = value.clone();
    let mut rest = path;
    while !rest.is_empty() {
        let (name, behind) = rest.split_once('.').unwrap_or((rest, ""));
        if name == "*" {
            at = elements(at);
            rest = behind;
            continue;
        }
        if let Data::List(list) = &at.data {
            let found = list.items.iter().filter_map(|item| field(&at.taken(item), rest)).collect::<Vec<_>>();
            return match found.len() {
                0 => None,
                1 => found.into_iter().next(),
                _ => Some(Value::list(list.kind, found, at.trail.clone())),
            };
        }
        rest = behind;
        at = match &at.data {
            Data::Unknown(why) => Value::unknown(why.part(&format!(".{name}")), at.trail.clone()),
            Data::Map(map) => match at.get(name) {
                Some(found) => found,
                None => {
                    let other = map.entries().iter().find(|entry| entry.key.eq_ignore_ascii_case(name));
                    match (other, &map.open) {
                        (Some(entry), _) => at.taken(&entry.value),
                        (None, Some(why)) => Value::unknown(why.part(&format!(".{name}")), at.trail.clone()),
                        (None, None) => return None,
                    }
                }
            },
            _ => return None,
        };
    }
    Some(at)
}

/// A map of objects as the list of them; anything else as it is.
fn elements(value: Value) -> Value {
    let is_object = |entry: &MapEntry| matches!(entry.value.data, Data::Map(_) | Data::Unknown(_));
    match &value.data {
        Data::Map(map) if map.entries().iter().all(is_object) => {
            let items = map.entries().iter().map(|entry| entry.value.clone()).collect();
            Value::open_list(ListKind::Tuple, items, map.open.clone(), value.trail.clone())
        }
        Data::Unknown(why) if !why.candidates().is_empty() => {
            let candidates = why.candidates().iter().cloned().map(elements).collect();
            Value::unknown(Why::either(why, candidates), value.trail.clone())
        }
        _ => value,
    }
}

struct Reader<'p> {
    place: &'p Place,
    entries: Vec<Entry>,
    gaps: Vec<Why>,
    unjudged: Vec<Span>,
}

impl Reader<'_> {
    /// Goes through the lists of a part; `levels` are the objects around, outermost first.
    fn part(&mut self, part: &Part, lists: &[Path], levels: &mut Vec<Value>) {
        let [list, rest @ ..] = lists else {
            self.entry(&part.entry, levels);
            return;
        };
        let Some(found) = levels.last().and_then(|value| field(value, list)) else { return };
        self.through(&found, part, rest, levels, None);
    }

    fn through(&mut self, list: &Value, part: &Part, rest: &[Path], levels: &mut Vec<Value>, doubt: Option<&Why>) {
        match &list.data {
            Data::List(items) => {
                self.gaps.extend(items.open.clone());
                for item in &items.items {
                    self.item(list.taken(item), part, rest, levels, doubt);
                }
            }
            // One object where a list is meant, or a map of objects.
            Data::Map(_) => self.item(list.clone(), part, rest, levels, doubt),
            Data::Unknown(why) => {
                self.gaps.push(why.clone());
                let gaps = self.gaps.len();
                for candidate in why.candidates() {
                    self.through(candidate, part, rest, levels, Some(why));
                }
                self.gaps.truncate(gaps);
            }
            _ => {}
        }
    }

    fn item(&mut self, item: Value, part: &Part, rest: &[Path], levels: &mut Vec<Value>, doubt: Option<&Why>) {
        if let Data::Unknown(why) = &item.data {
            self.gaps.push(why.clone());
            return;
        }
        let before = self.entries.len();
        let doubt = item.trail.doubt().or_else(|| doubt.cloned());
        levels.push(item);
        self.part(part, rest, levels);
        levels.pop();
        for entry in &mut self.entries[before..] {
            entry.doubt = entry.doubt.take().or_else(|| doubt.clone());
        }
    }

    fn entry(&mut self, row: &EntryRow, levels: &[Value]) {
        let at = |path: Path| {
            let ups = path.len() - path.trim_start_matches('^').len();
            let level = levels.len().checked_sub(ups + 1)?;
            field(&levels[level], &path[ups..])
        };
        let at = |path: Path| at(path).filter(|value| !value.is_null()).or_else(|| row.default(path, &at));
        let mut doubt = None;
        for (path, wanted) in row.only {
            match at(path).filter(|value| !is_absent(value)) {
                None => {}
                Some(value) => match plain_text(&value) {
                    Some(text) if wanted.iter().any(|one| one.eq_ignore_ascii_case(text.trim())) => {}
                    Some(_) => {
                        let values = row.targets.iter().chain(row.sources).filter_map(|path| at(path));
                        self.unjudged
                            .extend(values.flat_map(|value| targets(&value, false).0).filter_map(|it| it.span));
                        return;
                    }
                    None => doubt = value.why(),
                },
            }
        }
        let innermost = &levels[levels.len() - 1];
        let effect = effect(row.effect, &at);
        let is_http = match row.http {
            Http::Never => false,
            Http::Always => true,
            Http::When(path, kind) => {
                at(path).and_then(|v| v.as_str()).is_some_and(|text| text.eq_ignore_ascii_case(kind))
            }
        };
        let name = match row.record {
            Some((name, zone)) => record_name(at(name).as_ref(), at(zone).as_ref()),
            None => at(row.name).and_then(|name| name.as_str()).map(|name| name.to_string()),
        };
        let (protocols, ports) = words(row, &at);
        let (order, unordered) = order(row, &at);
        let mut made = Entry {
            name,
            span: innermost.trail.origin().filter(|_| levels.len() > 1).unwrap_or(self.place.span),
            doubt: doubt.or_else(|| self.place.doubt.clone()),
            order,
            unordered,
            effect,
            sources: Vec::new(),
            ports,
            protocols,
            targets: Vec::new(),
            is_http,
        };
        for path in row.sources {
            made.sources.extend(at(path).iter().flat_map(|value| targets(value, false).0));
        }
        for path in row.source_groups {
            made.sources.extend(at(path).iter().flat_map(|value| targets(value, true).0));
        }
        for path in row.scripts {
            made.targets.extend(at(path).iter().flat_map(script::targets));
        }
        let negated = at(row.negated).is_some_and(|value| !matches!(value.data, Data::Bool(false) | Data::Null));
        let mut alternatives = Vec::new();
        for (path, is_group) in row.targets.iter().map(|p| (p, false)).chain(row.groups.iter().map(|p| (p, true))) {
            let Some(value) = at(path) else { continue };
            let (found, either) = targets(&value, is_group);
            made.targets.extend(found);
            alternatives.extend(either);
        }
        if negated && !made.targets.is_empty() {
            self.unjudged.extend(made.targets.iter().filter_map(|target| target.span));
            let why = Why::because("the entry is about everything but its destinations");
            made.targets = vec![Target::unknown(&why, innermost.trail.clone())];
        }
        for (why, found) in alternatives {
            self.entries.push(Entry { doubt: Some(why), targets: found, ..made.clone() });
        }
        let has_targets = !made.targets.is_empty() || matches!(made.effect, Effect::Route(_));
        if has_targets {
            self.entries.push(made);
        }
    }
}

/// Protocols and ports; `TCP:1688` is one of each.
fn words(row: &EntryRow, at: &dyn Fn(Path) -> Option<Value>) -> (Vec<Word>, Vec<Word>) {
    let all = |paths: &[Path]| -> Vec<Word> {
        paths.iter().filter_map(|path| at(path)).flat_map(|value| each(&value)).filter_map(|v| Word::of(&v)).collect()
    };
    let (mut protocols, mut ports) = (Vec::new(), all(row.ports));
    for word in all(row.protocols) {
        match word.text.split_once(':') {
            Some((protocol, port)) => {
                ports.push(Word { text: port.to_owned(), ..word.clone() });
                protocols.push(Word { text: protocol.to_owned(), ..word.clone() });
            }
            None => protocols.push(word),
        }
    }
    (protocols, ports)
}

/// The elements of a list, or the value itself.
fn each(value: &Value) -> Vec<Value> {
    match &value.data {
        Data::List(list) => {
            let open = list.open.iter().map(|why| Value::unknown(why.clone(), value.trail.clone()));
            list.items.iter().map(|item| value.taken(item)).chain(open).collect()
        }
        Data::Null => Vec::new(),
        _ => vec![value.clone()],
    }
}

/// The targets of a field, and for a field that is one of several, those of each with what decides.
fn targets(value: &Value, is_group: bool) -> (Vec<Target>, Vec<(Why, Vec<Target>)>) {
    if let Data::Unknown(why) = &value.data
        && !why.candidates().is_empty()
    {
        let all = why.candidates().iter().map(|value| (why.clone(), targets(value, is_group).0)).collect();
        return (Vec::new(), all);
    }
    let slot = if matches!(value.data, Data::List(_)) { Slot::Item } else { Slot::Argument };
    let target = |value: &Value| {
        let target = Target::of(value, slot)?;
        if !is_group {
            return Some(target);
        }
        let why = target.why.clone().unwrap_or_else(|| Why::named(target.text.clone(), "the list is not in view"));
        let group = value.identity().map(|id| id.to_lowercase());
        Some(Target { group, ..Target::unknown(&why, value.trail.clone()) })
    };
    (each(value).iter().filter_map(target).collect(), Vec::new())
}

/// The host that a DNS record is for.
fn record_name(name: Option<&Value>, zone: Option<&Value>) -> Option<String> {
    // `/subscriptions/.../privateDnsZones/example.org`, `example.org/www`: the last word counts.
    let last = |value: &Value| {
        let word = value.identity()?.rsplit('/').next()?.to_lowercase();
        (!word.contains("${") && !word.contains('}')).then_some(word)
    };
    let (name, zone) = (last(name?)?, last(zone?)?);
    Some(if name == "@" { zone } else { format!("{name}.{zone}") })
}

fn plain_text(value: &Value) -> Option<String> {
    match &value.data {
        Data::Bool(value) => Some(value.to_string()),
        Data::Number(value) => Some(number_text(*value)),
        _ => value.as_str().map(|text| text.to_string()),
    }
}

/// The known priorities, and why the next one is not known. One that is not given comes last.
fn order(row: &EntryRow, at: &dyn Fn(Path) -> Option<Value>) -> (Vec<i64>, Option<Why>) {
    let mut known = Vec::new();
    for path in row.order {
        let value = at(path);
        match value.as_ref().and_then(Value::why) {
            Some(why) => return (known, Some(why)),
            None => known.push(value.as_ref().and_then(whole).unwrap_or(i64::MAX)),
        }
    }
    (known, None)
}

fn whole(value: &Value) -> Option<i64> {
    plain_text(value)?.trim().parse().ok()
}

fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn effect(row: EffectRow, at: &dyn Fn(Path) -> Option<Value>) -> Effect {
    let target = |path: Path| at(path).filter(|target| !is_absent(target));
    match row {
        EffectRow::Allow => Effect::Allow,
        EffectRow::Route { kind, target: path } => {
            Effect::Route(NextHop { kind: hop_kind(at(kind).as_ref()), target: target(path) })
        }
        EffectRow::Appliance { target: path } => {
            Effect::Route(NextHop { kind: HopKind::VirtualAppliance, target: target(path) })
        }
        EffectRow::Access(path) => {
            let value = at(path);
            match value.as_ref().and_then(Value::as_str) {
                Some(text) if text.trim().to_lowercase().contains("allow") => Effect::Allow,
                Some(_) => Effect::Deny,
                None => {
                    let why = value.and_then(|value| value.why());
                    Effect::Unknown(why.unwrap_or_else(|| Why::because("whether it allows or denies is not given")))
                }
            }
        }
    }
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
