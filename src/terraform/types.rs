//! Types: what a value is, what it becomes where another type is wanted, and what two types have in common.
//! The rules are those of Terraform's type system.

use crate::value::{Data, List, ListKind, Map, MapEntry, MapKind, Text, Value, Why, exact_number_text};
use std::cmp::Ordering;

/// A type, or a constraint on one.
#[derive(Debug, Clone)]
pub enum Type {
    /// Not known, or left open.
    Any,
    Bool,
    Number,
    String,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Tuple(Vec<Type>),
    Object(Vec<Attribute>),
}

/// An attribute of an object type.
#[derive(Debug, Clone)]
pub struct Attribute {
    pub name: String,
    pub ty: Type,
    pub optional: bool,
    /// Used where the attribute is missing or null.
    pub default: Option<Value>,
}

/// The type of a value. Elements of unknown type leave it open.
pub fn type_of(value: &Value) -> Type {
    match &value.data {
        Data::Unknown(_) | Data::Null => Type::Any,
        Data::Bool(_) => Type::Bool,
        Data::Number(_) => Type::Number,
        Data::Text(_) => Type::String,
        Data::List(list) => {
            let items = || list.items.iter().map(type_of).collect::<Vec<_>>();
            // Elements of one type: the first that is known tells it.
            let one =
                || Box::new(list.items.iter().map(type_of).find(|ty| !matches!(ty, Type::Any)).unwrap_or(Type::Any));
            match list.kind {
                ListKind::Tuple => Type::Tuple(items()),
                ListKind::List => Type::List(one()),
                ListKind::Set => Type::Set(one()),
            }
        }
        Data::Map(map) => match map.kind {
            MapKind::Object => Type::Object(map.entries().iter().map(attribute_of).collect()),
            MapKind::Map => {
                let types = map.entries().iter().map(|entry| type_of(&entry.value));
                Type::Map(Box::new(types.into_iter().find(|ty| !matches!(ty, Type::Any)).unwrap_or(Type::Any)))
            }
        },
    }
}

fn attribute_of(entry: &MapEntry) -> Attribute {
    Attribute { name: entry.key.to_string(), ty: type_of(&entry.value), optional: false, default: None }
}

/// The type that values of all these types can be converted to; `None` where there is none.
pub fn unify(types: &[Type]) -> Option<Type> {
    let known: Vec<&Type> = types.iter().filter(|ty| !matches!(ty, Type::Any)).collect();
    let Some(first) = known.first() else { return Some(Type::Any) };
    match first {
        Type::Bool | Type::Number | Type::String => unify_primitive(&known),
        Type::Set(_) => {
            let element = |ty: &&Type| match ty {
                Type::Set(element) => Some((**element).clone()),
                _ => None,
            };
            Some(Type::Set(Box::new(unify(&known.iter().map(element).collect::<Option<Vec<_>>>()?)?)))
        }
        Type::List(_) | Type::Tuple(_) => unify_lists(&known),
        Type::Map(_) | Type::Object(_) => unify_maps(&known),
        Type::Any => Some(Type::Any),
    }
}

fn unify_primitive(types: &[&Type]) -> Option<Type> {
    let all = |wanted: fn(&Type) -> bool| types.iter().all(|ty| wanted(ty));
    if all(|ty| matches!(ty, Type::Bool)) {
        return Some(Type::Bool);
    }
    if all(|ty| matches!(ty, Type::Number)) {
        return Some(Type::Number);
    }
    let primitive = all(|ty| matches!(ty, Type::Bool | Type::Number | Type::String));
    (primitive && types.iter().any(|ty| matches!(ty, Type::String))).then_some(Type::String)
}

fn unify_lists(types: &[&Type]) -> Option<Type> {
    let tuples: Option<Vec<&Vec<Type>>> =
        types.iter().map(|ty| if let Type::Tuple(items) = ty { Some(items) } else { None }).collect();
    if let Some(tuples) = tuples
        && tuples.iter().all(|items| items.len() == tuples[0].len())
    {
        let at = |at: usize| unify(&tuples.iter().map(|items| items[at].clone()).collect::<Vec<_>>());
        return (0..tuples[0].len()).map(at).collect::<Option<Vec<_>>>().map(Type::Tuple);
    }
    let mut elements = Vec::new();
    for ty in types {
        match ty {
            Type::Tuple(items) => elements.extend(items.iter().cloned()),
            Type::List(element) => elements.push((**element).clone()),
            _ => return None,
        }
    }
    Some(Type::List(Box::new(unify(&elements)?)))
}

fn unify_maps(types: &[&Type]) -> Option<Type> {
    let objects: Option<Vec<&Vec<Attribute>>> =
        types.iter().map(|ty| if let Type::Object(attributes) = ty { Some(attributes) } else { None }).collect();
    if let Some(objects) = objects
        && objects
            .iter()
            .all(|other| other.len() == objects[0].len() && other.iter().zip(objects[0]).all(|(a, b)| a.name == b.name))
    {
        let unified = |at: usize| {
            let ty = unify(&objects.iter().map(|other| other[at].ty.clone()).collect::<Vec<_>>())?;
            Some(Attribute { name: objects[0][at].name.clone(), ty, optional: false, default: None })
        };
        return (0..objects[0].len()).map(unified).collect::<Option<Vec<_>>>().map(Type::Object);
    }
    let mut values = Vec::new();
    for ty in types {
        match ty {
            Type::Object(attributes) => values.extend(attributes.iter().map(|attribute| attribute.ty.clone())),
            Type::Map(value) => values.push((**value).clone()),
            _ => return None,
        }
    }
    Some(Type::Map(Box::new(unify(&values)?)))
}

/// A value as another type wants it. What is unknown or null stays so; elements that need no change stay as they are,
/// with their trails.
pub fn convert(value: &Value, ty: &Type) -> Result<Value, String> {
    if matches!(value.data, Data::Unknown(_) | Data::Null) {
        return Ok(value.clone());
    }
    match ty {
        Type::Any => Ok(value.clone()),
        Type::Bool => to_bool(value),
        Type::Number => to_number(value),
        Type::String => to_text(value),
        Type::List(element) => to_list(value, element, ListKind::List),
        Type::Set(element) => to_list(value, element, ListKind::Set),
        Type::Map(element) => to_map(value, element),
        Type::Tuple(elements) => to_tuple(value, elements),
        Type::Object(attributes) => to_object(value, attributes),
    }
}

fn to_bool(value: &Value) -> Result<Value, String> {
    let made = |yes: bool| Ok(Value::bool(yes, value.trail.clone()));
    match &value.data {
        Data::Bool(_) => Ok(value.clone()),
        Data::Text(text) => match (text.known().as_deref(), text.hole()) {
            (Some("true" | "1"), _) => made(true),
            (Some("false" | "0"), _) => made(false),
            (None, Some(why)) => Ok(Value::unknown(why.clone(), value.trail.clone())),
            (text, _) => Err(format!("cannot convert {:?} to bool", text.unwrap_or_default())),
        },
        _ => Err(format!("a bool is required, and {} is given", kind_name(value))),
    }
}

fn to_number(value: &Value) -> Result<Value, String> {
    match &value.data {
        Data::Number(_) => Ok(value.clone()),
        Data::Text(text) => match (text.known(), text.hole()) {
            (None, Some(why)) => Ok(Value::unknown(why.clone(), value.trail.clone())),
            (text, _) => {
                let text = text.unwrap_or_default();
                let plain = text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
                match text.parse::<f64>() {
                    Ok(number) if plain && number.is_finite() => Ok(Value::number(number, value.trail.clone())),
                    _ => Err(format!("cannot convert {text:?} to number")),
                }
            }
        },
        _ => Err(format!("a number is required, and {} is given", kind_name(value))),
    }
}

fn to_text(value: &Value) -> Result<Value, String> {
    match &value.data {
        Data::Text(_) => Ok(value.clone()),
        Data::Number(number) => Ok(match exact_number_text(*number) {
            Some(text) => Value::text(text, value.trail.clone()),
            None => Value::unknown(Why::because("the number has more digits than kmslint keeps"), value.trail.clone()),
        }),
        Data::Bool(yes) => Ok(Value::text(yes.to_string(), value.trail.clone())),
        _ => Err(format!("a string is required, and {} is given", kind_name(value))),
    }
}

/// The type that the elements of a collection get where the wanted one is open.
fn element_type<'v>(wanted: &Type, elements: impl Iterator<Item = &'v Value>) -> Result<Type, String> {
    match wanted {
        Type::Any => {
            let types: Vec<Type> = elements.map(type_of).collect();
            unify(&types).ok_or_else(|| "all elements must have the same type".to_owned())
        }
        other => Ok(other.clone()),
    }
}

fn to_list(value: &Value, element: &Type, kind: ListKind) -> Result<Value, String> {
    let Data::List(list) = &value.data else {
        let wanted = if kind == ListKind::Set { "set" } else { "list" };
        return Err(format!("a {wanted} is required, and {} is given", kind_name(value)));
    };
    let ty = element_type(element, list.items.iter())?;
    if list.kind == kind && list.items.iter().all(|item| fits(item, &ty)) {
        return Ok(value.clone());
    }
    let items: Result<Vec<Value>, String> = list.items.iter().map(|item| convert(item, &ty)).collect();
    let (mut items, mut open) = (items?, list.open.clone());
    if kind == ListKind::Set {
        (items, open) = set_items(items, open);
    }
    Ok(Value::open_list(kind, items, open, value.trail.clone()))
}

/// Whether a value is of a primitive type already, so that nothing has to be made.
fn fits(value: &Value, ty: &Type) -> bool {
    matches!(
        (&value.data, ty),
        (Data::Text(_), Type::String) | (Data::Number(_), Type::Number) | (Data::Bool(_), Type::Bool)
    )
}

/// The elements of a set: sorted, each once. Of two that are not known it cannot be said whether they are one, so
/// their number is open.
pub(super) fn set_items(mut items: Vec<Value>, open: Option<Why>) -> (Vec<Value>, Option<Why>) {
    items.sort_by(order);
    items.dedup_by(|b, a| equal(a, b) == Some(true));
    (items, open)
}

/// The order of a set's elements: unknown last, texts by bytes, numbers by value, others by their identity.
fn order(a: &Value, b: &Value) -> Ordering {
    match (&a.data, &b.data) {
        (Data::Text(_), Data::Text(_)) => match (a.as_str(), b.as_str()) {
            (Some(a), Some(b)) => a.cmp(&b),
            (known, other) => other.is_some().cmp(&known.is_some()),
        },
        (Data::Number(a), Data::Number(b)) => a.total_cmp(b),
        _ => {
            let rank = |value: &Value| matches!(value.data, Data::Unknown(_) | Data::Null);
            rank(a).cmp(&rank(b)).then_with(|| a.identity().cmp(&b.identity()))
        }
    }
}

fn to_map(value: &Value, element: &Type) -> Result<Value, String> {
    let Data::Map(map) = &value.data else {
        return Err(format!("a map is required, and {} is given", kind_name(value)));
    };
    let ty = element_type(element, map.entries().iter().map(|entry| &entry.value))?;
    let convert_entry = |entry: &MapEntry| {
        let value = convert(&entry.value, &ty).map_err(|message| format!("element {:?}: {message}", entry.key))?;
        Ok(MapEntry { value, ..entry.clone() })
    };
    let entries: Result<Vec<MapEntry>, String> = map.entries().iter().map(convert_entry).collect();
    Ok(Value::map(Map::new(MapKind::Map, entries?).opened(map.open.clone()), value.trail.clone()))
}

fn to_tuple(value: &Value, elements: &[Type]) -> Result<Value, String> {
    match &value.data {
        Data::List(list) if list.items.len() == elements.len() && list.kind != ListKind::Set => {
            let items: Result<Vec<Value>, String> =
                list.items.iter().zip(elements).map(|(item, ty)| convert(item, ty)).collect();
            Ok(Value::open_list(ListKind::Tuple, items?, list.open.clone(), value.trail.clone()))
        }
        Data::List(_) => Err(format!("a tuple of {} elements is required", elements.len())),
        _ => Err(format!("a tuple is required, and {} is given", kind_name(value))),
    }
}

fn to_object(value: &Value, attributes: &[Attribute]) -> Result<Value, String> {
    let Data::Map(map) = &value.data else {
        return Err(format!("an object is required, and {} is given", kind_name(value)));
    };
    let mut entries = Vec::with_capacity(attributes.len());
    for attribute in attributes {
        let found = map.get(&attribute.name);
        let given = match (found, &map.open) {
            (Some(entry), _) => entry.value.clone(),
            (None, Some(why)) => Value::unknown(why.part(&format!(".{}", attribute.name)), value.trail.clone()),
            (None, None) if attribute.optional => Value::null(value.trail.clone()),
            (None, None) => return Err(format!("attribute {:?} is required", attribute.name)),
        };
        let given = match &attribute.default {
            Some(default) if given.is_null() => default.clone(),
            _ => given,
        };
        let value =
            convert(&given, &attribute.ty).map_err(|message| format!("attribute {:?}: {message}", attribute.name))?;
        let key_trail = found.map(|entry| entry.key_trail.clone()).unwrap_or_default();
        entries.push(MapEntry { key: attribute.name.as_str().into(), key_trail, value });
    }
    Ok(Value::map(Map::new(MapKind::Object, entries), value.trail.clone()))
}

/// `==`, which never converts. `None` where something unknown decides.
pub fn equal(a: &Value, b: &Value) -> Option<bool> {
    match (&a.data, &b.data) {
        (Data::Unknown(_), _) | (_, Data::Unknown(_)) => None,
        (Data::Null, Data::Null) => Some(true),
        (Data::Null, other) | (other, Data::Null) => match other {
            // A text that is put together is not null, whatever is put into it.
            Data::Text(text) if text.hole().is_some() && text.pieces().len() == 1 => None,
            _ => Some(false),
        },
        (Data::Bool(a), Data::Bool(b)) => Some(a == b),
        (Data::Number(a), Data::Number(b)) => Some(a == b),
        (Data::Text(a), Data::Text(b)) => equal_texts(a, b),
        (Data::List(a), Data::List(b)) => equal_lists(a, b),
        (Data::Map(a), Data::Map(b)) => equal_maps(a, b),
        _ => Some(false),
    }
}

fn equal_texts(a: &Text, b: &Text) -> Option<bool> {
    match (a.known(), b.known()) {
        (Some(a), Some(b)) => Some(a == b),
        _ => None,
    }
}

fn equal_lists(a: &List, b: &List) -> Option<bool> {
    if a.kind != b.kind {
        return Some(false);
    }
    if a.open.is_some() || b.open.is_some() {
        return None;
    }
    if a.items.len() != b.items.len() {
        return Some(false);
    }
    all_equal(a.items.iter().zip(&b.items).map(|(a, b)| equal(a, b)))
}

fn equal_maps(a: &Map, b: &Map) -> Option<bool> {
    if a.kind != b.kind {
        return Some(false);
    }
    if a.open.is_some() || b.open.is_some() {
        return None;
    }
    let same_keys = a.entries().len() == b.entries().len() && a.entries().iter().all(|e| b.get(&e.key).is_some());
    if !same_keys {
        return Some(false);
    }
    all_equal(a.entries().iter().zip(b.entries()).map(|(a, b)| equal(&a.value, &b.value)))
}

fn all_equal(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = true;
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            None => known = false,
            Some(true) => {}
        }
    }
    known.then_some(true)
}

/// What a value is, in words of an error message.
pub(super) fn kind_name(value: &Value) -> &'static str {
    match &value.data {
        Data::Unknown(_) => "an unknown value",
        Data::Null => "null",
        Data::Bool(_) => "a bool",
        Data::Number(_) => "a number",
        Data::Text(_) => "a string",
        Data::List(list) => match list.kind {
            ListKind::Tuple => "a tuple",
            ListKind::List => "a list",
            ListKind::Set => "a set",
        },
        Data::Map(map) => match map.kind {
            MapKind::Object => "an object",
            MapKind::Map => "a map",
        },
    }
}
