//! Literal text of templates: escapes, and the spans of the runs between them.

use super::Literal;
use crate::source::Span;
use std::ops::Range;

/// How a literal is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling<'a> {
    /// Between quotes: backslash escapes count.
    Quoted,
    /// In a heredoc, with so many columns of indentation taken off the lines that start at these bytes.
    Heredoc { indent: usize, lines: &'a [usize] },
}

impl Spelling<'_> {
    /// In a file, or in a heredoc that keeps its indentation.
    pub(super) const PLAIN: Spelling<'static> = Spelling::Heredoc { indent: 0, lines: &[] };

    /// The columns to take off what starts at a byte.
    fn indent_at(self, at: usize) -> usize {
        match self {
            Spelling::Heredoc { indent, lines } if lines.binary_search(&at).is_ok() => indent,
            _ => 0,
        }
    }
}

/// The indentation that `<<-` takes off, and the lines that it takes it off from. A line counts where a template's
/// token starts it: not behind a line's end that `~}` took away.
#[derive(Debug)]
pub(super) struct Indentation {
    pub indent: usize,
    pub lines: Vec<usize>,
    at_line_start: bool,
}

impl Indentation {
    pub(super) fn new() -> Indentation {
        Indentation { indent: usize::MAX, lines: Vec::new(), at_line_start: true }
    }

    /// A `${ }` or `%{ }`.
    pub(super) fn sequence(&mut self) {
        if std::mem::take(&mut self.at_line_start) {
            self.indent = 0;
        }
    }

    /// Literal text, which starts at byte `start`, with white space to be trimmed off its first and last line.
    pub(super) fn literal(&mut self, raw: &str, start: usize, trim: (bool, bool)) {
        let lines: Vec<&str> = raw.split_inclusive('\n').collect();
        let mut at = start;
        for (number, line) in lines.iter().enumerate() {
            let mut left = *line;
            if number == 0 && trim.0 {
                left = left.trim_start();
            }
            if number + 1 == lines.len() && trim.1 {
                left = left.trim_end();
            }
            if std::mem::replace(&mut self.at_line_start, left.ends_with('\n')) {
                let blank = left.trim_start().is_empty() && left.ends_with('\n');
                if !blank {
                    self.indent = self.indent.min(left.chars().take_while(|c| c.is_whitespace()).count());
                    self.lines.push(at);
                }
            }
            at += line.len();
        }
    }
}

/// The literal text in a range of a text: runs that stand there as they are, and escapes, each with its span.
pub(super) fn literals(
    text: &str,
    range: Range<usize>,
    spelling: Spelling<'_>,
    span: impl Fn(Range<usize>) -> Span,
) -> Vec<Literal> {
    let raw = text.get(range.clone()).unwrap_or("");
    let mut out = Vec::new();
    let mut push = |from: usize, to: usize, text: &str| {
        if !text.is_empty() {
            out.push(Literal { text: text.into(), span: span(range.start + from..range.start + to) });
        }
    };
    let mut at = dedent(raw, 0, spelling.indent_at(range.start));
    let mut start = at;
    while at < raw.len() {
        let Some((len, text)) = escape(raw, at, spelling, range.start) else {
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

/// The byte behind at most `indent` blanks.
fn dedent(raw: &str, at: usize, indent: usize) -> usize {
    at + raw[at..].bytes().take(indent).take_while(|byte| *byte == b' ' || *byte == b'\t').count()
}

/// The escape that starts at `at`: its length and its meaning. A line's end in an indented heredoc is one too, as the
/// blanks behind it do not count.
fn escape(raw: &str, at: usize, spelling: Spelling<'_>, base: usize) -> Option<(usize, String)> {
    let rest = &raw[at..];
    if rest.starts_with("$${") || rest.starts_with("%%{") {
        return Some((3, rest[1..3].to_owned()));
    }
    match spelling {
        Spelling::Heredoc { .. } if rest.starts_with('\n') => {
            let indent = spelling.indent_at(base + at + 1);
            (indent > 0).then(|| (dedent(raw, at + 1, indent) - at, "\n".to_owned()))
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

/// Takes white space off the end (`~}` behind it, `${~` before it): between quotes as far as literals go, elsewhere
/// off the last line, its end included.
pub(super) fn trim_end(literals: &mut Vec<Literal>, spelling: Spelling<'_>) {
    let mut in_last_line = false;
    while let Some(last) = literals.last_mut() {
        let line = match spelling {
            Spelling::Quoted => 0,
            Spelling::Heredoc { .. } => {
                let ended = last.text.strip_suffix('\n').filter(|_| !in_last_line).map_or(&*last.text, |rest| rest);
                ended.rfind('\n').map_or(0, |at| at + 1)
            }
        };
        if in_last_line && spelling != Spelling::Quoted && last.text.ends_with('\n') {
            return;
        }
        in_last_line = true;
        let kept = line + last.text[line..].trim_end().len();
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

/// Takes white space off the beginning: between quotes as far as literals go, elsewhere off the first line, its end
/// included.
pub(super) fn trim_start(literals: &mut Vec<Literal>, spelling: Spelling<'_>) {
    while let Some(first) = literals.first_mut() {
        let line = match spelling {
            Spelling::Quoted => first.text.len(),
            Spelling::Heredoc { .. } => first.text.find('\n').map_or(first.text.len(), |at| at + 1),
        };
        let ends_line = first.text[..line].ends_with('\n') && matches!(spelling, Spelling::Heredoc { .. });
        let cut = line - first.text[..line].trim_start().len();
        if cut == first.text.len() {
            literals.remove(0);
            if ends_line {
                return;
            }
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
