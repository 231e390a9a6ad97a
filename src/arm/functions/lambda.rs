//! Functions that take a lambda: loops inside an expression.

use super::{Call, equal};
use crate::arm::eval::{Fail, Outcome, index, mistake, repeated};
use crate::arm::expression::{Expr, ExprKind};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Value, Why};
use std::rc::Rc;

pub(super) fn call(call: &Call) -> Option<Outcome> {
    Some(match call.name {
        "map" => map(call),
        "filter" => filter(call),
        "reduce" => reduce(call),
        "sort" => sort(call),
        "toobject" => to_object(call),
        "groupby" => group_by(call),
        "mapvalues" => map_values(call),
        "lambda" => mistake("lambda() stands only where a function takes one"),
        "lambdavariables" => variable(call),
        _ => return None,
    })
}

struct Lambda<'e> {
    names: Vec<String>,
    body: &'e Expr,
}

fn variable(call: &Call) -> Outcome {
    let name = call.arg(0)?;
    let Some(name) = name.as_str() else { return mistake("lambdaVariables() takes a name") };
    match call.site.env.lambda(&name.to_lowercase()) {
        Some(value) => Ok(value),
        None => mistake(format!("there is no variable {name} around")),
    }
}

fn lambda<'c>(call: &'c Call, at: usize, names: std::ops::RangeInclusive<usize>) -> Result<Lambda<'c>, Fail> {
    let Some(Expr { kind: ExprKind::Call { name, args }, .. }) = call.args.get(at) else {
        return mistake(format!("{}() takes a lambda", call.name));
    };
    let [parameters @ .., body] = args.as_slice() else { return mistake("lambda() takes a body") };
    if name != "lambda" || !names.contains(&parameters.len()) {
        return mistake(format!("{}() takes a lambda of {} variables", call.name, names.start()));
    }
    let mut made = Vec::new();
    for parameter in parameters {
        match call.eval.expr(call.site, parameter, call.written)?.as_str() {
            Some(name) => made.push(name.to_string()),
            None => return mistake("a variable of a lambda is named by a text"),
        }
    }
    Ok(Lambda { names: made, body })
}

impl Lambda<'_> {
    fn run(&self, call: &Call, values: &[Value]) -> Outcome {
        let mut env = Rc::clone(&call.site.env);
        for (name, value) in self.names.iter().zip(values) {
            env = env.with_lambda(name, value.clone());
        }
        match call.eval.expr(&call.site.within(env), self.body, call.written) {
            Err(Fail::Unknown(why)) => Ok(call.unknown(&why)),
            outcome => outcome,
        }
    }
}

/// The elements of the first argument, each taken out and remembering the repetition.
fn elements(call: &Call) -> Result<Result<Vec<Value>, Why>, Fail> {
    let value = call.arg(0)?;
    match &value.data {
        Data::Unknown(why) => Ok(Err(why.clone())),
        Data::List(list) => match &list.open {
            Some(why) => Ok(Err(why.clone())),
            None => {
                let trail = call.trail();
                Ok(Ok(list.items.iter().map(|item| repeated(value.taken(item), &trail)).collect()))
            }
        },
        _ => mistake(format!("{}() takes an array", call.name)),
    }
}

macro_rules! known {
    ($call:expr, $found:expr) => {
        match $found {
            Ok(found) => found,
            Err(why) => return Ok($call.unknown(&why)),
        }
    };
}

fn map(call: &Call) -> Outcome {
    let lambda = lambda(call, 1, 1..=2)?;
    let items = known!(call, elements(call)?);
    let trail = call.trail();
    let made: Result<Vec<Value>, Fail> =
        items.into_iter().enumerate().map(|(at, item)| lambda.run(call, &[item, index(at, &trail)])).collect();
    Ok(Value::list(ListKind::Tuple, made?, trail))
}

fn truth(call: &Call, value: &Value) -> Result<Result<bool, Why>, Fail> {
    match (value.as_bool(), value.why()) {
        (Some(value), _) => Ok(Ok(value)),
        (None, Some(why)) => Ok(Err(why)),
        (None, None) => mistake(format!("the lambda of {}() gives a bool", call.name)),
    }
}

fn filter(call: &Call) -> Outcome {
    let lambda = lambda(call, 1, 1..=2)?;
    let items = known!(call, elements(call)?);
    let trail = call.trail();
    let mut out = Vec::new();
    let mut unsure = None;
    for (at, item) in items.into_iter().enumerate() {
        let kept = lambda.run(call, &[item.clone(), index(at, &trail)])?;
        match truth(call, &kept)? {
            Ok(true) => out.push(item),
            Ok(false) => {}
            Err(why) => {
                out.push(Value { trail: item.trail.maybe(why.clone()), ..item });
                unsure = Some(why);
            }
        }
    }
    let list = Value::list(ListKind::Tuple, out, trail);
    Ok(match unsure {
        Some(why) => call.unknown(&Why::either(&why, vec![list])),
        None => list,
    })
}

fn reduce(call: &Call) -> Outcome {
    let lambda = lambda(call, 2, 2..=3)?;
    let items = known!(call, elements(call)?);
    let mut value = call.arg(1)?;
    let trail = call.trail();
    for (at, item) in items.into_iter().enumerate() {
        value = lambda.run(call, &[value, item, index(at, &trail)])?;
    }
    Ok(value)
}

/// Stable, with a lambda that says whether the first comes before the second.
fn sort(call: &Call) -> Outcome {
    let lambda = lambda(call, 1, 2..=2)?;
    let items = known!(call, elements(call)?);
    let mut out: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        let mut at = out.len();
        while at > 0 {
            let before = lambda.run(call, &[item.clone(), out[at - 1].clone()])?;
            if !known!(call, truth(call, &before)?) {
                break;
            }
            at -= 1;
        }
        out.insert(at, item);
    }
    Ok(Value::list(ListKind::Tuple, out, call.trail()))
}

fn key(call: &Call, lambda: &Lambda, item: &Value) -> Result<Result<Rc<str>, Why>, Fail> {
    let key = lambda.run(call, std::slice::from_ref(item))?;
    match (key.as_str(), key.why()) {
        (Some(text), _) => Ok(Ok(text)),
        (None, Some(why)) => Ok(Err(why)),
        (None, None) => mistake(format!("the lambda of {}() gives a text", call.name)),
    }
}

fn to_object(call: &Call) -> Outcome {
    let keys = lambda(call, 1, 1..=1)?;
    let values = if call.args.len() > 2 { Some(lambda(call, 2, 1..=1)?) } else { None };
    let items = known!(call, elements(call)?);
    let mut entries: Vec<MapEntry> = Vec::new();
    for item in items {
        let key = known!(call, key(call, &keys, &item)?);
        if entries.iter().any(|entry| entry.key.to_lowercase() == key.to_lowercase()) {
            return mistake(format!("toObject() is given {key:?} twice"));
        }
        let value = match &values {
            Some(lambda) => lambda.run(call, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        entries.push(MapEntry { key, key_trail: item.trail, value });
    }
    Ok(Value::map(Map::new(MapKind::Object, entries), call.trail()))
}

fn group_by(call: &Call) -> Outcome {
    let keys = lambda(call, 1, 1..=1)?;
    let values = if call.args.len() > 2 { Some(lambda(call, 2, 1..=1)?) } else { None };
    let items = known!(call, elements(call)?);
    let mut groups: Vec<(Rc<str>, Vec<Value>)> = Vec::new();
    for item in items {
        let key = known!(call, key(call, &keys, &item)?);
        let item = match &values {
            Some(lambda) => lambda.run(call, std::slice::from_ref(&item))?,
            None => item,
        };
        match groups.iter_mut().find(|(known, _)| known.to_lowercase() == key.to_lowercase()) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    let trail = call.trail();
    let entry = |(key, group): (Rc<str>, Vec<Value>)| MapEntry {
        key,
        key_trail: trail.clone(),
        value: Value::list(ListKind::Tuple, group, trail.clone()),
    };
    Ok(Value::map(Map::new(MapKind::Object, groups.into_iter().map(entry).collect()), trail.clone()))
}

fn map_values(call: &Call) -> Outcome {
    let lambda = lambda(call, 1, 1..=1)?;
    let value = call.arg(0)?;
    let map = match &value.data {
        Data::Map(map) => map,
        Data::Unknown(why) => return Ok(call.unknown(why)),
        _ => return mistake("mapValues() takes an object"),
    };
    let trail = call.trail();
    let mut entries = Vec::new();
    for entry in map.entries() {
        let item = repeated(value.taken(&entry.value), &trail);
        let made = lambda.run(call, &[item])?;
        entries.push(MapEntry { key: Rc::clone(&entry.key), key_trail: entry.key_trail.clone(), value: made });
    }
    Ok(Value::map(Map::new(MapKind::Object, entries).opened(map.open.clone()), trail))
}

/// The first element that is equal for certain, unless something unknown stands before it.
pub(super) fn position(items: &[Value], wanted: &Value) -> Result<Option<usize>, Why> {
    for (at, item) in items.iter().enumerate() {
        match equal(item, wanted) {
            Some(true) => return Ok(Some(at)),
            Some(false) => {}
            None => {
                let why = item.any_why().or_else(|| wanted.any_why());
                return Err(why.unwrap_or_else(|| Why::because("an element is not known")));
            }
        }
    }
    Ok(None)
}
