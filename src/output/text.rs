//! Text for people: what is harmless to print, paths, paint, wrapping.

use crate::finding::Severity;
use std::borrow::Cow;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Colours and weights, by what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Error,
    Warning,
    Note,
    Help,
    Strong,
    Dim,
}

impl Ink {
    pub(crate) fn of(severity: Severity) -> Ink {
        match severity {
            Severity::Error => Ink::Error,
            Severity::Warning => Ink::Warning,
            Severity::Note => Ink::Note,
        }
    }

    /// The text between the ANSI codes of this ink. Ink within ink goes on after its end.
    pub(crate) fn on(self, text: &str) -> String {
        let code = match self {
            Ink::Error => "31",
            Ink::Warning => "33",
            Ink::Note | Ink::Help => "36",
            Ink::Strong => "1",
            Ink::Dim => "2",
        };
        let inner = text.replace("\u{1b}[0m", &format!("\u{1b}[0;{code}m"));
        format!("\u{1b}[{code}m{inner}\u{1b}[0m")
    }
}

/// Each character of a text with its offset, one harmless character for each: nothing moves the cursor, turns the
/// writing direction round, hides, or is a command to the log of Azure Pipelines. Tabs stay.
pub(crate) fn neutral(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().map(|(at, c)| {
        let shown = match c {
            '\t' => c,
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
            '\u{7f}' => '\u{2421}',
            '#' if starts_command(&text.as_bytes()[at..]) => '\u{266f}',
            c if is_invisible(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        };
        (at, shown)
    })
}

/// `##vso[task.setvariable ...]` and `##[error]` act wherever they stand in a line.
fn starts_command(rest: &[u8]) -> bool {
    let is = |word: &[u8]| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    is(b"##[") || is(b"##vso[")
}

/// Control characters above ASCII, and formatting characters that turn, hide or break a line.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Makes text from linted files fit to stand within a line of a terminal or a log.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let plain = |byte: u8| (0x20..0x7f).contains(&byte) && byte != b'#';
    if text.bytes().all(plain) && !text.contains("::") {
        return Cow::Borrowed(text);
    }
    let clean: String = neutral(text).map(|(_, c)| if c == '\t' { ' ' } else { c }).collect();
    Cow::Owned(without_colon_commands(&clean))
}

/// A path to stand at the start of a line, where `::name::` would be a command to the log of GitHub Actions.
pub(crate) fn harmless_path(path: &str) -> String {
    harmless(path).into_owned()
}

/// `::error::` acts at the start of a line, and wrapping can put any word there.
fn without_colon_commands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fresh = true;
    let last = text.rfind("::").unwrap_or(0);
    for (at, c) in text.char_indices() {
        let command = fresh && at + 2 <= last && text[at..].starts_with("::");
        out.push(if command { '\u{2236}' } else { c });
        fresh = c.is_whitespace();
    }
    out
}

/// Makes serialized JSON fit for a terminal and a log: what [`neutral`] would replace stands as an escape, so that
/// readers of the JSON see no difference.
pub(crate) fn harmless_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for ((_, shown), c) in neutral(json).zip(json.chars()) {
        if shown == c || c == '\n' {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., end] => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// Breaks a text between words to lines of at most `width` columns; all but the first are indented, and the first is
/// taken to start at the indent.
pub(crate) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for word in text.split_whitespace() {
        let needed = word.width();
        if column > indent && column + 1 + needed > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if column > indent {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += needed;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_a_file_steers_a_terminal_or_a_log() {
        let shown = |text: &'static str| harmless(text).into_owned();
        assert_eq!(shown("a\u{1b}[31mb\r\nc\td"), "a␛[31mb␍␊c d");
        assert_eq!(shown("ab\u{202e}cd\u{9b}"), "ab\u{fffd}cd\u{fffd}");
        assert_eq!(
            shown("x ##VSO[task.setvariable a=b]y ##[error] #[x]"),
            "x ♯#VSO[task.setvariable a=b]y ♯#[error] #[x]"
        );
        assert_eq!(shown("::error::x a::b:: ::warning file=x::y"), "∶:error::x a::b:: ∶:warning file=x::y");
        assert_eq!(shown("the route ::/0"), "the route ::/0");
        assert_eq!(harmless_json("\"##vso[ \u{202e} \u{e0041}\"\n"), "\"\\u0023#vso[ \\u202e \\udb40\\udc41\"\n");
    }

    #[test]
    fn sentences_wrap_between_words() {
        assert_eq!(wrap("one two three four", 12, 4), "one two\n    three\n    four");
        assert_eq!(wrap("averyveryverylongword x", 10, 2), "averyveryverylongword\n  x");
    }
}
