//! Arithmetic on whole numbers of 64 bits.

use super::{Given, is_int};
use crate::arm::eval::{Fail, Outcome, mistake};
use crate::value::{Data, Value};

pub(super) fn call(call: &Given) -> Option<Outcome> {
    Some(match call.name {
        "add" => both(call, i64::checked_add),
        "sub" => both(call, i64::checked_sub),
        "mul" => both(call, i64::checked_mul),
        "div" => both(call, i64::checked_div),
        "mod" => both(call, i64::checked_rem),
        "int" => int(call),
        "float" => float(call),
        "min" => extreme(call, f64::min),
        "max" => extreme(call, f64::max),
        _ => return None,
    })
}

fn both(call: &Given, operation: fn(i64, i64) -> Option<i64>) -> Outcome {
    call.count(2..=2)?;
    match operation(call.int(0)?, call.int(1)?) {
        Some(result) => call.made_int(result),
        None => mistake(format!("{}() has no result", call.name)),
    }
}

fn int(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.whole(0)?;
    match &value.data {
        Data::Number(number) if is_int(*number) => Ok(Value::number(*number, call.trail.clone())),
        Data::Text(text) => match text.joined().trim().parse::<i64>() {
            Ok(number) => call.made_int(number),
            Err(_) => mistake(format!("{:?} is no whole number", text.joined())),
        },
        _ => call.wrong("a text or a whole number", value),
    }
}

fn float(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let value = call.whole(0)?;
    let number = match &value.data {
        Data::Number(number) => Some(*number),
        Data::Text(text) => text.joined().trim().replace(',', "").parse().ok(),
        _ => return call.wrong("a text or a number", value),
    };
    number.map(|number| Value::number(number, call.trail.clone())).ok_or_else(|| Fail::Mistake("no number".to_owned()))
}

/// Of several numbers, or of one array of them.
fn extreme(call: &Given, choose: fn(f64, f64) -> f64) -> Outcome {
    let all: Vec<Value> = match call.args.as_slice() {
        [only] if only.as_list().is_some() => {
            let (value, list) = call.list(0)?;
            if let Some(why) = value.any_why() {
                return Err(Fail::Unknown(why));
            }
            list.items.clone()
        }
        several => several.to_vec(),
    };
    let mut numbers = Vec::new();
    for value in &all {
        match (value.as_number(), value.why()) {
            (Some(number), _) => numbers.push(number),
            (None, Some(why)) => return Err(Fail::Unknown(why)),
            _ => return call.wrong("numbers", value),
        }
    }
    match numbers.into_iter().reduce(choose) {
        Some(number) => Ok(Value::number(number, call.trail.clone())),
        None => mistake(format!("{}() takes at least one number", call.name)),
    }
}
