//! The functions of Terraform 1.11, one family a file.
//!
//! Elements keep their trails: what goes through `concat` or `flatten` can still be found where it is written. A
//! function whose result depends on something unknown gives an unknown; two calls of one function on the same unknowns
//! are equal.

use crate::source::{Source, Span};
use crate::terraform::types::{self, Type};
use crate::value::{Data, List, Map, Piece, Text, Trail, Value, Why};
use std::rc::Rc;
use std::sync::Arc;

mod collection;
mod convert;
mod encoding;
mod files;
mod format;
mod hash;
mod json;
mod network;
mod number;
mod set;
mod text;
mod time;

pub(super) use number::rounded;

/// What functions may read.
pub trait Host {
    /// A file, relative to the root module.
    fn read(&self, path: &str) -> Result<Arc<Source>, String>;
    /// Whether a file is there.
    fn exists(&self, path: &str) -> Result<bool, String>;
    /// All files below a folder, relative to it, with `/`.
    fn list(&self, dir: &str) -> Result<Vec<String>, String>;
}

/// A call with its arguments evaluated.
pub struct Call<'a> {
    pub name: &'a str,
    /// The whole call.
    pub at: Span,
    pub args: Vec<Value>,
    pub host: &'a dyn Host,
}

/// A text that a function makes is at most this long, in bytes.
const LONGEST_TEXT: usize = 1 << 20;
/// A list that a function makes has at most this many elements.
const LONGEST_LIST: usize = 100_000;
/// The name of an unknown grows no longer than this, in bytes.
const LONGEST_ORIGIN: usize = 1000;

/// Why a call has no known value.
enum Stop {
    Fail(String),
    Unknown(Why),
}

type Made = Result<Value, Stop>;

fn fail<T>(message: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Fail(message.into()))
}

/// The value of a call; `None` where there is no such function. An error that begins with "too large" is a limit of
/// kmslint, not a mistake in the code.
pub fn call(call: &Call) -> Option<Result<Value, String>> {
    let families = [
        collection::call,
        set::call,
        text::call,
        format::call,
        convert::call,
        encoding::call,
        network::call,
        number::call,
        files::call,
        hash::call,
        time::call,
    ];
    let made = families.iter().find_map(|family| family(call))?;
    Some(match made {
        Ok(value) => within_limits(value),
        Err(Stop::Fail(message)) => Err(message),
        Err(Stop::Unknown(why)) => Ok(call.unknown(&why)),
    })
}

fn within_limits(value: Value) -> Result<Value, String> {
    match &value.data {
        Data::Text(text) if text.pieces().iter().map(|piece| piece.text().len()).sum::<usize>() > LONGEST_TEXT => {
            Err(too_large())
        }
        Data::List(list) if list.items.len() > LONGEST_LIST => Err(too_large()),
        _ => Ok(value),
    }
}

fn too_large() -> String {
    "too large: the result is more than kmslint evaluates".to_owned()
}

impl Call<'_> {
    /// Made here of the arguments.
    fn trail(&self) -> Trail {
        let inputs: Vec<Trail> = self.args.iter().map(|arg| arg.trail.clone()).collect();
        Trail::computed(self.at, &inputs)
    }

    /// The result where something is not known: the same for the same call on the same unknowns.
    fn unknown(&self, why: &Why) -> Value {
        let identities: Option<Vec<String>> = self.args.iter().map(Value::identity).collect();
        let origin = identities.map(|parts| format!("{}({})", self.name, parts.join(", ")));
        let why = match origin.filter(|origin| origin.len() < LONGEST_ORIGIN) {
            Some(origin) => Why::named(origin, why.text()),
            None => Why::because(why.text()),
        };
        Value::unknown(why, self.trail())
    }

    fn arg(&self, at: usize) -> Result<&Value, Stop> {
        self.args.get(at).ok_or_else(|| Stop::Fail(format!("{} takes more arguments", self.name)))
    }

    fn no_more_than(&self, count: usize) -> Result<(), Stop> {
        if self.args.len() > count { fail(format!("{} takes at most {count} arguments", self.name)) } else { Ok(()) }
    }

    /// An argument as a type, not null.
    fn converted(&self, at: usize, ty: &Type) -> Made {
        let value = types::convert(self.arg(at)?, ty).map_err(Stop::Fail)?;
        match &value.data {
            Data::Null => fail("the argument must not be null"),
            Data::Unknown(why) => Err(Stop::Unknown(why.clone())),
            _ => Ok(value),
        }
    }

    /// An argument as text, which may have holes.
    fn pieces(&self, at: usize) -> Result<(Text, Trail), Stop> {
        let value = self.converted(at, &Type::String)?;
        match value.data {
            Data::Text(text) => Ok((text, value.trail)),
            _ => fail("the argument must be a string"),
        }
    }

    /// An argument as text that is wholly known.
    fn text(&self, at: usize) -> Result<Rc<str>, Stop> {
        let (text, _) = self.pieces(at)?;
        match (text.known(), text.hole()) {
            (Some(known), _) => Ok(known),
            (None, Some(why)) => Err(Stop::Unknown(why.clone())),
            (None, None) => fail("the argument must be a string"),
        }
    }

    fn number(&self, at: usize) -> Result<f64, Stop> {
        let value = self.converted(at, &Type::Number)?;
        value.as_number().ok_or_else(|| Stop::Fail("the argument must be a number".to_owned()))
    }

    /// A whole number.
    fn integer(&self, at: usize) -> Result<i64, Stop> {
        let number = self.number(at)?;
        #[allow(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
        if number.fract() == 0.0 && number.abs() < 9e15 {
            Ok(number as i64)
        } else {
            fail("a whole number is required")
        }
    }

    /// A list, set or tuple.
    fn list(&self, at: usize) -> Result<(&Value, &Rc<List>), Stop> {
        let value = self.arg(at)?;
        match &value.data {
            Data::List(list) => Ok((value, list)),
            Data::Unknown(why) => Err(Stop::Unknown(why.clone())),
            Data::Null => fail("the argument must not be null"),
            _ => fail(format!("a list is required, and {} is given", types::kind_name(value))),
        }
    }

    /// A list of which every element is there.
    fn closed_list(&self, at: usize) -> Result<(&Value, &Rc<List>), Stop> {
        let (value, list) = self.list(at)?;
        match &list.open {
            Some(why) => Err(Stop::Unknown(why.clone())),
            None => Ok((value, list)),
        }
    }

    fn map(&self, at: usize) -> Result<(&Value, &Rc<Map>), Stop> {
        let value = self.arg(at)?;
        match &value.data {
            Data::Map(map) => Ok((value, map)),
            Data::Unknown(why) => Err(Stop::Unknown(why.clone())),
            Data::Null => fail("the argument must not be null"),
            _ => fail(format!("a map is required, and {} is given", types::kind_name(value))),
        }
    }

    /// A text made here.
    fn made(&self, text: impl Into<Rc<str>>) -> Value {
        Value::text(text, self.trail())
    }

    /// A text that is a part or a spelling of an argument: with the argument's trail where it is one piece.
    fn same_text(&self, text: Text, of: &Trail) -> Value {
        let trail = if text.pieces().len() == 1 { of.clone() } else { self.trail() };
        Value::pieces(text, trail)
    }
}

/// A value as pieces of a text. Null cannot be put into one.
fn pieces_of(value: &Value) -> Result<Vec<Piece>, Stop> {
    let text = types::convert(value, &Type::String).map_err(Stop::Fail)?;
    match &text.data {
        Data::Text(text) => Ok(match text.pieces() {
            [only] if only.is_whole() => vec![Piece::known(only.text().into(), value.trail.clone())],
            pieces => pieces.to_vec(),
        }),
        Data::Unknown(why) => Ok(vec![Piece::hole(why.clone(), value.trail.clone())]),
        _ => fail("null cannot be put into a text"),
    }
}
