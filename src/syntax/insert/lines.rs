//! Elements of texts that are read line by line: CSV, lists in plain text, heredocs.

use super::super::hcl::Expr;
use super::{Element, ElementKind, Name, NameKind, holds};
use std::ops::Range;

pub(super) fn is_heredoc(text: &str, expr: &Expr) -> bool {
    text.get(expr.span.range()).is_some_and(|written| written.starts_with("<<"))
}

/// The lines of a heredoc between its marks.
pub(super) fn content(text: &str, expr: &Expr) -> Range<usize> {
    let range = expr.span.range();
    let written = text[range.clone()].trim_end();
    let start = range.start + written.find('\n').map_or(written.len(), |at| at + 1);
    let end = range.start + written.rfind('\n').map_or(written.len(), |at| at + 1);
    start..end.max(start)
}

/// The line that holds a place; in CSV it is called what the first line says is its name.
pub(super) fn line(text: &str, within: Range<usize>, place: &Range<usize>, is_csv: bool) -> Option<Element> {
    if !holds(&within, place) {
        return None;
    }
    let start = text[within.start..place.start].rfind('\n').map_or(within.start, |at| within.start + at + 1);
    let line = text[start..within.end].lines().next()?;
    let indent = line.len() - line.trim_start().len();
    let range = start + indent..start + line.trim_end().len();
    let names = if is_csv { csv_name(text, &range).into_iter().collect() } else { Vec::new() };
    holds(&range, place).then(|| Element { names, ..Element::new(range, ElementKind::Line) })
}

fn csv_name(text: &str, row: &Range<usize>) -> Option<Name> {
    let is_name = |cell: &str| cell.trim().trim_matches('"').eq_ignore_ascii_case("name");
    let column = text.lines().next()?.split(',').position(is_name)?;
    // A comma between quotes is no end of a cell: such a row keeps its name.
    let written = &text[row.clone()];
    let before: usize = written.split(',').take(column).map(|cell| cell.len() + 1).sum();
    let cell = written.get(before..)?.split(',').next()?;
    let name = cell.trim().trim_matches('"');
    let start = row.start + before + cell.find(name)?;
    (!name.is_empty() && !written[..before].contains('"'))
        .then(|| Name { range: start..start + name.len(), kind: NameKind::Text })
}
