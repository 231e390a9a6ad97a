//! How siblings are written behind an element: as the element itself is.

use super::{Element, ElementKind};
use std::ops::Range;

/// The edits, as places and texts, that write siblings behind an element.
pub fn behind(text: &str, element: &Element, siblings: &[String]) -> Vec<(Range<usize>, String)> {
    let Range { start, end } = element.range;
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let line_end = if text[..line_end].ends_with('\r') && line_end > end { line_end - 1 } else { line_end };
    let eol = line_end_at(text, end);
    let indent: String = text[line_start..].chars().take_while(|c| *c == ' ' || *c == '\t').collect();
    let rest = text[end..line_end].trim();
    let (comma, rest) = rest.strip_prefix(',').map_or((false, rest), |rest| (true, rest.trim()));
    let alone = text[line_start..start].trim().is_empty()
        && (rest.is_empty() || ["#", "//"].iter().any(|sign| rest.starts_with(sign)));
    if element.kind == ElementKind::Line {
        let all = siblings.iter().map(|sibling| format!("{eol}{indent}{sibling}")).collect();
        return vec![(line_end..line_end, all)];
    }
    if element.kind == ElementKind::Block {
        let gap = if is_spaced(text, line_start, line_end) {
            format!("{eol}{eol}{indent}")
        } else {
            eol.to_owned() + &indent
        };
        let all: String = siblings.iter().map(|sibling| format!("{gap}{sibling}")).collect();
        return vec![(line_end..line_end, all)];
    }
    if matches!(element.kind, ElementKind::Dash | ElementKind::Key) {
        let before = &text[line_start..start];
        let lead = match before.rfind('-').filter(|_| element.kind == ElementKind::Dash) {
            Some(dash) => " ".repeat(dash) + &before[dash..],
            None => " ".repeat(before.chars().count()),
        };
        let all = siblings.iter().map(|sibling| format!("{eol}{lead}{sibling}")).collect();
        return vec![(line_end..line_end, all)];
    }
    if !alone {
        let all: String = siblings.iter().map(|sibling| format!(", {sibling}")).collect();
        let added = all.chars().count();
        let mut edits = vec![(end..end, all)];
        edits.extend(realigned(text, line_start, &|start| if start == line_start { added } else { 0 }));
        return edits;
    }
    let lines = |each: &str, last: &str| -> String {
        let line = |(at, sibling): (usize, &String)| {
            format!("{eol}{indent}{sibling}{}", if at + 1 == siblings.len() { last } else { each })
        };
        siblings.iter().enumerate().map(line).collect()
    };
    if element.kind == ElementKind::Entry && !text[start..end].contains('\n') {
        return entries(text, line_start, line_end, siblings, if comma { "," } else { "" });
    }
    let mut edits = match (element.kind, comma) {
        (_, true) => vec![(line_end..line_end, lines(",", ","))],
        (ElementKind::Entry, false) => vec![(line_end..line_end, lines("", ""))],
        (_, false) if line_end == end => vec![(end..end, format!(",{}", lines(",", "")))],
        (_, false) => vec![(end..end, ",".to_owned()), (line_end..line_end, lines(",", ""))],
    };
    if comma {
        edits.extend(parted(text, text[..end].rfind('\n').map_or(0, |at| at + 1)));
    }
    edits
}

/// The lines around one, with it, that follow one another and end in comments which line up: those up to it and those
/// behind it, each with where its comment begins in it. None where they do not stand as `terraform fmt` puts them.
fn commented(text: &str, line_start: usize) -> Option<[Vec<(usize, usize)>; 2]> {
    let comment = |start: usize| comment_in(text[start..].lines().next().unwrap_or_default()).map(|at| (start, at));
    let (_, column) = comment(line_start)?;
    let before = std::iter::successors(Some(line_start), |start| {
        let end = start.checked_sub(1)?;
        Some(text[..end].rfind('\n').map_or(0, |at| at + 1))
    });
    let behind = std::iter::successors(Some(line_start), |start| text[*start..].find('\n').map(|at| start + at + 1));
    let in_line = |start: usize| comment(start).filter(|(_, at)| *at == column);
    let before: Vec<_> = before.map_while(in_line).collect();
    let behind: Vec<_> = behind.skip(1).map_while(in_line).collect();
    let shown = text[line_start..line_start + column].chars().count();
    let widest = before.iter().chain(&behind).map(|line| width(text, *line)).max()?;
    (widest == shown && !text[line_start..line_start + column].trim().is_empty()).then_some([before, behind])
}

/// The column of a comment that stands one blank behind the code of its line.
fn width(text: &str, (start, at): (usize, usize)) -> usize {
    text[start..start + at].trim_end().chars().count() + 1
}

/// The edits that put a comment so many columns further to the right or left.
fn moved(text: &str, (start, at): (usize, usize), to: usize) -> Option<(Range<usize>, String)> {
    let end = start + at;
    let shown = text[start..end].chars().count();
    match to.cmp(&shown) {
        std::cmp::Ordering::Less => Some((end - (shown - to)..end, String::new())),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some((end..end, " ".repeat(to - shown))),
    }
}

/// Where new lines come between, the comments before those and those behind line up by themselves.
fn parted(text: &str, line_start: usize) -> Vec<(Range<usize>, String)> {
    let Some(groups) = commented(text, line_start) else { return Vec::new() };
    let mut out = Vec::new();
    for lines in groups {
        let to = lines.iter().map(|line| width(text, *line)).max().unwrap_or(0);
        out.extend(lines.iter().filter_map(|line| moved(text, *line, to)));
    }
    out
}

/// Where lines become longer, by as much as `grown` says of the one at a place, their comments still line up.
pub fn realigned(text: &str, line_start: usize, grown: &dyn Fn(usize) -> usize) -> Vec<(Range<usize>, String)> {
    let Some(groups) = commented(text, line_start) else { return Vec::new() };
    let lines = groups.concat();
    let to = lines.iter().map(|line| width(text, *line) + grown(line.0)).max().unwrap_or(0);
    lines.iter().filter_map(|line| moved(text, *line, to - grown(line.0))).collect()
}

/// Where the comment begins that ends a line, in bytes.
fn comment_in(line: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            '#' if !quoted => return Some(at),
            '/' if !quoted && line[at..].starts_with("//") => return Some(at),
            _ => {}
        }
    }
    None
}

/// Entries on lines of their own, whose equals signs line up.
fn entries(
    text: &str,
    line_start: usize,
    line_end: usize,
    siblings: &[String],
    end: &str,
) -> Vec<(Range<usize>, String)> {
    let eol = line_end_at(text, line_start);
    let line = &text[line_start..line_end];
    let indent = line.len() - line.trim_start().len();
    let key = |entry: &str| entry.find('=').map(|at| entry[..at].trim_end().len());
    let (Some(column), Some(longest)) = (line.find('='), siblings.iter().filter_map(|sibling| key(sibling)).max())
    else {
        let all = siblings.iter().map(|sibling| format!("{eol}{}{sibling}{end}", &line[..indent])).collect();
        return vec![(line_end..line_end, all)];
    };
    let shift = (indent + longest + 1).saturating_sub(column);
    let one = |sibling: &String| {
        let Some((name, value)) = sibling.split_once('=') else {
            return format!("{eol}{}{sibling}{end}", &line[..indent]);
        };
        let name = name.trim_end();
        let blanks = " ".repeat((column + shift).saturating_sub(indent + name.len()));
        format!("{eol}{}{name}{blanks}={value}{end}", &line[..indent])
    };
    let mut edits = vec![(line_end..line_end, siblings.iter().map(one).collect())];
    if shift > 0 {
        let own = std::iter::once(line_start + column);
        edits.extend(own.chain(aligned(text, line_start, column)).map(|at| (at..at, " ".repeat(shift))));
    }
    edits.extend(parted(text, line_start));
    edits
}

/// Whether an empty line parts a block from the one before it or behind it.
fn is_spaced(text: &str, line_start: usize, line_end: usize) -> bool {
    let before = text[..line_start].lines().next_back().unwrap_or("}").trim();
    let mut behind = text[line_end..].lines().skip(1).map(str::trim);
    let next = behind.next().unwrap_or_default();
    before.is_empty()
        || (next.is_empty() && behind.next().is_some_and(|line| line != "}"))
        || !text[line_start..].starts_with([' ', '\t'])
}

/// Where the equals signs stand that line up with the one in this column of the line at `start`, on the lines before
/// and behind it that are indented alike.
pub fn aligned(text: &str, start: usize, column: usize) -> Vec<usize> {
    let sign = |line_start: usize| {
        let line = text[line_start..].lines().next().unwrap_or_default();
        (indented(line) == indented(&text[start..])
            && line.as_bytes().get(column) == Some(&b'=')
            && line[..column].ends_with(' '))
        .then_some(line_start + column)
    };
    let mut out = Vec::new();
    let mut at = start;
    while let Some(before) = at.checked_sub(1).map(|end| text[..end].rfind('\n').map_or(0, |at| at + 1)) {
        let Some(found) = sign(before) else { break };
        out.push(found);
        at = before;
    }
    let mut at = start;
    while let Some(next) = text[at..].find('\n').map(|end| at + end + 1) {
        let Some(found) = sign(next) else { break };
        out.push(found);
        at = next;
    }
    out
}

/// Blanks at the beginning.
fn indented(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// The comment, with the blanks before it, that ends the line behind a value which ends at a place.
pub fn comment_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let line = text[end..].lines().next()?;
    let rest = line.trim_start_matches(|c: char| !c.is_whitespace() && !matches!(c, '#' | ','));
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let comment = rest.trim_start();
    let is_comment =
        comment.starts_with('#') || comment.starts_with("//") || (comment.starts_with("/*") && comment.ends_with("*/"));
    (is_comment && rest.len() > comment.len()).then(|| end + line.len() - rest.len()..end + line.len())
}

/// How the line of a place ends; where it is the last, how those before it do.
fn line_end_at(text: &str, at: usize) -> &'static str {
    let end = text[at..].find('\n').map(|end| at + end).or_else(|| text.rfind('\n'));
    if end.is_some_and(|end| text[..end].ends_with('\r')) { "\r\n" } else { "\n" }
}
