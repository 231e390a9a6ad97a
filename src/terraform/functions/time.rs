//! Time: what depends on the clock is unknown.

use super::{Call, Made, Stop, fail};
use crate::value::{Value, Why};
use std::fmt::Write as _;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "timestamp" | "plantimestamp" => Ok(call.unknown(&Why::because(format!("{} depends on the clock", call.name)))),
        "formatdate" => format_date(call),
        "timeadd" => add(call),
        "timecmp" => compare(call),
        _ => return None,
    })
}

fn moment(call: &Call, at: usize) -> Result<OffsetDateTime, Stop> {
    let text = call.text(at)?;
    let strict = text.len() >= 20 && text.as_bytes()[10] == b'T';
    let parsed = OffsetDateTime::parse(&text, &Rfc3339).ok().filter(|_| strict);
    parsed.ok_or_else(|| Stop::Fail(format!("{text:?} is no RFC 3339 timestamp")))
}

fn add(call: &Call) -> Made {
    let moment = moment(call, 0)?;
    let text = call.text(1)?;
    let Some(duration) = duration(&text) else { return fail(format!("{text:?} is no duration, such as 1h30m")) };
    let whole = moment.checked_add(duration).and_then(|sum| sum.replace_nanosecond(0).ok());
    match whole.and_then(|sum| sum.format(&Rfc3339).ok()) {
        Some(text) => Ok(call.made(text)),
        None => fail("the time is out of range"),
    }
}

/// A duration as Go writes it: `1h30m`, `-1.5h`, `0`.
fn duration(text: &str) -> Option<Duration> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(Duration::ZERO);
    }
    let mut seconds = 0.0;
    while !rest.is_empty() || seconds == 0.0 {
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let value: f64 = rest[..number].parse().ok()?;
        rest = &rest[number..];
        let unit = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        seconds += value
            * match &rest[..unit] {
                "h" => 3600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "\u{b5}s" | "\u{3bc}s" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = &rest[unit..];
        if rest.is_empty() {
            break;
        }
    }
    Duration::checked_seconds_f64(sign * seconds)
}

fn compare(call: &Call) -> Made {
    let order = moment(call, 0)?.cmp(&moment(call, 1)?);
    Ok(Value::number(f64::from(order as i8), call.trail()))
}

/// Letters stand for parts of the time, as many as the pattern has of one kind; text between single quotes for itself.
fn format_date(call: &Call) -> Made {
    let pattern = call.text(0)?;
    let moment = moment(call, 1)?;
    let mut out = String::new();
    let mut rest = &*pattern;
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            let (literal, after) = quoted(&rest[1..])?;
            out.push_str(&literal);
            rest = after;
            continue;
        }
        let len = if first.is_ascii_alphabetic() {
            rest.find(|c| c != first).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (run, after) = rest.split_at(len);
        rest = after;
        if !first.is_ascii_alphabetic() {
            out.push(first);
        } else if part(run, &moment, &mut out).is_none() {
            return fail(format!("{run:?} is no part of a date"));
        }
    }
    Ok(call.made(out))
}

/// The text up to the closing quote, where two quotes are one, and what follows.
fn quoted(text: &str) -> Result<(String, &str), Stop> {
    let mut out = String::new();
    let mut rest = text;
    loop {
        let Some((before, after)) = rest.split_once('\'') else { return fail("a quote in the pattern is not closed") };
        out.push_str(before);
        match after.strip_prefix('\'') {
            Some(more) => {
                out.push('\'');
                rest = more;
            }
            None => return Ok((out, after)),
        }
    }
}

/// Writes one part; `None` where there is no such part.
fn part(run: &str, moment: &OffsetDateTime, out: &mut String) -> Option<()> {
    let (month, weekday) = (moment.month().to_string(), moment.weekday().to_string());
    let noon = if moment.hour() < 12 { "AM" } else { "PM" };
    let hour12 = (moment.hour() + 11) % 12 + 1;
    let _ = match run {
        "YYYY" => write!(out, "{:04}", moment.year()),
        "YY" => write!(out, "{:02}", moment.year() % 100),
        "MMMM" => write!(out, "{month}"),
        "MMM" => write!(out, "{}", &month[..3]),
        "MM" => write!(out, "{:02}", u8::from(moment.month())),
        "M" => write!(out, "{}", u8::from(moment.month())),
        "DD" => write!(out, "{:02}", moment.day()),
        "D" => write!(out, "{}", moment.day()),
        "EEEE" => write!(out, "{weekday}"),
        "EEE" => write!(out, "{}", &weekday[..3]),
        "hh" => write!(out, "{:02}", moment.hour()),
        "h" => write!(out, "{}", moment.hour()),
        "HH" => write!(out, "{hour12:02}"),
        "H" => write!(out, "{hour12}"),
        "AA" => write!(out, "{noon}"),
        "aa" => write!(out, "{}", noon.to_lowercase()),
        "mm" => write!(out, "{:02}", moment.minute()),
        "m" => write!(out, "{}", moment.minute()),
        "ss" => write!(out, "{:02}", moment.second()),
        "s" => write!(out, "{}", moment.second()),
        "Z" if moment.offset().is_utc() => write!(out, "Z"),
        "ZZZ" if moment.offset().is_utc() => write!(out, "UTC"),
        "Z" | "ZZZZZ" => write!(out, "{}", offset(moment, ":")),
        "ZZZ" | "ZZZZ" => write!(out, "{}", offset(moment, "")),
        _ => return None,
    };
    Some(())
}

fn offset(moment: &OffsetDateTime, between: &str) -> String {
    let (hours, minutes, _) = moment.offset().as_hms();
    let sign = if moment.offset().is_negative() { '-' } else { '+' };
    format!("{sign}{:02}{between}{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
}
