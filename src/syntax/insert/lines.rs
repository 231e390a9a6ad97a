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
    let written = text[within.clone()].trim_end();
    let end = within.start + written.len();
    let last = written.lines().next_back().map_or(0, |line| line.trim_start().len());
    let last = end - last..end;
    let names = if is_csv { csv_names(text, &range) } else { Vec::new() };
    holds(&range, place).then(|| Element { names, last, ..Element::new(range, ElementKind::Line) })
}

/// The cells of a row in the columns `name` and `priority`.
fn csv_names(text: &str, row: &Range<usize>) -> Vec<Name> {
    let written = &text[row.clone()];
    // A comma between quotes is no end of a cell.
    if written.contains('"') {
        return Vec::new();
    }
    let mut at = row.start;
    let mut out = Vec::new();
    for (title, cell) in text.lines().next().unwrap_or_default().split(',').zip(written.split(',')) {
        let kind = match title.trim().trim_matches('"').to_lowercase().as_str() {
            "name" => Some(NameKind::Text),
            "priority" => Some(NameKind::Number),
            _ => None,
        };
        let start = at + cell.len() - cell.trim_start().len();
        out.extend(kind.map(|kind| Name { range: start..start + cell.trim().len(), kind }));
        at += cell.len() + 1;
    }
    out
}
