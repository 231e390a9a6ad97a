//! The functions of templates, one family a file.
//!
//! A function of something that only Azure knows is unknown; containers keep what is known in them. Nothing converts:
//! what does not fit is a mistake, as Azure's own evaluator has it.

use super::eval::{Eval, Fail, Outcome, Site, Written, mistake};
use super::expression::Expr;
use crate::value::{Data, List, ListKind, Map, MapEntry, MapKind, Trail, Value, Why};
use std::rc::Rc;

mod collection;
mod date;
mod lambda;
mod logic;
mod network;
mod number;
mod resource;
mod text;

/// A text or list that a function makes is at most this long.
const LONGEST: usize = 1 << 20;

/// A call whose arguments are not evaluated yet.
pub(super) struct Call<'c> {
    pub eval: &'c Eval,
    pub site: &'c Site,
    /// In lower case.
    pub name: &'c str,
    pub args: &'c [Expr],
    pub written: &'c Written<'c>,
    pub expr: &'c Expr,
}

/// A call with its arguments.
pub(super) struct Given<'c> {
    pub name: &'c str,
    pub args: Vec<Value>,
    pub trail: Trail,
}

pub(super) fn call(call: &Call) -> Outcome {
    if let Some(outcome) = logic::lazy(call).or_else(|| lambda::call(call)) {
        return outcome.and_then(|value| call.eval.spend(value));
    }
    let args: Result<Vec<Value>, Fail> = (0..call.args.len()).map(|at| call.arg(at)).collect();
    let args = args?;
    if let Some(outcome) = call.eval.user_function(call.site, call.name, &args) {
        return outcome;
    }
    let trails: Vec<Trail> = args.iter().map(|arg| arg.trail.clone()).collect();
    let given = Given { name: call.name, args, trail: call.written.made(call.expr, &trails) };
    if let Some(outcome) = resource::call(call, &given) {
        return outcome;
    }
    let families = [collection::call, logic::call, text::call, number::call, network::call, date::call];
    match families.iter().find_map(|family| family(&given)) {
        Some(Err(Fail::Unknown(why))) => Ok(given.unknown(&why)),
        Some(outcome) => outcome.and_then(|value| call.eval.spend(value)),
        None => mistake(format!("there is no function {}()", call.name)),
    }
}

impl Call<'_> {
    /// An argument, evaluated; what is not known is a value.
    pub(super) fn arg(&self, at: usize) -> Outcome {
        let Some(arg) = self.args.get(at) else { return mistake(format!("{}() takes more arguments", self.name)) };
        match self.eval.expr(self.site, arg, self.written) {
            Err(Fail::Unknown(why)) => Ok(Value::unknown(why, self.written.made(arg, &[]))),
            outcome => outcome,
        }
    }

    fn trail(&self) -> Trail {
        self.written.made(self.expr, &[])
    }

    fn unknown(&self, why: &Why) -> Value {
        Value::unknown(why.clone(), self.trail())
    }
}

// What is made is an outcome, as what goes before it may be none.
#[allow(clippy::unnecessary_wraps)]
impl Given<'_> {
    /// The result where something is not known: the same for the same call on the same unknowns.
    fn unknown(&self, why: &Why) -> Value {
        const LONGEST_ORIGIN: usize = 1000;
        let identities: Option<Vec<String>> = self.args.iter().map(Value::identity).collect();
        let origin = identities.map(|parts| format!("{}({})", self.name, parts.join(", ")));
        let why = match origin.filter(|origin| origin.len() < LONGEST_ORIGIN) {
            Some(origin) => Why::named(origin, why.text()),
            None => Why::because(why.text()),
        };
        Value::unknown(why, self.trail.clone())
    }

    fn count(&self, range: std::ops::RangeInclusive<usize>) -> Result<(), Fail> {
        if range.contains(&self.args.len()) {
            Ok(())
        } else {
            mistake(format!("{}() does not take {} arguments", self.name, self.args.len()))
        }
    }

    fn arg(&self, at: usize) -> Result<&Value, Fail> {
        self.args.get(at).ok_or_else(|| Fail::Mistake(format!("{}() takes more arguments", self.name)))
    }

    /// A text that is wholly known.
    fn text(&self, at: usize) -> Result<Rc<str>, Fail> {
        let value = self.arg(at)?;
        match (value.as_str(), value.why()) {
            (Some(text), _) => Ok(text),
            (None, Some(why)) => Err(Fail::Unknown(why)),
            (None, None) => self.wrong("a text", value),
        }
    }

    fn number(&self, at: usize) -> Result<f64, Fail> {
        let value = self.arg(at)?;
        match (value.as_number(), value.why()) {
            (Some(number), _) => Ok(number),
            (None, Some(why)) => Err(Fail::Unknown(why)),
            (None, None) => self.wrong("a number", value),
        }
    }

    /// A whole number.
    fn int(&self, at: usize) -> Result<i64, Fail> {
        let number = self.number(at)?;
        #[allow(clippy::cast_possible_truncation, reason = "whole")]
        if number.fract() == 0.0 { Ok(number as i64) } else { mistake("a whole number is needed") }
    }

    fn bool(&self, at: usize) -> Result<bool, Fail> {
        let value = self.arg(at)?;
        match (value.as_bool(), value.why()) {
            (Some(value), _) => Ok(value),
            (None, Some(why)) => Err(Fail::Unknown(why)),
            (None, None) => self.wrong("a bool", value),
        }
    }

    fn list(&self, at: usize) -> Result<(&Value, &Rc<List>), Fail> {
        let value = self.arg(at)?;
        match &value.data {
            Data::List(list) => Ok((value, list)),
            Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
            _ => self.wrong("an array", value),
        }
    }

    fn map(&self, at: usize) -> Result<(&Value, &Rc<Map>), Fail> {
        let value = self.arg(at)?;
        match &value.data {
            Data::Map(map) => Ok((value, map)),
            Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
            _ => self.wrong("an object", value),
        }
    }

    /// Something of which no part is unknown.
    fn whole(&self, at: usize) -> Result<&Value, Fail> {
        let value = self.arg(at)?;
        match value.any_why() {
            Some(why) => Err(Fail::Unknown(why)),
            None => Ok(value),
        }
    }

    fn wrong<T>(&self, wanted: &str, value: &Value) -> Result<T, Fail> {
        mistake(format!("{}() takes {wanted}, and is given {}", self.name, kind(value)))
    }

    fn made_text(&self, text: impl Into<Rc<str>>) -> Outcome {
        let text = text.into();
        if text.len() > LONGEST {
            mistake("the text is longer than kmslint evaluates")
        } else {
            Ok(Value::text(text, self.trail.clone()))
        }
    }

    fn made_bool(&self, value: bool) -> Outcome {
        Ok(Value::bool(value, self.trail.clone()))
    }

    fn made_list(&self, items: Vec<Value>) -> Outcome {
        Ok(Value::list(ListKind::Tuple, items, self.trail.clone()))
    }

    fn made_map(&self, entries: Vec<MapEntry>) -> Outcome {
        Ok(Value::map(Map::new(MapKind::Object, entries), self.trail.clone()))
    }

    #[allow(clippy::cast_precision_loss, reason = "beyond 2^53 numbers are not exact here")]
    fn made_int(&self, value: i64) -> Outcome {
        Ok(Value::number(value as f64, self.trail.clone()))
    }
}

pub(super) fn kind(value: &Value) -> &'static str {
    match &value.data {
        Data::Unknown(_) => "something that is not known",
        Data::Null => "null",
        Data::Bool(_) => "a bool",
        Data::Number(_) => "a number",
        Data::Text(_) => "a text",
        Data::List(_) => "an array",
        Data::Map(_) => "an object",
    }
}

fn is_int(number: f64) -> bool {
    number.fract() == 0.0
}

/// `equals`: strict types; `None` where something unknown decides.
pub(super) fn equal(a: &Value, b: &Value) -> Option<bool> {
    match (&a.data, &b.data) {
        (Data::Unknown(_), _) | (_, Data::Unknown(_)) => None,
        (Data::Null, Data::Null) => Some(true),
        (Data::Bool(a), Data::Bool(b)) => Some(a == b),
        (Data::Number(a), Data::Number(b)) => Some(a == b),
        (Data::Text(a), Data::Text(b)) => match (a.known(), b.known()) {
            (Some(a), Some(b)) => Some(a == b),
            _ => None,
        },
        (Data::List(a), Data::List(b)) => {
            if a.open.is_some() || b.open.is_some() {
                return None;
            }
            if a.items.len() != b.items.len() {
                return Some(false);
            }
            all_equal(a.items.iter().zip(&b.items))
        }
        (Data::Map(a), Data::Map(b)) => {
            if a.open.is_some() || b.open.is_some() {
                return None;
            }
            let same = a.entries().len() == b.entries().len() && a.entries().iter().all(|e| b.get(&e.key).is_some());
            if !same {
                return Some(false);
            }
            all_equal(a.entries().iter().zip(b.entries()).map(|(a, b)| (&a.value, &b.value)))
        }
        (Data::Text(text), _) | (_, Data::Text(text)) if text.hole().is_some() => None,
        _ => Some(false),
    }
}

fn all_equal<'v>(pairs: impl Iterator<Item = (&'v Value, &'v Value)>) -> Option<bool> {
    let mut out = Some(true);
    for (a, b) in pairs {
        // One and the same unknown, whatever it is.
        if let (Data::Unknown(a), Data::Unknown(b)) = (&a.data, &b.data)
            && a == b
        {
            continue;
        }
        match equal(a, b) {
            Some(true) => {}
            Some(false) => return Some(false),
            None => out = None,
        }
    }
    out
}
