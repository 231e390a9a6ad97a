//! Arrays and objects.

use super::lambda::position;
use super::{Given, equal, kind};
use crate::arm::eval::{Fail, Outcome, element, mistake};
use crate::value::{Data, List, ListKind, Map, MapEntry, Trail, Value, Why};
use std::rc::Rc;

pub(super) fn call(call: &Given) -> Option<Outcome> {
    Some(match call.name {
        "array" => array(call),
        "length" => length(call),
        "empty" => empty(call),
        "first" => end(call, true),
        "last" => end(call, false),
        "contains" => contains(call),
        "indexof" => index_of(call, true),
        "lastindexof" => index_of(call, false),
        "flatten" => flatten(call),
        "union" => union(call),
        "intersection" => intersection(call),
        "distinct" => distinct(call),
        "shallowmerge" => shallow_merge(call),
        "range" => range(call),
        "take" => cut(call, true),
        "skip" => cut(call, false),
        "items" => items(call),
        "objectkeys" => object_keys(call),
        "tryget" => try_get(call),
        "indexfromend" => from_end(call, false),
        "tryindexfromend" => from_end(call, true),
        _ => return None,
    })
}

fn array(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.arg(0)?;
    match &value.data {
        Data::List(_) => Ok(value.clone()),
        Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
        _ => call.made_list(vec![value.clone()]),
    }
}

fn length(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.arg(0)?;
    let open = |why: &Option<Why>, len: usize| match why {
        Some(why) => Err(Fail::Unknown(why.clone())),
        None => Ok(len),
    };
    let len = match &value.data {
        Data::Text(_) => call.text(0)?.encode_utf16().count(),
        Data::List(list) => open(&list.open, list.items.len())?,
        Data::Map(map) => open(&map.open, map.entries().len())?,
        Data::Unknown(why) => return Err(Fail::Unknown(why.clone())),
        _ => return call.wrong("a text, an array or an object", value),
    };
    call.made_int(i64::try_from(len).unwrap_or(i64::MAX))
}

fn empty(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.arg(0)?;
    match &value.data {
        Data::Unknown(why) => return Err(Fail::Unknown(why.clone())),
        Data::Text(_) => return call.made_bool(call.text(0)?.is_empty()),
        Data::List(list) if list.items.is_empty() && list.open.is_some() => {
            return Err(Fail::Unknown(list.open.clone().unwrap_or_else(|| Why::because("unknown"))));
        }
        _ => {}
    }
    match super::logic::is_empty(value) {
        Some(empty) => call.made_bool(empty),
        None => call.wrong("a text, an array or an object", value),
    }
}

fn end(call: &Given, first: bool) -> Outcome {
    call.count(1..=1)?;
    let value = call.arg(0)?;
    match &value.data {
        Data::List(list) => {
            if let Some(why) = &list.open {
                return Err(Fail::Unknown(why.clone()));
            }
            let at = if first { 0 } else { list.items.len().wrapping_sub(1) };
            Ok(value.item(at).unwrap_or_else(|| super::logic::nothing(&call.trail)))
        }
        Data::Text(_) => {
            let text = call.text(0)?;
            let letter = if first { text.chars().next() } else { text.chars().next_back() };
            call.made_text(letter.map(String::from).unwrap_or_default())
        }
        Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
        _ => call.wrong("a text or an array", value),
    }
}

fn contains(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let (value, wanted) = (call.arg(0)?, call.arg(1)?);
    match &value.data {
        Data::Text(_) => {
            if !matches!(wanted.data, Data::Text(_) | Data::Unknown(_)) {
                return call.wrong("a text", wanted);
            }
            call.made_bool(call.text(0)?.contains(&*call.text(1)?))
        }
        Data::List(list) => {
            let mut why = list.open.clone();
            for item in &list.items {
                match equal(item, wanted) {
                    Some(true) => return call.made_bool(true),
                    Some(false) => {}
                    None => why = item.any_why().or_else(|| wanted.any_why()),
                }
            }
            match why {
                Some(why) => Err(Fail::Unknown(why)),
                None => call.made_bool(false),
            }
        }
        Data::Map(map) => {
            let key = match &wanted.data {
                Data::Text(_) | Data::Unknown(_) => call.text(1)?,
                _ => return call.wrong("a text", wanted),
            };
            let found = map.entries().iter().any(|entry| entry.key.to_lowercase() == key.to_lowercase());
            match &map.open {
                Some(why) if !found => Err(Fail::Unknown(why.clone())),
                _ => call.made_bool(found),
            }
        }
        Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
        _ => call.wrong("a text, an array or an object", value),
    }
}

fn index_of(call: &Given, first: bool) -> Outcome {
    call.count(2..=2)?;
    let (value, wanted) = (call.arg(0)?, call.arg(1)?);
    match &value.data {
        Data::Text(_) => {
            let (text, part) = (call.text(0)?.to_lowercase(), call.text(1)?.to_lowercase());
            let at = if first { text.find(&part) } else { text.rfind(&part) };
            let at = at.map_or(-1, |at| i64::try_from(text[..at].encode_utf16().count()).unwrap_or(-1));
            call.made_int(at)
        }
        Data::List(list) => {
            if let Some(why) = &list.open {
                return Err(Fail::Unknown(why.clone()));
            }
            if let Some(why) = wanted.any_why() {
                return Err(Fail::Unknown(why));
            }
            let len = list.items.len();
            let found = if first {
                position(&list.items, wanted)
            } else {
                let reversed: Vec<Value> = list.items.iter().rev().cloned().collect();
                position(&reversed, wanted).map(|at| at.map(|at| len - 1 - at))
            };
            match found {
                Ok(at) => call.made_int(at.and_then(|at| i64::try_from(at).ok()).unwrap_or(-1)),
                Err(why) => Err(Fail::Unknown(why)),
            }
        }
        Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
        _ => call.wrong("a text or an array", value),
    }
}

/// Arrays one behind the other; one that is not known may hold more.
pub(super) fn concatenated(call: &Given, values: &[Value]) -> Outcome {
    let mut out = Vec::new();
    let mut open = None;
    for value in values {
        match &value.data {
            Data::List(list) => {
                out.extend(list.items.iter().map(|item| value.taken(item)));
                open = open.or_else(|| list.open.clone());
            }
            Data::Unknown(why) => open = open.or_else(|| Some(why.clone())),
            _ => return call.wrong("arrays", value),
        }
    }
    Ok(Value::open_list(ListKind::Tuple, out, open, call.trail.clone()))
}

fn flatten(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let (value, list) = call.list(0)?;
    let items: Vec<Value> = list.items.iter().map(|item| value.taken(item)).collect();
    let made = concatenated(call, &items)?;
    Ok(match (&list.open, &made.data) {
        (Some(why), Data::List(inner)) => {
            Value::open_list(ListKind::Tuple, inner.items.clone(), Some(why.clone()), call.trail.clone())
        }
        _ => made,
    })
}

fn is_map(value: &Value) -> bool {
    matches!(value.data, Data::Map(_))
}

/// Whether some argument is an object; what is not known may be.
fn of_objects(call: &Given) -> Result<bool, Fail> {
    if let Some(wrong) =
        call.args.iter().find(|value| !matches!(value.data, Data::Map(_) | Data::List(_) | Data::Unknown(_)))
    {
        return call.wrong("arrays or objects", wrong);
    }
    let (objects, lists) = (call.args.iter().any(is_map), call.args.iter().any(|v| matches!(v.data, Data::List(_))));
    if objects && lists {
        return mistake(format!("{}() takes arrays or objects, not both", call.name));
    }
    Ok(objects)
}

fn union(call: &Given) -> Outcome {
    call.count(2..=usize::MAX)?;
    if of_objects(call)? {
        let mut out = call.args[0].clone();
        for value in &call.args[1..] {
            out = merged(&out, value, true)?;
        }
        return Ok(Value { trail: call.trail.clone(), ..out });
    }
    unique(call, &concatenated(call, &call.args)?)
}

/// Each element once, in order. What is not known may be any of them.
fn unique(call: &Given, value: &Value) -> Outcome {
    let Data::List(list) = &value.data else { return Err(Fail::Mistake("an array is needed".to_owned())) };
    let mut out: Vec<Value> = Vec::new();
    for item in &list.items {
        if let Some(why) = item.any_why() {
            // The same unknown is the same element.
            let open = list.open.clone().unwrap_or(why);
            let known = list.items.iter().filter(|item| item.any_why().is_none()).cloned().collect();
            return Ok(Value::open_list(ListKind::Tuple, known, Some(open), call.trail.clone()));
        }
        if !out.iter().any(|known| equal(known, item) == Some(true)) {
            out.push(item.clone());
        }
    }
    Ok(Value::open_list(ListKind::Tuple, out, list.open.clone(), call.trail.clone()))
}

/// Objects merged: deeply, where `null` never overwrites, or one level of keys.
fn merged(a: &Value, b: &Value, deep: bool) -> Outcome {
    let (left, right) = match (&a.data, &b.data) {
        (Data::Map(left), Data::Map(right)) => (left, right),
        (Data::Unknown(why), _) | (_, Data::Unknown(why)) => return Err(Fail::Unknown(why.clone())),
        _ => return mistake(format!("{} cannot be merged with {}", kind(a), kind(b))),
    };
    let mut entries: Vec<MapEntry> =
        left.entries().iter().map(|entry| MapEntry { value: a.taken(&entry.value), ..entry.clone() }).collect();
    for entry in right.entries() {
        let value = b.taken(&entry.value);
        let known = entries.iter_mut().find(|known| known.key.to_lowercase() == entry.key.to_lowercase());
        match known {
            Some(known) if deep => {
                known.value = match (&known.value.data, &value.data) {
                    (_, Data::Null) => known.value.clone(),
                    (Data::Map(_), Data::Map(_)) => merged(&known.value, &value, true)?,
                    (_, Data::Unknown(why)) => {
                        // It may be null, which leaves what there is.
                        let either = vec![known.value.clone()];
                        Value::unknown(Why::either(why, either), value.trail.clone())
                    }
                    (Data::Map(_), Data::Text(_) | Data::Number(_) | Data::Bool(_) | Data::List(_))
                    | (Data::Text(_) | Data::Number(_) | Data::Bool(_) | Data::List(_), Data::Map(_)) => {
                        return mistake("an object cannot be merged with something else");
                    }
                    _ => value,
                };
                known.key = Rc::clone(&entry.key);
            }
            Some(known) => known.value = value,
            None => entries.push(MapEntry { value, ..entry.clone() }),
        }
    }
    let open = left.open.clone().or_else(|| right.open.clone());
    Ok(Value::map(Map::new(crate::value::MapKind::Object, entries).opened(open), a.trail.clone()))
}

fn shallow_merge(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let (value, list) = call.list(0)?;
    if let Some(why) = &list.open {
        return Err(Fail::Unknown(why.clone()));
    }
    let mut out = call.made_map(Vec::new())?;
    for item in &list.items {
        out = merged(&out, &value.taken(item), false)?;
    }
    Ok(Value { trail: call.trail.clone(), ..out })
}

fn intersection(call: &Given) -> Outcome {
    call.count(2..=usize::MAX)?;
    let objects = of_objects(call)?;
    for at in 0..call.args.len() {
        call.whole(at)?;
    }
    if objects {
        let (first, map) = call.map(0)?;
        let in_all = |entry: &&MapEntry| {
            call.args[1..].iter().all(|other| {
                let found = other.get(&entry.key);
                found.is_some_and(|found| equal(&found, &entry.value) == Some(true))
            })
        };
        let kept = map.entries().iter().filter(in_all);
        return call.made_map(kept.map(|e| MapEntry { value: first.taken(&e.value), ..e.clone() }).collect());
    }
    let (first, list) = call.list(0)?;
    let in_all = |item: &&Value| {
        call.args[1..].iter().all(|other| {
            other.as_list().is_some_and(|list| list.items.iter().any(|known| equal(known, item) == Some(true)))
        })
    };
    let kept: Vec<Value> = list.items.iter().filter(in_all).map(|item| first.taken(item)).collect();
    unique(call, &Value::list(ListKind::Tuple, kept, call.trail.clone()))
}

fn distinct(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let (value, list) = call.list(0)?;
    let items = list.items.iter().map(|item| value.taken(item)).collect();
    unique(call, &Value::open_list(ListKind::Tuple, items, list.open.clone(), call.trail.clone()))
}

fn range(call: &Given) -> Outcome {
    const MOST: i64 = 10_000;
    call.count(2..=2)?;
    let (start, count) = (call.int(0)?, call.int(1)?);
    if !(0..=MOST).contains(&count) || start.checked_add(count).is_none_or(|end| end > i64::from(i32::MAX) + 1) {
        return mistake(format!("range() makes up to {MOST} numbers"));
    }
    #[allow(clippy::cast_precision_loss, reason = "small")]
    call.made_list((start..start + count).map(|at| Value::number(at as f64, call.trail.clone())).collect())
}

/// `take` and `skip`: of an array or a text; more than there are is all.
fn cut(call: &Given, take: bool) -> Outcome {
    call.count(2..=2)?;
    let value = call.arg(0)?;
    let count = usize::try_from(call.int(1)?.max(0)).unwrap_or(usize::MAX);
    match &value.data {
        Data::List(list) => {
            let items = list.items.iter().map(|item| value.taken(item));
            let (kept, open): (Vec<Value>, Option<Why>) = if take {
                let open = list.open.clone().filter(|_| count > list.items.len());
                (items.take(count).collect(), open)
            } else {
                (items.skip(count).collect(), list.open.clone())
            };
            Ok(Value::open_list(ListKind::Tuple, kept, open, call.trail.clone()))
        }
        Data::Text(_) => {
            let units: Vec<u16> = call.text(0)?.encode_utf16().collect();
            let at = count.min(units.len());
            let kept = if take { &units[..at] } else { &units[at..] };
            call.made_text(String::from_utf16_lossy(kept))
        }
        Data::Unknown(why) => Err(Fail::Unknown(why.clone())),
        _ => call.wrong("a text or an array", value),
    }
}

/// Keys in the order of their letters, whatever their case: by the codes of capitals.
fn by_key(entries: &[MapEntry]) -> Vec<&MapEntry> {
    let mut sorted: Vec<&MapEntry> = entries.iter().collect();
    sorted.sort_by_key(|entry| (entry.key.to_uppercase(), std::cmp::Reverse(Rc::clone(&entry.key))));
    sorted
}

fn items(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let (value, map) = call.map(0)?;
    let item = |entry: &MapEntry| {
        let part = |name: &str, value: Value| MapEntry { key: name.into(), key_trail: Trail::nowhere(), value };
        let held = value.taken(&entry.value);
        let trail = call.trail.origin().map_or_else(|| held.trail.clone(), |span| held.trail.each(span, &held.trail));
        let key = Value::text(Rc::clone(&entry.key), entry.key_trail.clone());
        let pair = vec![part("key", key), part("value", held)];
        Value::map(Map::new(crate::value::MapKind::Object, pair), trail)
    };
    let all = by_key(map.entries()).into_iter().map(item).collect();
    Ok(Value::open_list(ListKind::Tuple, all, map.open.clone(), call.trail.clone()))
}

fn object_keys(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let (_, map) = call.map(0)?;
    if let Some(why) = &map.open {
        return Err(Fail::Unknown(why.clone()));
    }
    let key = |entry: &MapEntry| Value::text(Rc::clone(&entry.key), entry.key_trail.clone());
    call.made_list(by_key(map.entries()).into_iter().map(key).collect())
}

/// The first key is guarded, the others are plain access.
fn try_get(call: &Given) -> Outcome {
    call.count(2..=usize::MAX)?;
    let (value, key) = (call.arg(0)?, call.arg(1)?);
    if let Data::Unknown(why) = &value.data {
        return Err(Fail::Unknown(why.clone()));
    }
    if let Some(why) = key.why() {
        return Err(Fail::Unknown(why));
    }
    if key.is_null() {
        return call.wrong("a key", key);
    }
    let missing = match (&value.data, &key.data) {
        (Data::Map(map), Data::Text(_)) => {
            let found = crate::arm::eval::get(value, &call.text(1)?).is_some();
            match &map.open {
                Some(why) if !found => return Err(Fail::Unknown(why.clone())),
                _ => !found,
            }
        }
        (Data::List(list), Data::Number(at)) => match &list.open {
            #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
            Some(why) if *at >= list.items.len() as f64 => return Err(Fail::Unknown(why.clone())),
            #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
            _ => *at < 0.0 || *at >= list.items.len() as f64,
        },
        _ => true,
    };
    if missing {
        return Ok(super::logic::nothing(&call.trail));
    }
    let mut found = value.clone();
    for key in &call.args[1..] {
        found = element(&found, key)?;
    }
    Ok(found)
}

fn from_end(call: &Given, guarded: bool) -> Outcome {
    call.count(2..=if guarded { usize::MAX } else { 2 })?;
    let value = call.arg(0)?;
    let list: &Rc<List> = match &value.data {
        Data::List(list) => list,
        Data::Unknown(why) => return Err(Fail::Unknown(why.clone())),
        _ if guarded => return Ok(super::logic::nothing(&call.trail)),
        _ => return call.wrong("an array", value),
    };
    if let Some(why) = &list.open {
        return Err(Fail::Unknown(why.clone()));
    }
    let at = call.int(1)?;
    let found = usize::try_from(at).ok().filter(|at| *at > 0).and_then(|at| list.items.len().checked_sub(at));
    match found.and_then(|at| value.item(at)) {
        Some(mut found) => {
            for key in &call.args[2..] {
                found = element(&found, key)?;
            }
            Ok(found)
        }
        None if guarded => Ok(super::logic::nothing(&call.trail)),
        None => mistake(format!("the array has no element {at} from its end")),
    }
}
