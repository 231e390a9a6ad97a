//! Data that remembers where it was written and which way it came.
//!
//! A front end evaluates its notation to [`Value`]s. Each has a [`Trail`] from the literal in some file to the place
//! where the value is used. Unknown is a value: per element, with a [`Why`] that tells whose it is.
//! Values live on the thread that judges one unit ([`Rc`]); only spans leave it.

use crate::source::Span;
use std::rc::Rc;

mod text;
mod trail;

pub use text::{Piece, Text};
pub use trail::{Trail, Via};

/// Data with the way it came.
#[derive(Debug, Clone)]
pub struct Value {
    pub data: Data,
    pub trail: Trail,
}

/// What a value is. Collections are shared, never copied with a hop.
#[derive(Debug, Clone)]
pub enum Data {
    Unknown(Why),
    Null,
    Bool(bool),
    Number(f64),
    Text(Text),
    List(Rc<List>),
    Map(Rc<Map>),
}

/// What is not known, and whose it is.
#[derive(Debug, Clone)]
pub struct Why(Rc<Reason>);

#[derive(Debug, Default)]
struct Reason {
    text: String,
    origin: Option<String>,
    either: Vec<Value>,
}

impl Why {
    /// Not known for a reason that two values can never share ("no value for var.x given", "too deep").
    pub fn because(text: impl Into<String>) -> Why {
        Why(Rc::new(Reason { text: text.into(), ..Reason::default() }))
    }

    /// The value of a thing that exists only when deployed: `address` names it with the attribute, as
    /// `data.azurerm_firewall.hub.ip_configuration[0].private_ip_address`. Two unknowns of one address are equal.
    pub fn of(address: impl Into<String>) -> Why {
        let address = address.into();
        let text = format!("{address} is known only after deployment");
        Why::named(address, text)
    }

    /// As [`Why::of`], with words of its own.
    pub fn named(address: impl Into<String>, text: impl Into<String>) -> Why {
        Why(Rc::new(Reason { text: text.into(), origin: Some(address.into()), either: Vec::new() }))
    }

    /// One of these values, but not known which: the arms of a conditional, the elements that an unknown condition
    /// lets through. Nothing is ever taken from them as certain.
    pub fn either(why: &Why, values: Vec<Value>) -> Why {
        Why(Rc::new(Reason { text: why.text().to_owned(), origin: None, either: values }))
    }

    /// What the value may be, see [`Why::either`]; empty where nothing is known of it.
    pub fn candidates(&self) -> &[Value] {
        &self.0.either
    }

    /// One sentence without a full stop.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Whose it is, where that is known.
    pub fn origin(&self) -> Option<&str> {
        self.0.origin.as_deref()
    }

    /// A part of this unknown: `.name` or `[0]`, in the words of the same reason.
    pub fn part(&self, step: &str) -> Why {
        const LONGEST: usize = 1000;
        match &self.0.origin {
            Some(origin) if origin.len() + step.len() < LONGEST => {
                let whole = format!("{origin}{step}");
                let text = match self.0.text.strip_prefix(origin.as_str()) {
                    Some(rest) => format!("{whole}{rest}"),
                    None => self.0.text.clone(),
                };
                Why::named(whole, text)
            }
            Some(_) => Why::because(self.0.text.clone()),
            None => self.clone(),
        }
    }
}

/// Equal only where both are known to be one and the same thing.
impl PartialEq for Why {
    fn eq(&self, other: &Why) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || (self.origin().is_some() && self.origin() == other.origin())
    }
}

/// The kinds of list that Terraform tells apart; ARM and YAML have tuples alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// Elements of one type.
    List,
    /// Elements of one type, without order and doubles; kept sorted.
    Set,
    /// Elements of any types.
    Tuple,
}

/// The kinds of map that Terraform tells apart; ARM and YAML have objects alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapKind {
    /// Values of one type.
    Map,
    /// Attributes of any types.
    Object,
}

#[derive(Debug, Clone)]
pub struct List {
    pub kind: ListKind,
    pub items: Vec<Value>,
    /// May have more elements than these, because of this.
    pub open: Option<Why>,
}

#[derive(Debug, Clone)]
pub struct Map {
    pub kind: MapKind,
    /// Sorted by key, each key once.
    entries: Vec<MapEntry>,
    /// May have more entries than these, because of this.
    pub open: Option<Why>,
    /// Entries that are not there are null: a block whose arguments its schema knows.
    pub null_elsewhere: bool,
}

#[derive(Debug, Clone)]
pub struct MapEntry {
    pub key: Rc<str>,
    /// Where the key is written.
    pub key_trail: Trail,
    pub value: Value,
}

impl Map {
    /// Sorts by key; of equal keys the last wins.
    pub fn new(kind: MapKind, mut entries: Vec<MapEntry>) -> Map {
        if !entries.is_sorted_by(|a, b| a.key < b.key) {
            entries.reverse();
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            entries.dedup_by(|a, b| a.key == b.key);
        }
        Map { kind, entries, open: None, null_elsewhere: false }
    }

    pub fn opened(mut self, why: Option<Why>) -> Map {
        self.open = why;
        self
    }

    pub fn entries(&self) -> &[MapEntry] {
        &self.entries
    }

    pub fn get(&self, key: &str) -> Option<&MapEntry> {
        let found = self.entries.binary_search_by(|entry| (*entry.key).cmp(key));
        found.ok().map(|at| &self.entries[at])
    }
}

impl Value {
    pub fn new(data: Data, trail: Trail) -> Value {
        Value { data, trail }
    }

    pub fn unknown(why: Why, trail: Trail) -> Value {
        Value::new(Data::Unknown(why), trail)
    }

    pub fn null(trail: Trail) -> Value {
        Value::new(Data::Null, trail)
    }

    pub fn bool(value: bool, trail: Trail) -> Value {
        Value::new(Data::Bool(value), trail)
    }

    pub fn number(value: f64, trail: Trail) -> Value {
        Value::new(Data::Number(value), trail)
    }

    /// A text of one piece, which came the way of the value.
    pub fn text(text: impl Into<Rc<str>>, trail: Trail) -> Value {
        Value::new(Data::Text(Text::whole(text.into(), trail.clone())), trail)
    }

    pub fn pieces(text: Text, trail: Trail) -> Value {
        Value::new(Data::Text(text.made(&trail)), trail)
    }

    pub fn list(kind: ListKind, items: Vec<Value>, trail: Trail) -> Value {
        Value::new(Data::List(Rc::new(List { kind, items, open: None })), trail)
    }

    pub fn open_list(kind: ListKind, items: Vec<Value>, open: Option<Why>, trail: Trail) -> Value {
        Value::new(Data::List(Rc::new(List { kind, items, open })), trail)
    }

    pub fn map(map: Map, trail: Trail) -> Value {
        Value::new(Data::Map(Rc::new(map)), trail)
    }

    /// The same value, mentioned at `span`.
    #[must_use]
    pub fn through(self, via: Via, span: Span) -> Value {
        Value { trail: self.trail.through(via, span), data: self.data }
    }

    /// The same data, all of it of one place.
    #[must_use]
    pub fn placed(&self, trail: &Trail) -> Value {
        let data = match &self.data {
            Data::Text(text) if text.known().is_some() => {
                return Value::text(text.joined(), trail.clone());
            }
            Data::List(list) => {
                let items = list.items.iter().map(|item| item.placed(trail)).collect();
                Data::List(Rc::new(List { kind: list.kind, items, open: list.open.clone() }))
            }
            Data::Map(map) => {
                let placed = |entry: &MapEntry| MapEntry {
                    key: Rc::clone(&entry.key),
                    key_trail: trail.clone(),
                    value: entry.value.placed(trail),
                };
                let entries = map.entries.iter().map(placed).collect();
                Data::Map(Rc::new(Map {
                    kind: map.kind,
                    entries,
                    open: map.open.clone(),
                    null_elsewhere: map.null_elsewhere,
                }))
            }
            other => other.clone(),
        };
        Value::new(data, trail.clone())
    }

    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// Why the value as a whole, or its only text, is not known. Elements of collections are not looked at.
    pub fn why(&self) -> Option<Why> {
        match &self.data {
            Data::Unknown(why) => Some(why.clone()),
            Data::Text(text) => text.hole().cloned(),
            _ => None,
        }
    }

    /// Why some part of the value is not known: itself, an element, a hole, or "may have more".
    pub fn any_why(&self) -> Option<Why> {
        match &self.data {
            Data::List(list) => list.open.clone().or_else(|| list.items.iter().find_map(Value::any_why)),
            Data::Map(map) => map.open.clone().or_else(|| map.entries.iter().find_map(|e| e.value.any_why())),
            _ => self.why(),
        }
    }

    /// The text, where it is one and wholly known. No conversion.
    pub fn as_str(&self) -> Option<Rc<str>> {
        match &self.data {
            Data::Text(text) => text.known(),
            _ => None,
        }
    }

    pub fn as_bool(&self) -> Option<bool> {
        match self.data {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<f64> {
        match self.data {
            Data::Number(value) => Some(value),
            _ => None,
        }
    }

    pub fn as_list(&self) -> Option<&Rc<List>> {
        match &self.data {
            Data::List(list) => Some(list),
            _ => None,
        }
    }

    pub fn as_map(&self) -> Option<&Rc<Map>> {
        match &self.data {
            Data::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Element `at` of a list, taken out: what happened to the list on its way happened to the element too.
    pub fn item(&self, at: usize) -> Option<Value> {
        let item = self.as_list()?.items.get(at)?;
        Some(self.taken(item))
    }

    /// The entry of a map under `key`, taken out.
    pub fn get(&self, key: &str) -> Option<Value> {
        let entry = self.as_map()?.get(key)?;
        Some(self.taken(&entry.value))
    }

    /// A value that lies in this collection, with the way of the collection behind its own.
    pub fn taken(&self, inside: &Value) -> Value {
        Value { data: inside.data.clone(), trail: inside.trail.out_of(&self.trail) }
    }

    /// Runs over the places where what is known of the value is written, at any depth, and those of what it is made of.
    pub fn each_place(&self, run: &mut dyn FnMut(Span)) {
        self.trail.each_input(run);
        match &self.data {
            Data::Text(text) => {
                let known = text.pieces().iter().filter(|piece| piece.why().is_none());
                for piece in known {
                    piece.trail.origin().into_iter().for_each(&mut *run);
                    piece.trail.each_input(run);
                }
            }
            Data::List(list) => list.items.iter().for_each(|item| item.each_place(run)),
            Data::Map(map) => {
                for entry in &map.entries {
                    entry.key_trail.origin().into_iter().for_each(&mut *run);
                    entry.value.each_place(run);
                }
            }
            Data::Unknown(why) => why.candidates().iter().for_each(|value| value.each_place(run)),
            Data::Null | Data::Bool(_) | Data::Number(_) => {}
        }
    }

    /// Those of some places that have a part in the value.
    pub fn places_of(&self, places: &[Span]) -> Vec<Span> {
        let mut out = Vec::new();
        self.each_place(&mut |span| {
            out.extend(places.iter().filter(|place| span.contains(**place) || place.contains(span)));
        });
        out
    }

    /// A text that is equal for two values exactly where they are known to be one and the same: known text as it is,
    /// unknowns by their origin. `None` where an unknown has no origin.
    pub fn identity(&self) -> Option<String> {
        match &self.data {
            Data::Unknown(why) => why.origin().map(|origin| format!("${{{origin}}}")),
            Data::Null => Some("null".to_owned()),
            Data::Bool(value) => Some(value.to_string()),
            Data::Number(value) => Some(number_text(*value)),
            Data::Text(text) => text.identity(),
            Data::List(list) => {
                let parts: Option<Vec<String>> = list.items.iter().map(Value::identity).collect();
                let open = list.open.as_ref().map_or(Some(""), Why::origin)?;
                Some(format!("[{}{open}]", parts?.join(",")))
            }
            Data::Map(map) => {
                let parts: Option<Vec<String>> =
                    map.entries.iter().map(|e| Some(format!("{:?}={}", e.key, e.value.identity()?))).collect();
                let open = map.open.as_ref().map_or(Some(""), Why::origin)?;
                Some(format!("{{{}{open}}}", parts?.join(",")))
            }
        }
    }
}

/// A number as Terraform and JSON write it: no exponent, no `.0`; `None` where it has more digits than are kept here.
pub fn exact_number_text(number: f64) -> Option<String> {
    /// So many digits are kept exactly.
    const DIGITS: usize = 15;
    let text = number_text(number);
    let digits = text.trim_start_matches(['-', '0', '.']).trim_end_matches('0').bytes().filter(u8::is_ascii_digit);
    let whole = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    (whole || digits.count() <= DIGITS).then_some(text)
}

/// A number as Terraform and JSON write it: no exponent, no `.0`.
pub fn number_text(number: f64) -> String {
    // Rust's shortest form that reads back equal, which never has an exponent.
    number.to_string()
}
