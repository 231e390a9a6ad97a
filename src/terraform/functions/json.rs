//! JSON text of a value, as Go writes it.

use super::{Stop, fail};
use crate::value::{Data, Piece, Text, Trail, Value, exact_number_text};
use std::fmt::Write as _;

/// Texts of more than so many pieces are one that is made here.
const MOST_PIECES: usize = 2000;

/// JSON text: keys sorted, `<`, `>` and `&` escaped. What stands in it as it is written elsewhere keeps its place.
pub(super) fn encode(value: &Value, trail: &Trail) -> Result<Text, Stop> {
    let mut out = Written { made: String::new(), pieces: Vec::new(), trail, len: 0 };
    write(value, &mut out)?;
    out.flush();
    if out.pieces.len() > MOST_PIECES {
        let whole: String = out.pieces.iter().map(Piece::text).collect();
        return Ok(Text::whole(whole.into(), trail.clone()));
    }
    Ok(Text::from_pieces(out.pieces))
}

struct Written<'t> {
    /// What was made since the last piece that comes from elsewhere.
    made: String,
    pieces: Vec<Piece>,
    trail: &'t Trail,
    len: usize,
}

impl Written<'_> {
    fn flush(&mut self) {
        if !self.made.is_empty() {
            self.len += self.made.len();
            self.pieces.push(Piece::known(std::mem::take(&mut self.made).into(), self.trail.clone()));
        }
    }

    /// The text of a value, its runs without escapes as the pieces that they are.
    fn text(&mut self, text: &Text, trail: &Trail) {
        self.made.push('"');
        let own = match text.pieces() {
            [only] if only.is_whole() => Text::whole(only.text().into(), trail.clone()),
            _ => text.clone(),
        };
        let whole = own.joined();
        let mut start = 0;
        for (at, c) in whole.char_indices() {
            if is_escaped(c) {
                self.run(&own, start..at);
                write_char(c, &mut self.made);
                start = at + c.len_utf8();
            }
        }
        self.run(&own, start..whole.len());
        self.made.push('"');
    }

    fn run(&mut self, text: &Text, range: std::ops::Range<usize>) {
        if range.is_empty() {
            return;
        }
        self.flush();
        self.len += range.len();
        self.pieces.extend(text.slice(range).pieces().iter().cloned());
    }
}

fn write(value: &Value, out: &mut Written) -> Result<(), Stop> {
    if out.len + out.made.len() > super::LONGEST_TEXT {
        return fail(super::too_large());
    }
    match &value.data {
        Data::Unknown(why) => return Err(Stop::Unknown(why.clone())),
        Data::Null => out.made.push_str("null"),
        Data::Bool(value) => out.made.push_str(if *value { "true" } else { "false" }),
        Data::Number(number) => match exact_number_text(*number) {
            Some(text) => out.made.push_str(&text),
            None => return fail(super::too_large()),
        },
        Data::Text(text) => match text.hole() {
            Some(why) => return Err(Stop::Unknown(why.clone())),
            None => out.text(text, &value.trail),
        },
        Data::List(list) => {
            if let Some(why) = &list.open {
                return Err(Stop::Unknown(why.clone()));
            }
            out.made.push('[');
            for (at, item) in list.items.iter().enumerate() {
                if at > 0 {
                    out.made.push(',');
                }
                write(&value.taken(item), out)?;
            }
            out.made.push(']');
        }
        Data::Map(map) => {
            if let Some(why) = &map.open {
                return Err(Stop::Unknown(why.clone()));
            }
            out.made.push('{');
            for (at, entry) in map.entries().iter().enumerate() {
                if at > 0 {
                    out.made.push(',');
                }
                write_text(&entry.key, &mut out.made);
                out.made.push(':');
                write(&value.taken(&entry.value), out)?;
            }
            out.made.push('}');
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    text.chars().for_each(|c| write_char(c, out));
    out.push('"');
}

fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}')
}

fn write_char(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if is_escaped(c) => {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
        c => out.push(c),
    }
}
