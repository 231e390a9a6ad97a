//! Literal text of templates: escapes, and the spans of the runs between them.

use super::Literal;
use crate::source::{Source, Span};

/// How a literal is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Between quotes: backslash escapes count.
    Quoted,
    /// In a heredoc, with so many columns of indentation taken off each line.
    Heredoc { indent: usize },
}

/// The literal text at a span: runs that stand there as they are, and escapes, each with its span.
pub(super) fn literals(source: &Source, span: Span, spelling: Spelling) -> Vec<Literal> {
    let raw = source.slice(span);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut push = |from: usize, to: usize, text: &str| {
        if !text.is_empty() {
            let base = span.start as usize;
            out.push(Literal { text: text.into(), span: Span::new(source.id, base + from..base + to) });
        }
    };
    if let Spelling::Heredoc { indent } = spelling
        && starts_line(source, span)
    {
        at = dedent(raw, 0, indent);
        start = at;
    }
    while at < raw.len() {
        let Some((len, text)) = escape(raw, at, spelling) else {
            at += raw[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        push(start, at, &raw[start..at]);
        push(at, at + len, &text);
        at += len;
        start = at;
    }
    push(start, raw.len(), &raw[start..]);
    out
}

fn starts_line(source: &Source, span: Span) -> bool {
    span.start == 0 || source.text.as_bytes().get(span.start as usize - 1) == Some(&b'\n')
}

/// The byte behind at most `indent` blanks.
fn dedent(raw: &str, at: usize, indent: usize) -> usize {
    at + raw[at..].bytes().take(indent).take_while(|byte| *byte == b' ' || *byte == b'\t').count()
}

/// The escape that starts at `at`: its length and its meaning. A line's end in an indented heredoc is one too, as the
/// blanks behind it do not count.
fn escape(raw: &str, at: usize, spelling: Spelling) -> Option<(usize, String)> {
    let rest = &raw[at..];
    if rest.starts_with("$${") || rest.starts_with("%%{") {
        return Some((3, rest[1..3].to_owned()));
    }
    match spelling {
        Spelling::Heredoc { indent } if indent > 0 && rest.starts_with('\n') => {
            Some((dedent(raw, at + 1, indent) - at, "\n".to_owned()))
        }
        Spelling::Quoted if rest.starts_with('\\') => {
            let mut chars = rest[1..].chars();
            let plain = |c: char| Some((2, c.to_string()));
            match chars.next()? {
                'n' => plain('\n'),
                'r' => plain('\r'),
                't' => plain('\t'),
                '"' => plain('"'),
                '\\' => plain('\\'),
                'u' => code_point(rest, 4),
                'U' => code_point(rest, 8),
                _ => None,
            }
        }
        _ => None,
    }
}

fn code_point(rest: &str, digits: usize) -> Option<(usize, String)> {
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    Some((2 + digits, char::from_u32(code)?.to_string()))
}

/// Takes white space off the end (`~}` behind it, `${~` before it), as far as literals go.
pub(super) fn trim_end(literals: &mut Vec<Literal>) {
    while let Some(last) = literals.last_mut() {
        let kept = last.text.trim_end().len();
        if kept == 0 {
            literals.pop();
            continue;
        }
        if kept < last.text.len() {
            let exact = last.span.len() as usize == last.text.len();
            let cut = u32::try_from(last.text.len() - kept).unwrap_or(0);
            last.text = last.text[..kept].into();
            if exact {
                last.span.end -= cut;
            }
        }
        return;
    }
}

/// Takes white space off the beginning.
pub(super) fn trim_start(literals: &mut Vec<Literal>) {
    while let Some(first) = literals.first_mut() {
        let cut = first.text.len() - first.text.trim_start().len();
        if cut == first.text.len() {
            literals.remove(0);
            continue;
        }
        if cut > 0 {
            let exact = first.span.len() as usize == first.text.len();
            first.text = first.text[cut..].into();
            if exact {
                first.span.start += u32::try_from(cut).unwrap_or(0);
            }
        }
        return;
    }
}
