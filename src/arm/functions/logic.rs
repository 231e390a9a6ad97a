//! Conditions and comparisons.

use super::{Call, Given, equal};
use crate::arm::eval::{Fail, Outcome, mistake};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Trail, Value, Why};

/// What evaluates its arguments only as far as it needs them.
pub(super) fn lazy(call: &Call) -> Option<Outcome> {
    Some(match call.name {
        "if" => conditional(call),
        "and" => decided(call, false),
        "or" => decided(call, true),
        "coalesce" => coalesce(call),
        "createarray" => items(call).map(|items| Value::list(ListKind::Tuple, items, call.trail())),
        "createobject" => create_object(call),
        _ => return None,
    })
}

fn items(call: &Call) -> Result<Vec<Value>, Fail> {
    (0..call.args.len()).map(|at| call.arg(at)).collect()
}

fn conditional(call: &Call) -> Outcome {
    if call.args.len() != 3 {
        return mistake("if() takes three arguments");
    }
    let condition = call.arg(0)?;
    match (&condition.data, condition.why()) {
        (Data::Bool(yes), _) => call.arg(if *yes { 1 } else { 2 }),
        (_, Some(why)) => {
            let arms: Vec<Value> = [1, 2].into_iter().filter_map(|at| call.arg(at).ok()).collect();
            Ok(call.unknown(&Why::either(&why, arms)))
        }
        _ => mistake("if() takes a bool"),
    }
}

/// `and`, `or`: from left to right, as far as one decides.
fn decided(call: &Call, decides: bool) -> Outcome {
    if call.args.len() < 2 {
        return mistake(format!("{}() takes two arguments or more", call.name));
    }
    let mut unknown = None;
    for at in 0..call.args.len() {
        let value = match (call.arg(at), &unknown) {
            (Ok(value), _) => value,
            // Whether it is asked for is not known.
            (Err(_), Some(why)) => return Ok(call.unknown(why)),
            (Err(fail), None) => return Err(fail),
        };
        match (&value.data, value.why()) {
            (Data::Bool(found), _) if *found == decides => {
                return Ok(match &unknown {
                    Some(why) => call.unknown(why),
                    None => Value::bool(decides, call.trail()),
                });
            }
            (Data::Bool(_), _) => {}
            (_, Some(why)) => unknown = unknown.or(Some(why)),
            _ => return mistake(format!("{}() takes bools", call.name)),
        }
    }
    Ok(unknown.map_or_else(|| Value::bool(!decides, call.trail()), |why| call.unknown(&why)))
}

fn coalesce(call: &Call) -> Outcome {
    for at in 0..call.args.len() {
        let value = call.arg(at)?;
        match &value.data {
            Data::Null => {}
            Data::Unknown(why) => return Ok(call.unknown(why)),
            _ => return Ok(value),
        }
    }
    Ok(Value::null(call.trail()))
}

fn create_object(call: &Call) -> Outcome {
    if !call.args.len().is_multiple_of(2) {
        return mistake("createObject() takes names with values");
    }
    let mut entries: Vec<MapEntry> = Vec::new();
    let mut open = None;
    for at in (0..call.args.len()).step_by(2) {
        let (key, value) = (call.arg(at)?, call.arg(at + 1)?);
        match (key.as_str(), key.why()) {
            (Some(name), _) => {
                if entries.iter().any(|entry| entry.key == name) {
                    return mistake(format!("createObject() is given {name:?} twice"));
                }
                entries.push(MapEntry { key: name, key_trail: key.trail, value });
            }
            (None, Some(why)) => open = Some(why),
            (None, None) => return mistake("createObject() takes texts as names"),
        }
    }
    Ok(Value::map(Map::new(MapKind::Object, entries).opened(open), call.trail()))
}

pub(super) fn call(call: &Given) -> Option<Outcome> {
    Some(match call.name {
        "true" => call.count(0..=0).and_then(|()| call.made_bool(true)),
        "false" => call.count(0..=0).and_then(|()| call.made_bool(false)),
        "null" => call.count(0..=0).map(|()| Value::null(call.trail.clone())),
        "not" => call.count(1..=1).and_then(|()| call.made_bool(!call.bool(0)?)),
        "equals" => equals(call),
        "less" | "lessorequals" | "greater" | "greaterorequals" => compared(call),
        "bool" => bool(call),
        "fail" => call.text(0).and_then(|text| mistake(format!("the template stops: {text}"))),
        _ => return None,
    })
}

fn equals(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let (a, b) = (call.arg(0)?, call.arg(1)?);
    match equal(a, b) {
        Some(same) => call.made_bool(same),
        None => {
            let why = a.any_why().or_else(|| b.any_why());
            Err(Fail::Unknown(why.unwrap_or_else(|| Why::because("the comparison is not known"))))
        }
    }
}

fn compared(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let (a, b) = (call.whole(0)?, call.whole(1)?);
    let order = match (&a.data, &b.data) {
        (Data::Number(a), Data::Number(b)) => a.total_cmp(b),
        (Data::Text(a), Data::Text(b)) => by_culture(&a.joined(), &b.joined()),
        _ => return mistake(format!("{}() takes two numbers or two texts", call.name)),
    };
    call.made_bool(match call.name {
        "less" => order.is_lt(),
        "lessorequals" => order.is_le(),
        "greater" => order.is_gt(),
        _ => order.is_ge(),
    })
}

/// Letters before their case: a, A, b, B.
pub(super) fn by_culture(a: &str, b: &str) -> std::cmp::Ordering {
    let rank = |c: char| (u8::from(c.is_alphanumeric()) + u8::from(c.is_alphabetic()), c.to_lowercase().next(), c);
    let fold = |text: &str| text.chars().map(|c| (rank(c).0, rank(c).1)).collect::<Vec<_>>();
    fold(a).cmp(&fold(b)).then_with(|| {
        let case = |text: &str| text.chars().map(char::is_uppercase).collect::<Vec<_>>();
        case(a).cmp(&case(b))
    })
}

fn bool(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.whole(0)?;
    match &value.data {
        Data::Bool(value) => call.made_bool(*value),
        Data::Number(number) => call.made_bool(*number != 0.0),
        Data::Text(text) => match text.joined().trim().to_lowercase().as_str() {
            "true" => call.made_bool(true),
            "false" => call.made_bool(false),
            other => mistake(format!("{other:?} is no bool")),
        },
        _ => call.wrong("a text or a number", value),
    }
}

/// Whether a value is empty; `None` for what cannot be.
pub(super) fn is_empty(value: &Value) -> Option<bool> {
    match &value.data {
        Data::Null => Some(true),
        Data::Text(text) => Some(text.joined().is_empty()),
        Data::List(list) => Some(list.items.is_empty()),
        Data::Map(map) => Some(map.entries().is_empty()),
        _ => None,
    }
}

pub(super) fn nothing(trail: &Trail) -> Value {
    Value::null(trail.clone())
}
