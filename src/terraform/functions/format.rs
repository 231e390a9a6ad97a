//! `format` and `formatlist`: the verbs of Go's fmt that Terraform takes.

use super::{Call, Made, Stop, fail, pieces_of};
use crate::terraform::types::{self, Type};
use crate::value::{Data, ListKind, Piece, Text, Value, Why, number_text};

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "format" => format(call, &call.args),
        "formatlist" => formatlist(call),
        _ => return None,
    })
}

fn format(call: &Call, args: &[Value]) -> Made {
    let Some((pattern, args)) = args.split_first() else { return fail("format takes a pattern") };
    let pattern = types::convert(pattern, &Type::String).map_err(Stop::Fail)?;
    let Some(known) = pattern.as_str() else {
        return match pattern.why() {
            Some(why) => Err(Stop::Unknown(why)),
            None => fail("the pattern must not be null"),
        };
    };
    let Data::Text(text) = &pattern.data else { return fail("the pattern must be a string") };
    let mut pieces: Vec<Piece> = Vec::new();
    let literal = |from: usize, to: usize, pieces: &mut Vec<Piece>| {
        if from < to {
            pieces.extend(text.slice(from..to).pieces().iter().cloned());
        }
    };
    let (mut at, mut start, mut next) = (0, 0, 0);
    while let Some(found) = known[at..].find('%') {
        let verb_at = at + found;
        literal(start, verb_at, &mut pieces);
        let verb = Verb::read(&known[verb_at + 1..])?;
        at = verb_at + 1 + verb.length;
        start = at;
        if verb.letter == '%' {
            pieces.push(Piece::known("%".into(), call.trail()));
            continue;
        }
        let index = verb.index.unwrap_or(next);
        next = index + 1;
        let Some(arg) = args.get(index) else { return fail("format has fewer arguments than verbs") };
        verb.put(call, arg, &mut pieces)?;
    }
    literal(start, known.len(), &mut pieces);
    if next < args.len() && !known.contains("%[") {
        return fail("format has more arguments than verbs");
    }
    Ok(Value::pieces(Text::from_pieces(pieces), call.trail()))
}

/// `%-08.3[2]d`
struct Verb {
    minus: bool,
    plus: bool,
    zero: bool,
    space: bool,
    sharp: bool,
    width: usize,
    precision: Option<usize>,
    /// From 0.
    index: Option<usize>,
    letter: char,
    /// In bytes, behind the percent sign.
    length: usize,
}

impl Verb {
    fn read(text: &str) -> Result<Verb, Stop> {
        const WIDEST: usize = 10_000;
        let mut verb = Verb {
            minus: false,
            plus: false,
            zero: false,
            space: false,
            sharp: false,
            width: 0,
            precision: None,
            index: None,
            letter: ' ',
            length: 0,
        };
        let mut rest = text;
        while let Some(flag) = rest.chars().next().filter(|c| "-+0 #".contains(*c)) {
            match flag {
                '-' => verb.minus = true,
                '+' => verb.plus = true,
                '0' => verb.zero = true,
                ' ' => verb.space = true,
                _ => verb.sharp = true,
            }
            rest = &rest[1..];
        }
        let digits = |rest: &mut &str| {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (number, behind) = rest.split_at(end);
            *rest = behind;
            number.parse::<usize>().ok()
        };
        verb.width = digits(&mut rest).unwrap_or(0);
        if let Some(behind) = rest.strip_prefix('.') {
            rest = behind;
            verb.precision = Some(digits(&mut rest).unwrap_or(0));
        }
        if let Some(behind) = rest.strip_prefix('[') {
            rest = behind;
            verb.index = digits(&mut rest).and_then(|index| index.checked_sub(1));
            rest = rest.strip_prefix(']').ok_or_else(|| Stop::Fail("the pattern has an open bracket".to_owned()))?;
        }
        let Some(letter) = rest.chars().next() else { return fail("the pattern ends behind a percent sign") };
        if verb.width > WIDEST || verb.precision.is_some_and(|precision| precision > WIDEST) {
            return fail("too large: a width of more than 10,000");
        }
        verb.letter = letter;
        verb.length = text.len() - rest.len() + letter.len_utf8();
        Ok(verb)
    }

    fn put(&self, call: &Call, arg: &Value, out: &mut Vec<Piece>) -> Result<(), Stop> {
        // Terraform gives an unknown for null here.
        if arg.is_null() && "sv".contains(self.letter) && !matches!(arg.data, Data::Unknown(_)) {
            return Err(Stop::Unknown(Why::because("format was given null")));
        }
        if let Some(why) = arg.any_why()
            && !matches!(arg.data, Data::Text(_))
        {
            out.push(Piece::hole(why, arg.trail.clone()));
            return Ok(());
        }
        let plain = self.width == 0 && self.precision.is_none();
        let made = match self.letter {
            's' | 'v' if plain && !matches!(arg.data, Data::List(_) | Data::Map(_)) => {
                out.extend(pieces_of(arg)?);
                return Ok(());
            }
            's' => self.cut(&text_of(arg)?),
            'v' => match &arg.data {
                Data::List(_) | Data::Map(_) => super::json::encode(arg, &arg.trail)?.joined(),
                _ => text_of(arg)?,
            },
            'q' => go_quoted(&text_of(arg)?),
            't' => {
                let value = types::convert(arg, &Type::Bool).map_err(Stop::Fail)?;
                value.as_bool().map_or_else(|| fail("a bool is required"), |yes| Ok(yes.to_string()))?
            }
            'd' | 'b' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'g' | 'G' => self.number(arg)?,
            other => return fail(format!("the pattern has an unknown verb %{other}")),
        };
        out.push(Piece::known(self.padded(made).into(), call.trail()));
        Ok(())
    }

    fn cut(&self, text: &str) -> String {
        self.precision.map_or_else(|| text.to_owned(), |most| text.chars().take(most).collect())
    }

    fn padded(&self, text: String) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        if missing == 0 {
            return text;
        }
        if self.minus {
            return text + &" ".repeat(missing);
        }
        if self.zero && !"sqv".contains(self.letter) {
            let sign = text.find(|c: char| c != '-' && c != '+').unwrap_or(0);
            return format!("{}{}{}", &text[..sign], "0".repeat(missing), &text[sign..]);
        }
        " ".repeat(missing) + &text
    }

    fn number(&self, arg: &Value) -> Result<String, Stop> {
        let value = types::convert(arg, &Type::Number).map_err(Stop::Fail)?;
        let Some(number) = value.as_number() else { return fail("a number is required") };
        let text = match self.letter {
            'f' => format!("{number:.*}", self.precision.unwrap_or(6)),
            'e' | 'E' => {
                let text = exponent(number, self.precision.unwrap_or(6));
                if self.letter == 'E' { text.to_uppercase() } else { text }
            }
            'g' | 'G' => number_text(number),
            letter => {
                if number.fract() != 0.0 {
                    return fail("a whole number is required");
                }
                if number.abs() >= 9e15 {
                    return fail(super::too_large());
                }
                #[allow(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
                let whole = number as i64;
                let magnitude = whole.unsigned_abs();
                let digits = match letter {
                    'b' => format!("{magnitude:b}"),
                    'o' => format!("{magnitude:o}"),
                    'x' => format!("{magnitude:x}"),
                    'X' => format!("{magnitude:X}"),
                    _ => magnitude.to_string(),
                };
                let digits = format!("{}{digits}", if self.sharp && "xX".contains(letter) { "0x" } else { "" });
                if whole < 0 { format!("-{digits}") } else { digits }
            }
        };
        let sign = if number < 0.0 {
            ""
        } else if self.plus {
            "+"
        } else if self.space {
            " "
        } else {
            ""
        };
        Ok(format!("{sign}{text}"))
    }
}

fn text_of(arg: &Value) -> Result<String, Stop> {
    let text = types::convert(arg, &Type::String).map_err(Stop::Fail)?;
    match (text.as_str(), text.why()) {
        (Some(text), _) => Ok(text.to_string()),
        (None, Some(why)) => Err(Stop::Unknown(why)),
        (None, None) => fail("null cannot be formatted"),
    }
}

/// Go writes at least two digits of the exponent.
fn exponent(number: f64, precision: usize) -> String {
    let text = format!("{number:.precision$e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => {
            let (sign, digits) = exponent.strip_prefix('-').map_or(('+', exponent), |digits| ('-', digits));
            format!("{mantissa}e{sign}{digits:0>2}")
        }
        None => text,
    }
}

fn go_quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// `format` for each element; arguments that are no lists are repeated.
fn formatlist(call: &Call) -> Made {
    let mut length: Option<usize> = None;
    for arg in &call.args {
        match &arg.data {
            Data::List(list) => {
                if let Some(why) = &list.open {
                    return Err(Stop::Unknown(why.clone()));
                }
                if length.is_some_and(|known| known != list.items.len()) {
                    return fail("formatlist takes lists of one length");
                }
                length = Some(list.items.len());
            }
            Data::Unknown(why) => return Err(Stop::Unknown(why.clone())),
            _ => {}
        }
    }
    let row = |at: usize| {
        let args: Vec<Value> = call.args.iter().map(|arg| arg.item(at).unwrap_or_else(|| arg.clone())).collect();
        format(call, &args)
    };
    let items: Result<Vec<Value>, Stop> = (0..length.unwrap_or(1)).map(row).collect();
    Ok(Value::list(ListKind::List, items?, call.trail()))
}
