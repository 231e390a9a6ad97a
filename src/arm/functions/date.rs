//! Dates.

use super::Given;
use crate::arm::eval::{Fail, Outcome, mistake};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime, UtcOffset};

pub(super) fn call(call: &Given) -> Option<Outcome> {
    Some(match call.name {
        "datetimeadd" => add(call),
        "datetimetoepoch" => call.count(1..=1).and_then(|()| call.made_int(moment(call)?.unix_timestamp())),
        "datetimefromepoch" => from_epoch(call),
        _ => return None,
    })
}

fn moment(call: &Given) -> Result<OffsetDateTime, Fail> {
    let text = call.text(0)?;
    let parsed = OffsetDateTime::parse(&text, &Rfc3339).ok();
    let parsed = parsed.or_else(|| OffsetDateTime::parse(&format!("{text}Z"), &Rfc3339).ok());
    let parsed = parsed.or_else(|| OffsetDateTime::parse(&format!("{}Z", text.replace(' ', "T")), &Rfc3339).ok());
    let parsed = parsed.or_else(|| OffsetDateTime::parse(&format!("{text}T00:00:00Z"), &Rfc3339).ok());
    let parsed = parsed.or_else(|| OffsetDateTime::parse(&spread(&text)?, &Rfc3339).ok());
    parsed.ok_or_else(|| Fail::Mistake(format!("{text:?} is no date")))
}

/// `20200101T000000Z` with its signs.
fn spread(text: &str) -> Option<String> {
    let part = |range: std::ops::Range<usize>| text.get(range);
    let (date, time) = (part(0..8)?, part(9..15)?);
    let digits = date.bytes().chain(time.bytes()).all(|byte| byte.is_ascii_digit());
    digits.then(|| {
        let (day, hour) =
            ([&date[..4], &date[4..6], &date[6..]].join("-"), [&time[..2], &time[2..4], &time[4..]].join(":"));
        format!("{day}T{hour}Z")
    })
}

fn from_epoch(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let seconds = match call.whole(0)?.as_str() {
        Some(text) => text.parse().map_err(|_| Fail::Mistake(format!("{text:?} is no number of seconds")))?,
        None => call.int(0)?,
    };
    match OffsetDateTime::from_unix_timestamp(seconds) {
        Ok(moment) => written(call, moment),
        Err(_) => mistake("the time is out of range"),
    }
}

fn written(call: &Given, moment: OffsetDateTime) -> Outcome {
    // The engine drops the offset.
    let whole = moment.replace_offset(UtcOffset::UTC).replace_nanosecond(0).unwrap_or(moment);
    match whole.format(&Rfc3339) {
        Ok(text) => call.made_text(text),
        Err(_) => mistake("the time is out of range"),
    }
}

fn add(call: &Given) -> Outcome {
    call.count(2..=3)?;
    let moment = moment(call)?;
    let text = call.text(1)?;
    let Some(seconds) = duration(&text) else { return mistake(format!("{text:?} is no duration")) };
    let Some(sum) = moment.checked_add(Duration::seconds(seconds)) else { return mistake("the time is out of range") };
    if call.args.len() == 3 {
        return custom(call, &call.text(2)?, sum.to_offset(UtcOffset::UTC));
    }
    written(call, sum)
}

const DAY: i64 = 86_400;

/// Seconds of an ISO 8601 duration: a year has 365 days, a month 30.
fn duration(text: &str) -> Option<i64> {
    let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let rest = rest.strip_prefix('P')?;
    let (date, time) = rest.split_once('T').map_or((rest, None), |(date, time)| (date, Some(time)));
    let units = |text: &str, known: &[(char, i64)]| -> Option<i64> {
        let mut sum = 0_i64;
        let mut rest = text;
        while !rest.is_empty() {
            let at = rest.find(|c: char| !c.is_ascii_digit())?;
            let count: i64 = rest[..at].parse().ok()?;
            let unit = rest[at..].chars().next()?;
            let (_, seconds) = known.iter().find(|(letter, _)| *letter == unit)?;
            sum = sum.checked_add(count.checked_mul(*seconds)?)?;
            rest = &rest[at + 1..];
        }
        Some(sum)
    };
    let days = units(date, &[('Y', 365 * DAY), ('M', 30 * DAY), ('D', DAY)])?;
    let hours = match time {
        Some("") => return None,
        Some(time) => units(time, &[('H', 3600), ('M', 60), ('S', 1)])?,
        None if date.is_empty() => return None,
        None => 0,
    };
    Some(sign * (days + hours))
}

/// .NET's custom formats, as far as templates use them.
fn custom(call: &Given, pattern: &str, moment: OffsetDateTime) -> Outcome {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let len = rest.find(|c| c != first).unwrap_or(rest.len());
        let (run, after) = rest.split_at(len);
        rest = after;
        let month = moment.month().to_string();
        out.push_str(&match run {
            "yyyy" => format!("{:04}", moment.year()),
            "yy" => format!("{:02}", moment.year() % 100),
            "MMMM" => month,
            "MMM" => month[..3].to_owned(),
            "MM" => format!("{:02}", u8::from(moment.month())),
            "dd" => format!("{:02}", moment.day()),
            "HH" => format!("{:02}", moment.hour()),
            "mm" => format!("{:02}", moment.minute()),
            "ss" => format!("{:02}", moment.second()),
            other if !first.is_ascii_alphabetic() || matches!(first, 'T' | 'Z') => other.to_owned(),
            "u" if pattern == "u" => {
                let date = moment.date();
                format!("{date} {:02}:{:02}:{:02}Z", moment.hour(), moment.minute(), moment.second())
            }
            other => return mistake(format!("kmslint does not know the format {other}")),
        });
    }
    call.made_text(out)
}
