//! Conversion functions and marks.

use super::{Call, Made, Stop, fail};
use crate::terraform::types::{self, Type};
use crate::value::Value;

pub(super) fn call(call: &Call) -> Option<Made> {
    let any = || Box::new(Type::Any);
    Some(match call.name {
        "tostring" => convert(call, &Type::String),
        "tonumber" => convert(call, &Type::Number),
        "tobool" => to_bool(call),
        "tolist" => convert(call, &Type::List(any())),
        "toset" => convert(call, &Type::Set(any())),
        "tomap" => convert(call, &Type::Map(any())),
        "sensitive" => call.arg(0).map(|value| Value { trail: value.trail.secret(), ..value.clone() }),
        "nonsensitive" => call.arg(0).map(|value| Value { trail: value.trail.public(), ..value.clone() }),
        "issensitive" => call.arg(0).map(|value| Value::bool(value.trail.is_secret(), call.trail())),
        "ephemeralasnull" => call.arg(0).cloned(),
        _ => return None,
    })
}

fn convert(call: &Call, ty: &Type) -> Made {
    call.no_more_than(1)?;
    types::convert(call.arg(0)?, ty).map_err(Stop::Fail)
}

/// `tobool` takes no other texts than `true` and `false`.
fn to_bool(call: &Call) -> Made {
    match call.arg(0)?.as_str().as_deref() {
        Some("1" | "0") => fail("only the strings \"true\" and \"false\" can be converted to bool"),
        _ => convert(call, &Type::Bool),
    }
}
