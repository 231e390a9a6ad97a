//! Time: what depends on the clock is unknown.

use super::{Call, Made};
use crate::value::Why;

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "timestamp" | "plantimestamp" => Ok(call.unknown(&Why::because(format!("{} depends on the clock", call.name)))),
        "formatdate" | "timeadd" | "timecmp" => {
            let why = call.args.iter().find_map(crate::value::Value::why);
            let why = why.unwrap_or_else(|| Why::because(format!("{} is not evaluated", call.name)));
            Ok(call.unknown(&why))
        }
        _ => return None,
    })
}
