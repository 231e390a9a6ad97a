//! Network intent, whatever notation it was written in.
//!
//! Every front end produces [`Container`]s; checks see nothing else. The adapters below this module read a catalogue
//! row (which attribute is what) and a value, one adapter a container kind.

use crate::endpoint::{Endpoint, TagFacts, Truth};
use crate::source::Span;
use crate::value::{Data, Trail, Value, Why, number_text};

pub mod resource;
pub mod row;
mod script;
mod unite;

pub use unite::unite;

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
    /// Its own resource id, as others refer to it.
    pub id: Option<String>,
    /// Firewalls: the id of the policy whose entries come before its own.
    pub base: Option<String>,
    /// Route tables and security groups: the ids of the subnets that they are attached to.
    pub subnets: Vec<String>,
    /// Those of the subnets that have no way out of their own, by name.
    pub private_subnets: Vec<String>,
    /// Firewalls: whether they answer DNS queries themselves; `None` where the firewall is not in view.
    pub dns_proxy: Option<Setting>,
    /// Lists: what tells what it is for.
    pub purpose: Purpose,
    /// Lists: a rule in view uses it, and is judged with it.
    pub is_used: bool,
    /// Where values of entries are written that no check looks at: rules for inbound traffic, disabled ones.
    pub unjudged: Vec<Span>,
    /// Why nobody should repair it unseen, if its type alone says so.
    pub caution: Option<&'static str>,
    /// How many blocks there are of those that the provider takes once, beyond the first.
    pub surplus: usize,
}

/// What one resource says of the way out of a subnet.
#[derive(Debug, Clone)]
pub struct SubnetFact {
    /// The id of the subnet; `None` for any.
    pub id: Option<String>,
    pub kind: SubnetFactKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubnetFactKind {
    /// It has no default outbound access; with its name.
    Private(String),
    /// It has a NAT gateway, or a machine in it has a public address, or a load balancer has outbound rules.
    Exit,
}

/// An ARM template inside another language: what the front end that met it hands on.
pub struct Embedded {
    pub template: Value,
    /// By name, each `{"value": ...}`.
    pub parameters: Option<Value>,
    /// Of the resource that deploys it.
    pub address: String,
}

/// A yes or no of the configuration.
#[derive(Debug, Clone)]
pub enum Setting {
    Known(bool),
    Unknown(Why),
}

/// What tells what a list is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Its type: an IP group, a list of hosts.
    Known,
    /// Nothing but its name; without a name that says so it may be anything.
    Name,
    /// Nothing but its name, in a file that has no other business with networks.
    NameAlone,
    /// Nothing but its name and those of its fields, and what takes it is not in view. Of any kind of container.
    Guess,
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

    /// The key of what an id names, until its declaration is found.
    pub fn of_id(kind: Kind, id: Option<&Value>) -> Key {
        Key { kind, parts: vec![id.and_then(Value::identity).map(|text| text.to_lowercase())] }
    }

    /// The key of something that nothing else is a part of.
    pub fn own(kind: Kind, address: &str) -> Key {
        Key { kind, parts: vec![Some(address.to_owned()), Some(String::new())] }
    }

    /// The id, where the key is one.
    pub fn id(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Some(id)] => Some(id),
            _ => None,
        }
    }

    /// Whether every part can be compared.
    pub fn is_comparable(&self) -> bool {
        self.parts.iter().all(Option::is_some)
    }

    /// Whether two keys may be one, as their unknown parts might turn out equal.
    pub fn may_be(&self, other: &Key) -> bool {
        let open = |part: &Option<String>| part.as_ref().is_none_or(|text| text.contains("${"));
        let pair = |(a, b): (&Option<String>, &Option<String>)| match (a, b) {
            (Some(a), Some(b)) => may_be_equal(a, b),
            _ => true,
        };
        let parts = if self.parts.len() == other.parts.len() {
            self.parts.iter().zip(&other.parts).all(pair)
        } else {
            // An id against names: only an id that is not known may turn out to be anything.
            [self, other].iter().any(|key| key.parts.len() == 1 && open(&key.parts[0]))
        };
        self.kind == other.kind && parts
    }
}

/// Whether two texts with unknown parts, written `${...}`, may be one: what is known at their ends has to agree.
pub fn may_be_equal(a: &str, b: &str) -> bool {
    let known = |text: &str| {
        let (start, end) = (text.find("${")?, text.rfind('}')?);
        Some((text[..start].to_owned(), text[end + 1..].to_owned()))
    };
    let agree = |(head, tail): &(String, String), (other_head, other_tail): &(String, String)| {
        (head.starts_with(other_head.as_str()) || other_head.starts_with(head.as_str()))
            && (tail.ends_with(other_tail.as_str()) || other_tail.ends_with(tail.as_str()))
    };
    match (known(a), known(b)) {
        (None, None) => a == b,
        (Some(a), Some(b)) => agree(&a, &b),
        (Some((head, tail)), None) => b.len() >= head.len() + tail.len() && b.starts_with(&head) && b.ends_with(&tail),
        (None, Some((head, tail))) => a.len() >= head.len() + tail.len() && a.starts_with(&head) && a.ends_with(&tail),
    }
}

impl Container {
    /// One without entries.
    pub fn new(kind: Kind, key: Key, address: impl Into<String>, span: Span) -> Container {
        Container {
            kind,
            address: address.into(),
            name: None,
            key,
            span,
            entries: Vec::new(),
            gaps: Vec::new(),
            bgp_propagation: None,
            declared: false,
            id: None,
            base: None,
            subnets: Vec::new(),
            private_subnets: Vec::new(),
            dns_proxy: None,
            purpose: Purpose::Known,
            is_used: false,
            unjudged: Vec::new(),
            caution: None,
            surplus: 0,
        }
    }

    /// The name, or the address where it is not known.
    pub fn shown_name(&self) -> &str {
        self.name.as_ref().unwrap_or(&self.address)
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
    /// Why it is not known where it comes among those that begin with the same priorities, if it is not.
    pub unordered: Option<Why>,
    pub effect: Effect,
    /// Where the traffic comes from; empty for anywhere.
    pub sources: Vec<Target>,
    /// Empty for any.
    pub ports: Vec<Word>,
    /// Empty for any.
    pub protocols: Vec<Word>,
    pub targets: Vec<Target>,
    /// An application rule: it carries HTTP, HTTPS and MSSQL alone.
    pub is_http: bool,
}

impl Entry {
    /// One without anything but its effect.
    pub fn new(effect: Effect, span: Span) -> Entry {
        Entry {
            name: None,
            span,
            doubt: None,
            order: Vec::new(),
            unordered: None,
            effect,
            sources: Vec::new(),
            ports: Vec::new(),
            protocols: Vec::new(),
            targets: Vec::new(),
            is_http: false,
        }
    }
}

/// A port, a range of ports or a protocol, with the way back to its literal.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub span: Option<Span>,
    /// Why it is not known, if it is not.
    pub why: Option<Why>,
}

impl Word {
    /// Null and empty text are no word.
    pub fn of(value: &Value) -> Option<Word> {
        let (text, why) = match &value.data {
            Data::Text(text) => (text.joined(), text.hole().cloned()),
            Data::Number(number) => (number_text(*number), None),
            Data::Unknown(why) => (String::new(), Some(why.clone())),
            _ => return None,
        };
        let known = why.is_some() || !text.trim().is_empty();
        known.then(|| Word { text: text.trim().to_owned(), span: value.trail.origin(), why })
    }
}

/// What an entry does with what it matches.
#[derive(Debug, Clone)]
pub enum Effect {
    Allow,
    Deny,
    Route(NextHop),
    /// Whether it allows or denies is not known.
    Unknown(Why),
}

impl Effect {
    pub fn allows(&self) -> Truth {
        match self {
            Effect::Allow => Truth::Yes,
            Effect::Deny => Truth::No,
            Effect::Unknown(_) | Effect::Route(_) => Truth::Maybe,
        }
    }

    /// Whether traffic goes to an appliance by its address. In a virtual hub, where the next hop is a resource of Azure's
    /// or a connection, it does not.
    pub fn is_appliance(&self) -> bool {
        let Effect::Route(hop) = self else { return false };
        let target = hop.target.as_ref().and_then(Value::identity).unwrap_or_default();
        hop.kind == HopKind::VirtualAppliance && !target.contains('/') && !target.contains(".id}")
    }

    /// Whether something gets through, or may.
    pub fn carries(&self) -> bool {
        match self {
            Effect::Allow | Effect::Unknown(_) => true,
            Effect::Deny => false,
            Effect::Route(hop) => {
                matches!(hop.kind, HopKind::Internet | HopKind::VirtualAppliance | HopKind::Unknown(_))
            }
        }
    }

    pub fn why(&self) -> Option<&Why> {
        match self {
            Effect::Unknown(why) => Some(why),
            _ => None,
        }
    }
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
    /// The id of the list that the target stands for, until that is found.
    pub group: Option<String>,
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
        Some(Target { endpoint, text, span: literal(value), trail: value.trail.clone(), why, slot, group: None })
    }

    /// Whether the entry's field holds an address, as far as that is known.
    pub fn holds(&self, address: std::net::Ipv4Addr, facts: &dyn TagFacts) -> Truth {
        self.as_known(self.endpoint.holds(address, facts))
    }

    /// Whether it names a host (in lower case).
    pub fn names(&self, host: &str) -> Truth {
        self.as_known(self.endpoint.names(host))
    }

    /// What is there only perhaps says yes only perhaps.
    fn as_known(&self, truth: Truth) -> Truth {
        if self.why.is_some() { truth.min(Truth::Maybe) } else { truth }
    }

    /// Something that may be anything.
    pub fn unknown(why: &Why, trail: Trail) -> Target {
        Target {
            endpoint: Endpoint::Unknown { prefix: String::new() },
            text: "…".to_owned(),
            span: trail.origin(),
            trail,
            why: Some(why.clone()),
            slot: Slot::Fixed,
            group: None,
        }
    }
}

/// The literal that holds a whole address or host name, with its quotes where it is nothing else; inside a longer
/// literal the text's own bytes; for a composed text the innermost expression that makes it.
fn literal(value: &Value) -> Option<Span> {
    let Data::Text(text) = &value.data else { return value.trail.origin() };
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
        _ => {
            let endpoint = own.start..whole.find(['/', ':']).unwrap_or(own.end).max(own.start);
            text.first_made(endpoint).or_else(|| value.trail.origin())
        }
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
