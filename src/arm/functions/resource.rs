//! Names of a template, and what only Azure knows.

use super::{Call, Given};
use crate::arm::deploy;
use crate::arm::eval::{Outcome, mistake, put};
use crate::arm::place::{Part, environment, joined};
use crate::value::{Data, Piece, Text, Value, Why};

pub(super) fn call(call: &Call, given: &Given) -> Option<Outcome> {
    let site = call.site;
    let place = &site.scope.place;
    let trail = &given.trail;
    let none = |value: Value| given.count(0..=0).map(|()| value);
    Some(match call.name {
        "parameters" => given.count(1..=1).and_then(|()| call.eval.parameter(site, &given.text(0)?)),
        "variables" => given.count(1..=1).and_then(|()| call.eval.variable(site, &given.text(0)?)),
        "copyindex" => copy_index(call, given),
        "resourcegroup" => none(place.resource_group(trail)),
        "subscription" => none(place.subscription(trail)),
        "tenant" => none(place.tenant(trail)),
        "managementgroup" => none(place.management_group(trail)),
        "deployment" => none(place.deployment(trail)),
        "environment" => none(
            call.eval
                .cloud
                .as_deref()
                .and_then(|cloud| environment(cloud, trail))
                .unwrap_or_else(|| Value::unknown(Why::of("environment()"), trail.clone())),
        ),
        "resourceid" => resource_id(call, given, true),
        "subscriptionresourceid" => resource_id(call, given, false),
        "tenantresourceid" => typed(given, Vec::new(), &given.args),
        "managementgroupresourceid" => management_group_id(call, given),
        "extensionresourceid" => match given.args.split_first() {
            Some((scope, rest)) => typed(given, scope.pieces(), rest),
            None => mistake("extensionResourceId() takes a scope"),
        },
        "reference" => reference(call, given),
        "references" => references(call, given),
        "uniquestring" | "guid" => opaque(given),
        "utcnow" | "newguid" if !call.eval.in_default.get() => {
            mistake(format!("{}() stands in the default of a parameter alone", call.name))
        }
        "resourceinfo" => given.text(0).and_then(|symbol| {
            let known = site.scope.symbols.borrow();
            known
                .get(&symbol.to_lowercase())
                .cloned()
                .map_or_else(|| mistake(format!("there is no resource {symbol}")), Ok)
        }),
        "utcnow" | "newguid" | "deployer" | "providers" | "pickzones" | "tological" | "tologicalzone"
        | "tologicalzones" | "tophysicalzone" | "tophysicalzones" | "extensions" => {
            Ok(given.unknown(&Why::because(format!("{}() is known only to Azure", call.name))))
        }
        name if name.starts_with("list") => {
            Ok(given.unknown(&Why::because(format!("{name}() is known only to Azure"))))
        }
        _ => return None,
    })
}

/// `copyIndex()`, with a name or an offset or both.
fn copy_index(call: &Call, given: &Given) -> Outcome {
    given.count(0..=2)?;
    let (name, offset) = match given.args.as_slice() {
        [] => (None, 0),
        [only] if only.as_number().is_some() => (None, given.int(0)?),
        [_] => (Some(given.text(0)?), 0),
        _ => (Some(given.text(0)?), given.int(1)?),
    };
    if offset < 0 {
        return mistake("the offset of copyIndex() is not negative");
    }
    let lower = name.as_deref().map(str::to_lowercase);
    let Some(index) = call.site.env.copy_index(lower.as_deref()) else {
        return mistake("copyIndex() stands outside the loop that it names");
    };
    #[allow(clippy::cast_precision_loss, reason = "small")]
    Ok(match index.as_number() {
        Some(number) => Value::number(number + offset as f64, index.trail),
        None => index,
    })
}

/// `resourceId([subscription], [group], type, names...)`.
fn resource_id(call: &Call, given: &Given, in_group: bool) -> Outcome {
    let place = &call.site.scope.place;
    let is_type = |value: &Value| value.as_str().is_some_and(|text| text.contains('/'));
    let Some(at) = given.args.iter().position(is_type) else {
        if let Some(why) = given.args.iter().find_map(Value::why) {
            return Ok(given.unknown(&why));
        }
        return mistake(format!("{}() takes a type", call.name));
    };
    if at > if in_group { 2 } else { 1 } {
        return mistake(format!("{}() takes a type", call.name));
    }
    if let Some(wrong) = given.args.iter().find(|arg| !matches!(arg.data, Data::Text(_) | Data::Unknown(_))) {
        return given.wrong("texts", wrong);
    }
    let (before, rest) = given.args.split_at(at);
    let is_guid = |value: &Value| value.as_str().is_none_or(|text| text.len() == 36 && text.matches('-').count() == 4);
    if before.len() == 2 && !is_guid(&before[0]) {
        return mistake("a subscription is named by its id");
    }
    let group = if in_group { before.last().unwrap_or(&place.group) } else { &place.group };
    let subscription = match (in_group, before) {
        (true, [subscription, _]) | (false, [subscription]) => subscription,
        _ => &place.subscription,
    };
    let scope = match (in_group, place.level) {
        (true, crate::arm::place::Level::Group) => {
            joined(&[&"/subscriptions/", subscription, &"/resourceGroups/", group])
        }
        (true, _) if before.is_empty() => place.scope_id(),
        (true, _) if before.len() == 1 => joined(&[&"/subscriptions/", &before[0]]),
        (true, _) => joined(&[&"/subscriptions/", subscription, &"/resourceGroups/", group]),
        (false, _) => joined(&[&"/subscriptions/", subscription]),
    };
    typed(given, scope, rest)
}

fn management_group_id(call: &Call, given: &Given) -> Outcome {
    let is_type = |value: &Value| value.as_str().is_some_and(|text| text.contains('/'));
    let group = match given.args.first() {
        Some(first) if !is_type(first) => first,
        _ => &call.site.scope.place.management_group,
    };
    let rest =
        if given.args.first().is_some_and(is_type) { &given.args[..] } else { given.args.get(1..).unwrap_or(&[]) };
    typed(given, joined(&[&"/providers/Microsoft.Management/managementGroups/", group]), rest)
}

/// `/providers/type/name/type/name` behind a scope: one name for each part of the type.
fn typed(given: &Given, mut pieces: Vec<Piece>, rest: &[Value]) -> Outcome {
    let Some((kind, names)) = rest.split_first() else { return mistake(format!("{}() takes a type", given.name)) };
    let Some(kind) = kind.as_str() else {
        return match kind.why() {
            Some(why) => Ok(given.unknown(&why)),
            None => given.wrong("a type", kind),
        };
    };
    let Some((space, kinds)) = kind.split_once('/') else { return mistake(format!("{kind} is no resource type")) };
    let kinds: Vec<&str> = kinds.split('/').collect();
    if kinds.len() != names.len() {
        return mistake(format!("{kind} takes {} names", kinds.len()));
    }
    pieces.extend(joined(&[&"/providers/", &space]));
    for (kind, name) in kinds.iter().zip(names) {
        let Some(found) = put(name) else { return given.wrong("texts as names", name) };
        if name.as_str().is_some_and(|text| text.contains('/')) {
            return mistake("a name in a resource id holds no slash");
        }
        pieces.extend(joined(&[&"/", kind, &"/"]));
        pieces.extend(found);
    }
    Ok(Value::pieces(Text::from_pieces(pieces), given.trail.clone()))
}

fn reference(call: &Call, given: &Given) -> Outcome {
    given.count(1..=3)?;
    let target = given.arg(0)?;
    if let Some(whole) = deploy::whole(call.eval, call.site, target, &given.trail) {
        return Ok(whole);
    }
    let why = match target.identity() {
        Some(target) => Why::of(format!("reference('{target}')")),
        None => Why::because("reference() is known only to Azure"),
    };
    Ok(Value::unknown(why, given.trail.clone()))
}

fn references(call: &Call, given: &Given) -> Outcome {
    let symbol = given.text(0)?;
    let found = deploy::all(call.eval, call.site, &symbol, &given.trail);
    Ok(found.unwrap_or_else(|| given.unknown(&Why::of(format!("references('{symbol}')")))))
}

/// A hash: not known here, but equal where its arguments are.
fn opaque(given: &Given) -> Outcome {
    given.count(1..=usize::MAX)?;
    for at in 0..given.args.len() {
        if !matches!(given.args[at].data, Data::Text(_) | Data::Unknown(_)) {
            return given.wrong("texts", &given.args[at]);
        }
    }
    Ok(given.unknown(&Why::because(format!("{}() is a hash", given.name))))
}
