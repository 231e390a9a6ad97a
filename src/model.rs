//! Network intent, whatever notation it was written in.
//!
//! Every front end produces [`Container`]s; checks see nothing else. The adapters below this module read a catalogue
//! row (which attribute is what) and a value, one adapter a container kind.

use crate::endpoint::Endpoint;
use crate::source::Span;
use crate::value::{Trail, Value, Why};

pub mod route_table;

/// What a container is; also its name in reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    RouteTable,
    SecurityGroup,
    Firewall,
    AllowList,
    Client,
    NameRecord,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::RouteTable => "route-table",
            Kind::SecurityGroup => "security-group",
            Kind::Firewall => "firewall",
            Kind::AllowList => "allow-list",
            Kind::Client => "client",
            Kind::NameRecord => "name-record",
        }
    }
}

/// What acts as one: a route table with all its routes, wherever they are declared.
#[derive(Debug, Clone)]
pub struct Container {
    pub kind: Kind,
    /// As the notation's own tool names it: the Terraform address, ARM `type/name`.
    pub address: String,
    /// The name that Azure will show; `None` where it is not known.
    pub name: Option<String>,
    pub key: Key,
    /// The declaration, or else the first entry.
    pub span: Span,
    pub entries: Vec<Entry>,
    /// What could not be evaluated; empty where the container is complete.
    pub gaps: Vec<Why>,
    /// Route tables: whether routes learned by BGP come in. `None` where the table itself is not in view.
    pub bgp_propagation: Option<Setting>,
    /// Whether a declaration of the container itself was seen, not only entries that name it.
    pub declared: bool,
}

/// A yes or no of the configuration.
#[derive(Debug, Clone)]
pub enum Setting {
    Known(bool),
    Unknown(Why),
}

/// What makes two declarations one container. Parts are compared without regard to case, unknown parts by origin.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub kind: Kind,
    /// Identities of the parts; `None` where a part is unknown in a way that cannot be compared.
    pub parts: Vec<Option<String>>,
}

impl Key {
    pub fn new(kind: Kind, parts: &[&Value]) -> Key {
        let part = |value: &&Value| value.identity().map(|text| text.to_lowercase());
        Key { kind, parts: parts.iter().map(part).collect() }
    }

    /// Whether every part can be compared.
    pub fn is_comparable(&self) -> bool {
        self.parts.iter().all(Option::is_some)
    }

    /// Whether two keys may be one, as their unknown parts might turn out equal.
    pub fn may_be(&self, other: &Key) -> bool {
        let open = |part: &Option<String>| part.as_ref().is_none_or(|text| text.contains("${"));
        let pair = |(a, b): (&Option<String>, &Option<String>)| a == b || open(a) || open(b);
        self.kind == other.kind && self.parts.iter().zip(&other.parts).all(pair)
    }
}

/// Joins what is declared apart: containers with one key become one. The order is that of the first parts.
pub fn unite(parts: Vec<Container>) -> Vec<Container> {
    let mut out: Vec<Container> = Vec::new();
    let mut at: std::collections::HashMap<Key, usize> = std::collections::HashMap::new();
    for part in parts {
        if !part.key.is_comparable() {
            out.push(part);
            continue;
        }
        match at.get(&part.key) {
            Some(known) => out[*known].absorb(part),
            None => {
                at.insert(part.key.clone(), out.len());
                out.push(part);
            }
        }
    }
    out
}

impl Container {
    /// Takes in another part of the same container. The declaration gives address, name and place.
    fn absorb(&mut self, mut other: Container) {
        if other.declared && !self.declared {
            std::mem::swap(self, &mut other);
        }
        self.entries.append(&mut other.entries);
        self.gaps.append(&mut other.gaps);
        self.bgp_propagation = self.bgp_propagation.take().or(other.bgp_propagation);
    }
}

/// One rule, route or element of a container.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `None` where there is none or it is not known.
    pub name: Option<String>,
    pub span: Span,
    /// What decides whether the entry is there at all, if that is not known.
    pub doubt: Option<Why>,
    /// How Azure sorts entries: priorities, outermost first; empty for route tables and lists.
    pub order: Vec<i64>,
    pub effect: Effect,
    pub sources: Vec<Target>,
    pub ports: Vec<String>,
    pub protocols: Vec<String>,
    pub targets: Vec<Target>,
}

/// What an entry does with what it matches.
#[derive(Debug, Clone)]
pub enum Effect {
    Allow,
    Deny,
    Route(NextHop),
}

/// Where a route leads.
#[derive(Debug, Clone)]
pub struct NextHop {
    pub kind: HopKind,
    /// Of an appliance: its address or resource id.
    pub target: Option<Value>,
}

/// Next hop types of user-defined routes, virtual hubs and network manager rules, in their words.
/// [Microsoft.Network/routeTables, `RouteNextHopType`]
#[derive(Debug, Clone, PartialEq)]
pub enum HopKind {
    Internet,
    VirtualAppliance,
    VirtualNetworkGateway,
    VnetLocal,
    None,
    /// Not given: Azure would refuse the route.
    Absent,
    Unknown(Why),
    /// A word that Azure does not know.
    Other(String),
}

impl HopKind {
    /// The name in Azure's own spelling.
    pub fn name(&self) -> &str {
        match self {
            HopKind::Internet => "Internet",
            HopKind::VirtualAppliance => "VirtualAppliance",
            HopKind::VirtualNetworkGateway => "VirtualNetworkGateway",
            HopKind::VnetLocal => "VnetLocal",
            HopKind::None => "None",
            HopKind::Absent => "absent",
            HopKind::Unknown(_) => "unknown",
            HopKind::Other(name) => name,
        }
    }
}

/// An address or host that an entry names, with the way back to its literal.
#[derive(Debug, Clone)]
pub struct Target {
    pub endpoint: Endpoint,
    /// As written, after evaluation; holes shown as `…`.
    pub text: String,
    /// Where the literal is written, to be marked; see [`Target::of`].
    pub span: Option<Span>,
    pub trail: Trail,
    /// Why the endpoint is not known, if it is not.
    pub why: Option<Why>,
    pub slot: Slot,
}

/// How one more sibling of a target is written where it stands: the only bridge from meaning back to text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// An element of a list: one more element.
    Item,
    /// An argument of an entry that holds one target: one more entry.
    Argument,
    /// No sibling can be written.
    Fixed,
}

impl Target {
    /// Reads one element of an address or host field. Null and empty text are no target.
    pub fn of(value: &Value, slot: Slot) -> Option<Target> {
        use crate::value::Data;
        let (text, endpoint, why) = match &value.data {
            Data::Text(text) => {
                let shown: String =
                    text.pieces().iter().map(|p| if p.why().is_some() { "…" } else { p.text() }).collect();
                match text.hole() {
                    None if shown.trim().is_empty() => return None,
                    None => (shown.clone(), Endpoint::parse(&shown), None),
                    Some(why) => (shown, Endpoint::Unknown { prefix: text.prefix() }, Some(why.clone())),
                }
            }
            Data::Unknown(why) => ("…".to_owned(), Endpoint::Unknown { prefix: String::new() }, Some(why.clone())),
            _ => return None,
        };
        Some(Target { endpoint, text, span: literal(value), trail: value.trail.clone(), why, slot })
    }
}

/// The literal that holds a whole address or host name, with its quotes where it is nothing else; inside a longer
/// literal the text's own bytes; for a composed text the innermost expression that makes it.
fn literal(value: &Value) -> Option<Span> {
    let crate::value::Data::Text(text) = &value.data else { return value.trail.origin() };
    let whole = text.joined();
    let own = own_range(&whole);
    match text.overlapping(own.clone()).as_slice() {
        [(piece, inside)] => {
            let rest = piece.text().len() - inside.len();
            // A literal that holds the address and nothing else but a port, a dot or white space is marked whole.
            let only = piece.is_whole() && (rest == 0 || whole.trim() == piece.text().trim());
            let exact = || piece.spelled(inside.clone());
            if only { piece.trail.origin() } else { exact().or_else(|| piece.trail.origin()) }
        }
        // `"${each.value}/32"`: the address lies in one literal, the length in another.
        [(piece, inside), ..] if is_address(&piece.text()[inside.clone()]) && piece.is_whole() => piece.trail.origin(),
        _ => value.trail.origin(),
    }
}

fn is_address(text: &str) -> bool {
    text.trim().parse::<std::net::Ipv4Addr>().is_ok()
}

/// The bytes that name the endpoint: without white space around.
fn own_range(text: &str) -> std::ops::Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..start + text.trim().len()
}
