//! Arithmetic.

use super::{Call, Made, Stop, fail};
use crate::value::Value;

pub(super) fn call(call: &Call) -> Option<Made> {
    let made = |number: f64| Value::number(number, call.trail());
    Some(match call.name {
        "abs" => call.number(0).map(|n| made(n.abs())),
        "ceil" => call.number(0).map(|n| made(n.ceil())),
        "floor" => call.number(0).map(|n| made(n.floor())),
        "signum" => call.number(0).map(|n| made(if n == 0.0 { 0.0 } else { n.signum() })),
        "max" => extreme(call, f64::max),
        "min" => extreme(call, f64::min),
        "sum" => sum(call),
        "pow" => both(call).and_then(|(base, power)| finite(call, base.powf(power))),
        "log" => both(call).and_then(|(number, base)| finite(call, number.ln() / base.ln())),
        "parseint" => parse_int(call),
        _ => return None,
    })
}

/// The result of an operation without the error of binary fractions, as Terraform, which keeps more digits, has none to
/// be seen: 0.1 + 0.2 is 0.3.
pub(in crate::terraform) fn rounded(number: f64) -> f64 {
    let short: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if (short - number).abs() <= number.abs() * 5e-16 { short } else { number }
}

fn both(call: &Call) -> Result<(f64, f64), Stop> {
    Ok((call.number(0)?, call.number(1)?))
}

fn finite(call: &Call, number: f64) -> Made {
    if number.is_finite() {
        Ok(Value::number(rounded(number), call.trail()))
    } else {
        fail("the result is not a number")
    }
}

fn extreme(call: &Call, choose: fn(f64, f64) -> f64) -> Made {
    let numbers: Result<Vec<f64>, Stop> = (0..call.args.len()).map(|at| call.number(at)).collect();
    match numbers?.into_iter().reduce(choose) {
        Some(number) => Ok(Value::number(number, call.trail())),
        None => fail("at least one number is required"),
    }
}

fn sum(call: &Call) -> Made {
    let (_, list) = call.closed_list(0)?;
    if list.items.is_empty() {
        return fail("sum takes a list that is not empty");
    }
    let mut total = 0.0;
    for item in &list.items {
        match (item.as_number(), item.why()) {
            (Some(number), _) => total += number,
            (None, Some(why)) => return Err(Stop::Unknown(why)),
            (None, None) => {
                let text = item.as_str().and_then(|text| text.parse::<f64>().ok());
                total += text.ok_or_else(|| Stop::Fail("sum takes numbers".to_owned()))?;
            }
        }
    }
    finite(call, total)
}

/// Digits, then small letters, then capitals; to base 36 both cases of a letter are one digit.
fn parse_int(call: &Call) -> Made {
    let text = call.text(0)?;
    let base = call.integer(1)?;
    let Some(base) = u32::try_from(base).ok().filter(|base| (2..=62).contains(base)) else {
        return fail("parseint takes a base between 2 and 62");
    };
    let digit = |c: char| match c {
        'A'..='Z' if base > 36 => Some(u32::from(c) - u32::from('A') + 36),
        _ => c.to_digit(36),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(&text)),
    };
    let add = |sum: f64, c: char| {
        let digit = digit(c).filter(|digit| *digit < base)?;
        Some(sum * f64::from(base) + f64::from(digit))
    };
    match digits.chars().try_fold(0.0, add) {
        Some(number) if !digits.is_empty() => Ok(Value::number(sign * number, call.trail())),
        _ => fail(format!("cannot parse {text:?} in base {base}")),
    }
}
