//! `count`, `for_each` and `dynamic`: which instances there are, and what `each` and `count` mean in each.

use super::eval::{Eval, Scope};
use super::module::argument;
use crate::source::Span;
use crate::syntax::hcl::{Block, Expr};
use crate::value::{Data, ListKind, Trail, Value, Why};
use std::rc::Rc;

/// A `count` above this is unknown.
const MOST_INSTANCES: f64 = 100_000.0;

/// One instance of what a block declares.
#[derive(Debug, Clone)]
pub(super) struct Repetition {
    pub key: InstanceKey,
    /// `each.key` and `each.value`.
    pub each: Option<(Value, Value)>,
    /// `count.index`.
    pub index: Option<Value>,
    /// What decides whether the instance is there at all, if that is not known.
    pub doubt: Option<Why>,
}

/// Which instance; its text is what stands behind the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InstanceKey {
    None,
    Index(usize),
    Name(Rc<str>),
    /// One for all that are not known.
    Unknown,
}

impl std::fmt::Display for InstanceKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            InstanceKey::None => Ok(()),
            InstanceKey::Index(at) => write!(f, "[{at}]"),
            InstanceKey::Name(name) => write!(f, "[{:?}]", &**name),
            InstanceKey::Unknown => f.write_str("[*]"),
        }
    }
}

/// One round of a repetition: key, value, and what decides whether it takes place, if that is not known.
pub(super) struct Round {
    pub key: Value,
    pub value: Value,
    pub doubt: Option<Why>,
}

impl<'a> Eval<'a> {
    /// The instances that a resource, data or module block gives.
    pub(super) fn repetitions(&self, scope: &Scope<'_, 'a>, block: &Block) -> Vec<Repetition> {
        if let Some(expr) = argument(block, "count") {
            return self.counted(scope, expr);
        }
        let Some(expr) = argument(block, "for_each") else {
            return vec![Repetition { key: InstanceKey::None, each: None, index: None, doubt: None }];
        };
        let collection = self.settle(scope, expr);
        let collection = match &collection.data {
            // Terraform takes maps, objects and sets of strings.
            Data::List(list) if list.kind != ListKind::Set => {
                let why = Why::because("for_each takes a map or a set of strings, and is given a list");
                Value::unknown(why, collection.trail.clone())
            }
            _ => collection,
        };
        let rounds = rounds(&collection, expr.span).into_iter().map(|round| {
            let key = round.key.as_str().map_or(InstanceKey::Unknown, InstanceKey::Name);
            let doubt = round.doubt.map(|why| self.as_written(scope, expr, why));
            Repetition { key, each: Some((round.key, round.value)), index: None, doubt }
        });
        rounds.collect()
    }

    fn counted(&self, scope: &Scope<'_, 'a>, expr: &Expr) -> Vec<Repetition> {
        let count = self.settle(scope, expr);
        let number = match &count.data {
            Data::Bool(yes) => Some(f64::from(u8::from(*yes))),
            Data::Text(_) => count.as_str().and_then(|text| text.parse().ok()),
            _ => count.as_number(),
        };
        let made = |at: Option<usize>, key, doubt| {
            let trail = Trail::computed(expr.span, &[]).each(expr.span, &Trail::nowhere());
            let why = || Why::because("count is not known");
            #[allow(clippy::cast_precision_loss, reason = "below MOST_INSTANCES")]
            let index = match at {
                Some(at) => Value::number(at as f64, trail),
                None => Value::unknown(why(), trail),
            };
            Repetition { key, each: None, index: Some(index), doubt }
        };
        match number {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked by the range")]
            Some(number) if (0.0..=MOST_INSTANCES).contains(&number) => {
                (0..number as usize).map(|at| made(Some(at), InstanceKey::Index(at), None)).collect()
            }
            _ => {
                let why = count.why().unwrap_or_else(|| Why::because("count is not a number that Terraform takes"));
                vec![made(None, InstanceKey::Unknown, Some(self.as_written(scope, expr, why)))]
            }
        }
    }

    /// A doubt that is equal for all that one instance of a module repeats by the same expression.
    fn as_written(&self, scope: &Scope<'_, 'a>, expr: &Expr, why: Why) -> Why {
        if why.origin().is_some() {
            return why;
        }
        let source = self.sources.get(expr.span.source);
        let text: String = source.slice(expr.span).split_whitespace().collect();
        Why::named(format!("{}{text}", scope.instance.prefix), why.text())
    }
}

/// The rounds over a collection. One that is not known gives one round of unknowns, in doubt; one that may be either
/// of several gives the rounds of each, in doubt.
pub(super) fn rounds(collection: &Value, span: Span) -> Vec<Round> {
    let unknown = |why: &Why| {
        let part = |step: &str| Value::unknown(why.part(step), collection.trail.clone());
        Round { key: part(".key"), value: part(".value"), doubt: Some(why.clone()) }
    };
    let repeated = |value: Value, element: &Trail| Value { trail: value.trail.each(span, element), ..value };
    match &collection.data {
        Data::Unknown(why) if !why.candidates().is_empty() => {
            let all = why.candidates().iter().flat_map(|candidate| rounds(candidate, span));
            let doubted = all.map(|round| Round { doubt: Some(round.doubt.unwrap_or_else(|| why.clone())), ..round });
            doubted.collect()
        }
        Data::Unknown(why) => vec![unknown(why)],
        Data::List(list) => {
            let mut out = Vec::with_capacity(list.items.len());
            for (at, item) in list.items.iter().enumerate() {
                let value = repeated(collection.taken(item), &item.trail);
                #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
                let index = || Value::number(at as f64, Trail::computed(span, &[]).each(span, &item.trail));
                let key = if list.kind == ListKind::Set { value.clone() } else { index() };
                out.push(Round { key, value, doubt: item.trail.doubt() });
            }
            out.extend(list.open.iter().map(unknown));
            out
        }
        Data::Map(map) => {
            let mut out = Vec::with_capacity(map.entries().len());
            for entry in map.entries() {
                let key = Value::text(Rc::clone(&entry.key), entry.key_trail.each(span, &entry.value.trail));
                let value = repeated(collection.taken(&entry.value), &entry.value.trail);
                out.push(Round { key, value, doubt: entry.value.trail.doubt() });
            }
            out.extend(map.open.iter().map(unknown));
            out
        }
        Data::Null | Data::Bool(_) | Data::Number(_) | Data::Text(_) => {
            vec![unknown(&Why::because("for_each is given something that has no elements"))]
        }
    }
}
