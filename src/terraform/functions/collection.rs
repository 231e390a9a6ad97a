//! Lists and maps: what they hold, joined, taken apart, looked up.

use super::{Call, Made, Stop, fail};
use crate::terraform::types::{self, Type, equal};
use crate::value::{Data, ListKind, Map, MapEntry, MapKind, Trail, Value, Why};
use std::rc::Rc;

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "length" => length(call),
        "concat" => concat(call),
        "flatten" => flatten(call),
        "merge" => merge(call),
        "lookup" => lookup(call),
        "element" => element(call),
        "index" => index(call),
        "contains" => contains(call),
        "keys" => keys(call),
        "values" => values(call),
        "zipmap" => zipmap(call),
        "transpose" => transpose(call),
        "slice" => slice(call),
        "chunklist" => chunklist(call),
        "reverse" => reverse(call),
        "compact" => compact(call),
        "distinct" => distinct(call),
        "coalesce" => coalesce(call),
        "coalescelist" => coalescelist(call),
        "one" => one(call),
        "matchkeys" => matchkeys(call),
        "alltrue" => all_of(call, true),
        "anytrue" => all_of(call, false),
        "range" => range(call),
        _ => return None,
    })
}

fn length(call: &Call) -> Made {
    use unicode_segmentation::UnicodeSegmentation;
    let value = call.arg(0)?;
    let count = match &value.data {
        Data::List(list) => {
            let open = list.open.clone();
            // Two unknown elements of a set may be one.
            let merged = list.kind == ListKind::Set && list.items.len() > 1;
            match open.or_else(|| list.items.iter().find_map(Value::any_why).filter(|_| merged)) {
                Some(why) => return Err(Stop::Unknown(why)),
                None => list.items.len(),
            }
        }
        Data::Map(map) => match &map.open {
            Some(why) => return Err(Stop::Unknown(why.clone())),
            None => map.entries().len(),
        },
        Data::Text(_) => call.text(0)?.graphemes(true).count(),
        Data::Unknown(why) => return Err(Stop::Unknown(why.clone())),
        _ => return fail(format!("length takes a collection or a string, and {} is given", types::kind_name(value))),
    };
    #[allow(clippy::cast_precision_loss, reason = "no collection is that long")]
    Ok(Value::number(count as f64, call.trail()))
}

fn concat(call: &Call) -> Made {
    if call.args.is_empty() {
        return fail("concat takes at least one argument");
    }
    let mut items = Vec::new();
    let mut open: Option<Why> = None;
    let mut all_lists = true;
    for arg in &call.args {
        match &arg.data {
            Data::List(list) if list.kind != ListKind::Set => {
                all_lists &= list.kind == ListKind::List;
                items.extend(list.items.iter().map(|item| arg.taken(item)));
                open = open.or_else(|| list.open.clone());
            }
            Data::Unknown(why) => open = open.or_else(|| Some(why.clone())),
            _ => return fail(format!("concat takes lists and tuples, and {} is given", types::kind_name(arg))),
        }
    }
    let made = Value::open_list(ListKind::Tuple, items, open, call.trail());
    if all_lists { types::convert(&made, &Type::List(Box::new(Type::Any))).or(Ok(made)) } else { Ok(made) }
}

fn flatten(call: &Call) -> Made {
    let (value, _) = call.list(0)?;
    let mut items = Vec::new();
    let mut open = None;
    flatten_into(value, &mut items, &mut open);
    Ok(Value::open_list(ListKind::Tuple, items, open, call.trail()))
}

fn flatten_into(value: &Value, items: &mut Vec<Value>, open: &mut Option<Why>) {
    let Data::List(list) = &value.data else { return };
    for item in &list.items {
        let item = value.taken(item);
        match &item.data {
            Data::List(_) => flatten_into(&item, items, open),
            // It may be a list itself.
            Data::Unknown(why) => *open = open.take().or_else(|| Some(why.clone())),
            _ => items.push(item),
        }
    }
    *open = open.take().or_else(|| list.open.clone());
}

fn merge(call: &Call) -> Made {
    let mut entries: Vec<MapEntry> = Vec::new();
    let mut open: Option<Why> = None;
    let mut all_maps = true;
    for arg in &call.args {
        let overriding = match &arg.data {
            Data::Null => continue,
            Data::Map(map) => {
                all_maps &= map.kind == MapKind::Map;
                let taken = |entry: &MapEntry| MapEntry { value: arg.taken(&entry.value), ..entry.clone() };
                // What a map before may have more of cannot hide these; what this one may have more of can hide
                // what stands before.
                if let Some(why) = &map.open {
                    shade(&mut entries, why);
                }
                entries.extend(map.entries().iter().map(taken));
                map.open.clone()
            }
            Data::Unknown(why) => {
                shade(&mut entries, why);
                Some(why.clone())
            }
            _ => return fail(format!("merge takes maps and objects, and {} is given", types::kind_name(arg))),
        };
        open = open.or(overriding);
    }
    let made = Value::map(Map::new(MapKind::Object, entries).opened(open), call.trail());
    if all_maps && !call.args.is_empty() {
        return types::convert(&made, &Type::Map(Box::new(Type::Any))).or(Ok(made));
    }
    Ok(made)
}

/// Entries that an unknown map may override are not known any more.
fn shade(entries: &mut [MapEntry], why: &Why) {
    for entry in entries {
        let either = Why::either(why, vec![entry.value.clone()]);
        entry.value = Value::unknown(either, entry.value.trail.clone());
    }
}

fn lookup(call: &Call) -> Made {
    call.no_more_than(3)?;
    let (value, map) = call.map(0)?;
    let key = call.text(1)?;
    if let Some(found) = value.get(&key) {
        return Ok(found);
    }
    if let Some(why) = &map.open {
        return Err(Stop::Unknown(why.part(&format!(".{key}"))));
    }
    let Some(default) = call.args.get(2) else { return fail(format!("the map has no element {key:?}")) };
    match (map.kind, types::type_of(value)) {
        (MapKind::Map, Type::Map(element)) => types::convert(default, &element).map_err(Stop::Fail),
        _ => Ok(default.clone()),
    }
}

fn element(call: &Call) -> Made {
    let (value, list) = call.closed_list(0)?;
    let at = call.integer(1)?;
    if list.kind == ListKind::Set {
        return fail("element takes a list, and a set is given");
    }
    let Some(count) = i64::try_from(list.items.len()).ok().filter(|count| *count > 0) else {
        return fail("element takes a list that is not empty");
    };
    if at < 0 {
        return fail("element takes no negative index");
    }
    let found = value.item(usize::try_from(at % count).unwrap_or(0));
    let found = found.ok_or_else(|| Stop::Fail("no such element".to_owned()))?;
    Ok(repeated(found, call, 1))
}

/// What is taken by the key of a repetition was made once for each element.
fn repeated(found: Value, call: &Call, key: usize) -> Value {
    if !call.args[key].trail.is_repeated() {
        return found;
    }
    Value { trail: found.trail.each(call.at, &found.trail), ..found }
}

fn index(call: &Call) -> Made {
    let (_, list) = call.closed_list(0)?;
    let wanted = call.arg(1)?;
    for (at, item) in list.items.iter().enumerate() {
        match equal(item, wanted) {
            #[allow(clippy::cast_precision_loss, reason = "no list is that long")]
            Some(true) => return Ok(Value::number(at as f64, call.trail())),
            Some(false) => {}
            None => return Err(not_known(item, wanted)),
        }
    }
    fail("the list has no such item")
}

fn contains(call: &Call) -> Made {
    let (_, list) = call.list(0)?;
    let wanted = call.arg(1)?;
    if wanted.is_null() {
        return fail("the value must not be null");
    }
    let mut unknown = list.open.clone().map(Stop::Unknown);
    for item in &list.items {
        match equal(item, wanted) {
            Some(true) if item.trail.doubt().is_none() => return Ok(Value::bool(true, call.trail())),
            Some(false) => {}
            _ => unknown = unknown.or_else(|| Some(not_known(item, wanted))),
        }
    }
    match unknown {
        Some(stop) => Err(stop),
        None => Ok(Value::bool(false, call.trail())),
    }
}

fn not_known(a: &Value, b: &Value) -> Stop {
    let why = a.any_why().or_else(|| b.any_why());
    Stop::Unknown(why.unwrap_or_else(|| Why::because("the comparison is not known")))
}

fn keys(call: &Call) -> Made {
    let (value, map) = call.map(0)?;
    let key = |entry: &MapEntry| {
        let trail = if entry.key_trail.origin().is_some() { entry.key_trail.clone() } else { entry.value.trail.clone() };
        Value::text(Rc::clone(&entry.key), trail.out_of(&value.trail))
    };
    let kind = if map.kind == MapKind::Map { ListKind::List } else { ListKind::Tuple };
    let items = map.entries().iter().map(key).collect();
    Ok(Value::open_list(kind, items, map.open.clone(), call.trail()))
}

fn values(call: &Call) -> Made {
    let (value, map) = call.map(0)?;
    let items = map.entries().iter().map(|entry| value.taken(&entry.value)).collect();
    let kind = if map.kind == MapKind::Map { ListKind::List } else { ListKind::Tuple };
    Ok(Value::open_list(kind, items, map.open.clone(), call.trail()))
}

fn zipmap(call: &Call) -> Made {
    let (keys, key_list) = call.closed_list(0)?;
    let (values, value_list) = call.closed_list(1)?;
    if key_list.items.len() != value_list.items.len() {
        return fail("zipmap takes as many keys as values");
    }
    let mut entries = Vec::new();
    for (key, value) in key_list.items.iter().zip(&value_list.items) {
        let key = keys.taken(&types::convert(key, &Type::String).map_err(Stop::Fail)?);
        let Some(text) = key.as_str() else {
            return Err(Stop::Unknown(key.why().unwrap_or_else(|| Why::because("a key is not known"))));
        };
        entries.push(MapEntry { key: text, key_trail: key.trail, value: values.taken(value) });
    }
    let kind = if value_list.kind == ListKind::List { MapKind::Map } else { MapKind::Object };
    Ok(Value::map(Map::new(kind, entries), call.trail()))
}

fn transpose(call: &Call) -> Made {
    let (value, map) = call.map(0)?;
    if let Some(why) = value.any_why() {
        return Err(Stop::Unknown(why));
    }
    let mut turned: std::collections::BTreeMap<Rc<str>, Vec<Value>> = std::collections::BTreeMap::new();
    for entry in map.entries() {
        for item in entry.value.as_list().map(|list| list.items.as_slice()).unwrap_or_default() {
            let Some(text) = item.as_str() else { return fail("transpose takes a map of lists of strings") };
            turned.entry(text).or_default().push(Value::text(Rc::clone(&entry.key), entry.key_trail.clone()));
        }
    }
    let entry = |(key, items): (Rc<str>, Vec<Value>)| {
        let value = Value::list(ListKind::List, items, call.trail());
        MapEntry { key, key_trail: Trail::nowhere(), value }
    };
    Ok(Value::map(Map::new(MapKind::Map, turned.into_iter().map(entry).collect()), call.trail()))
}

fn slice(call: &Call) -> Made {
    let (value, list) = call.closed_list(0)?;
    let (from, to) = (call.integer(1)?, call.integer(2)?);
    let bounds = (usize::try_from(from), usize::try_from(to));
    match bounds {
        (Ok(from), Ok(to)) if from <= to && to <= list.items.len() && list.kind != ListKind::Set => {
            let items = list.items[from..to].iter().map(|item| value.taken(item)).collect();
            Ok(Value::list(list.kind, items, call.trail()))
        }
        _ => fail("slice takes indexes within a list"),
    }
}

fn chunklist(call: &Call) -> Made {
    let (value, list) = call.closed_list(0)?;
    let size = usize::try_from(call.integer(1)?).map_err(|_| Stop::Fail("a size is not negative".to_owned()))?;
    let items: Vec<Value> = list.items.iter().map(|item| value.taken(item)).collect();
    let size = if size == 0 { items.len().max(1) } else { size };
    let chunks = items.chunks(size).map(|chunk| Value::list(ListKind::List, chunk.to_vec(), call.trail())).collect();
    Ok(Value::list(ListKind::List, chunks, call.trail()))
}

fn reverse(call: &Call) -> Made {
    let (value, list) = call.closed_list(0)?;
    let items = list.items.iter().rev().map(|item| value.taken(item)).collect();
    let kind = if list.kind == ListKind::Set { ListKind::List } else { list.kind };
    Ok(Value::list(kind, items, call.trail()))
}

fn compact(call: &Call) -> Made {
    let (value, list) = call.list(0)?;
    let mut items = Vec::new();
    let mut open = list.open.clone();
    for item in &list.items {
        let text = types::convert(item, &Type::String).map_err(Stop::Fail)?;
        match (text.as_str(), text.why()) {
            (Some(known), _) if !known.is_empty() => items.push(value.taken(&text)),
            // It may be empty, and then it is not there.
            (None, Some(why)) => open = open.or(Some(why)),
            _ => {}
        }
    }
    Ok(Value::open_list(ListKind::List, items, open, call.trail()))
}

fn distinct(call: &Call) -> Made {
    let list = call.converted(0, &Type::List(Box::new(Type::Any)))?;
    let Some(inner) = list.as_list() else { return fail("distinct takes a list") };
    let mut items: Vec<Value> = Vec::new();
    let mut texts = std::collections::HashSet::new();
    let mut open = inner.open.clone();
    for item in &inner.items {
        if let Some(why) = item.any_why() {
            // It may be one of the others.
            open = open.or(Some(why));
            continue;
        }
        let fresh = match item.as_str() {
            Some(text) => texts.insert(text),
            None => !items.iter().any(|known| equal(known, item) == Some(true)),
        };
        if fresh {
            items.push(list.taken(item));
        }
    }
    Ok(Value::open_list(ListKind::List, items, open, call.trail()))
}

fn coalesce(call: &Call) -> Made {
    let types: Vec<Type> = call.args.iter().map(types::type_of).collect();
    let ty = types::unify(&types).unwrap_or(Type::Any);
    for arg in &call.args {
        if let Some(why) = arg.why() {
            return Err(Stop::Unknown(why));
        }
        let empty = arg.is_null() || arg.as_str().is_some_and(|text| text.is_empty());
        if !empty {
            return types::convert(arg, &ty).map_err(Stop::Fail);
        }
    }
    fail("coalesce takes at least one argument that is neither null nor empty")
}

fn coalescelist(call: &Call) -> Made {
    for arg in &call.args {
        match &arg.data {
            Data::Unknown(why) => return Err(Stop::Unknown(why.clone())),
            Data::List(list) if !list.items.is_empty() => return Ok(arg.clone()),
            Data::List(list) => match &list.open {
                Some(why) => return Err(Stop::Unknown(why.clone())),
                None => {}
            },
            Data::Null => {}
            _ => return fail("coalescelist takes lists"),
        }
    }
    fail("coalescelist takes at least one list that is not empty")
}

fn one(call: &Call) -> Made {
    let value = call.arg(0)?;
    let Data::List(list) = &value.data else {
        return match &value.data {
            Data::Unknown(why) => Err(Stop::Unknown(why.clone())),
            Data::Null => Ok(Value::null(call.trail())),
            _ => fail("one takes a list, set or tuple"),
        };
    };
    match (list.items.as_slice(), &list.open) {
        (_, Some(why)) => Err(Stop::Unknown(why.clone())),
        ([], None) => Ok(Value::null(call.trail())),
        ([only], None) => Ok(value.taken(only)),
        _ => fail("one takes a list of no or one element"),
    }
}

fn matchkeys(call: &Call) -> Made {
    let (values, list) = call.closed_list(0)?;
    let (_, keys) = call.closed_list(1)?;
    let (_, wanted) = call.closed_list(2)?;
    if list.items.len() != keys.items.len() {
        return fail("matchkeys takes as many values as keys");
    }
    let mut items = Vec::new();
    for (item, key) in list.items.iter().zip(&keys.items) {
        for want in &wanted.items {
            match equal(key, want) {
                None => return Err(not_known(key, want)),
                Some(true) => {
                    items.push(values.taken(item));
                    break;
                }
                Some(false) => {}
            }
        }
    }
    Ok(Value::list(ListKind::List, items, call.trail()))
}

/// `alltrue` and `anytrue`: the answer that one element decides is `!all`.
fn all_of(call: &Call, all: bool) -> Made {
    let (_, list) = call.list(0)?;
    let mut unknown = list.open.clone();
    for item in &list.items {
        let item = types::convert(item, &Type::Bool).map_err(Stop::Fail)?;
        match (item.as_bool(), item.why()) {
            (Some(yes), _) if yes != all => return Ok(Value::bool(!all, call.trail())),
            (None, None) if all => return Ok(Value::bool(false, call.trail())),
            (None, Some(why)) => unknown = unknown.or(Some(why)),
            _ => {}
        }
    }
    match unknown {
        Some(why) => Err(Stop::Unknown(why)),
        None => Ok(Value::bool(all, call.trail())),
    }
}

fn range(call: &Call) -> Made {
    call.no_more_than(3)?;
    let numbers: Result<Vec<f64>, Stop> = (0..call.args.len()).map(|at| call.number(at)).collect();
    let (start, end, step) = match numbers?.as_slice() {
        [end] => (0.0, *end, if *end < 0.0 { -1.0 } else { 1.0 }),
        [start, end] => (*start, *end, if end < start { -1.0 } else { 1.0 }),
        [start, end, step] => (*start, *end, *step),
        _ => return fail("range takes one to three numbers"),
    };
    if step == 0.0 || (end > start && step < 0.0) || (end < start && step > 0.0) {
        return fail("range takes a step that leads from start to end");
    }
    let mut items = Vec::new();
    let mut at = start;
    while (step > 0.0 && at < end) || (step < 0.0 && at > end) {
        // As Terraform does.
        if items.len() >= 1024 {
            return fail("range gives at most 1024 values");
        }
        items.push(Value::number(at, call.trail()));
        at += step;
    }
    Ok(Value::list(ListKind::List, items, call.trail()))
}
