//! Sets, sorting and products.

use super::{Call, LONGEST_LIST, Made, Stop, fail, too_large};
use crate::terraform::types::{self, Type, equal};
use crate::value::{ListKind, Value};

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "setunion" => union(call),
        "setintersection" => filtered(call, true),
        "setsubtract" => filtered(call, false),
        "setproduct" => product(call),
        "sort" => sort(call),
        _ => return None,
    })
}

fn set(call: &Call, at: usize) -> Made {
    let set = call.converted(at, &Type::Set(Box::new(Type::Any)))?;
    match set.as_list().and_then(|list| list.open.clone()) {
        Some(why) => Err(Stop::Unknown(why)),
        None => Ok(set),
    }
}

fn items(set: &Value) -> Vec<Value> {
    set.as_list().map(|list| list.items.iter().map(|item| set.taken(item)).collect()).unwrap_or_default()
}

fn as_set(call: &Call, items: Vec<Value>) -> Made {
    let tuple = Value::list(ListKind::Tuple, items, call.trail());
    types::convert(&tuple, &Type::Set(Box::new(Type::Any))).map_err(Stop::Fail)
}

fn union(call: &Call) -> Made {
    let mut all = Vec::new();
    for at in 0..call.args.len() {
        all.extend(items(&set(call, at)?));
    }
    if call.args.is_empty() { fail("setunion takes at least one set") } else { as_set(call, all) }
}

/// The elements of the first set that are in all others (`keep`), or not in the second.
fn filtered(call: &Call, keep: bool) -> Made {
    let first = set(call, 0)?;
    let mut left = items(&first);
    for at in 1..call.args.len() {
        let other = set(call, at)?;
        let mut next = Vec::new();
        for item in left {
            let mut inside = false;
            for candidate in items(&other) {
                match equal(&item, &candidate) {
                    Some(same) => inside |= same,
                    None => {
                        let why = item.any_why().or_else(|| candidate.any_why());
                        return why.map_or_else(|| fail("not comparable"), |why| Err(Stop::Unknown(why)));
                    }
                }
            }
            if inside == keep {
                next.push(item);
            }
        }
        left = next;
    }
    as_set(call, left)
}

/// All combinations; the first argument varies slowest.
fn product(call: &Call) -> Made {
    if call.args.len() < 2 {
        return fail("setproduct takes at least two collections");
    }
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    let mut sets = true;
    for at in 0..call.args.len() {
        let (value, list) = call.closed_list(at)?;
        sets &= list.kind == ListKind::Set;
        if rows.len().saturating_mul(list.items.len()) > LONGEST_LIST {
            return fail(too_large());
        }
        let extended = |row: &Vec<Value>| {
            let with = |item: &Value| {
                let mut row = row.clone();
                row.push(value.taken(item));
                row
            };
            list.items.iter().map(with).collect::<Vec<_>>()
        };
        rows = rows.iter().flat_map(extended).collect();
    }
    let rows = rows.into_iter().map(|row| Value::list(ListKind::Tuple, row, call.trail())).collect();
    Ok(Value::list(if sets { ListKind::Set } else { ListKind::List }, rows, call.trail()))
}

fn sort(call: &Call) -> Made {
    let list = call.converted(0, &Type::List(Box::new(Type::String)))?;
    if let Some(why) = list.any_why() {
        if list.as_list().is_none_or(|list| list.open.is_some()) {
            return Err(Stop::Unknown(why));
        }
        // So many elements there are, but none has its place.
        let unknown = items(&list).iter().map(|_| Value::unknown(why.clone(), call.trail())).collect();
        return Ok(Value::list(ListKind::List, unknown, call.trail()));
    }
    let mut sorted = items(&list);
    sorted.sort_by_key(Value::as_str);
    Ok(Value::list(ListKind::List, sorted, call.trail()))
}
