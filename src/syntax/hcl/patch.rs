//! A file after edits: what they do not touch is not parsed again.

use super::{Attribute, Block, Body, File, convert, parsed};
use crate::source::Source;
use std::ops::Range;
use std::sync::Arc;

/// A block or attribute of the file, with where it stands.
enum Part<'f> {
    Attribute(&'f Attribute),
    Block(&'f Arc<Block>),
}

/// Parses a text that came of another by edits, which are sorted by their places in the old text: each with the length
/// of the new one. What stands untouched keeps its spans in the old text, which says the same there.
pub fn patched(new: &Arc<Source>, old: &Arc<Source>, edits: &[(Range<usize>, usize)]) -> Arc<File> {
    new.tree(|| {
        let before = super::parse(old);
        let is_native = new.path.extension().is_none_or(|kind| kind != "json");
        let made =
            (is_native && before.mistakes.is_empty()).then(|| rejoined([new, old], &before.body, edits)).flatten();
        made.map_or_else(|| parsed(new), |body| File { body, mistakes: Vec::new() })
    })
}

/// `None` where a piece cannot be parsed by itself.
fn rejoined([new, old]: [&Arc<Source>; 2], before: &Body, edits: &[(Range<usize>, usize)]) -> Option<Body> {
    let attributes = before.attributes.iter().map(|it| (it.name_span.to(it.expr.span).range(), Part::Attribute(it)));
    let blocks = before.blocks.iter().map(|it| (it.span.range(), Part::Block(it)));
    let mut parts: Vec<(Range<usize>, Part)> = attributes.chain(blocks).collect();
    parts.sort_by_key(|(range, _)| range.start);
    // A part has its lines to itself.
    let text = &old.text;
    let lines = |range: &Range<usize>| {
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        start..text[range.end..].find('\n').map_or(text.len(), |at| range.end + at)
    };
    // Whether one of the edits, which are sorted, touches a range.
    let touched = |range: Range<usize>| {
        let first = edits.partition_point(|(edit, _)| edit.end < range.start);
        edits.get(first).is_some_and(|(edit, _)| edit.start <= range.end)
    };
    // Where a place that no edit touches is in the new text; the beginning stays.
    let moved = |at: usize| {
        let passed = edits.iter().take_while(|(edit, _)| at > 0 && edit.end <= at);
        passed.fold(at, |at, (edit, length)| at + length - edit.len())
    };
    let mut out = Body::default();
    // What is not parsed yet begins here, in the old text.
    let mut from = 0;
    let piece = |range: Range<usize>, out: &mut Body| {
        let mut made = convert::body(new, range).ok()?;
        out.attributes.append(&mut made.attributes);
        out.blocks.append(&mut made.blocks);
        Some(())
    };
    for (range, part) in parts {
        let lines = lines(&range);
        if touched(lines.clone()) {
            continue;
        }
        if touched(from..lines.start) {
            piece(moved(from)..moved(range.start), &mut out)?;
        }
        match part {
            Part::Attribute(attribute) => out.attributes.push(attribute.clone()),
            Part::Block(block) => out.blocks.push(Arc::clone(block)),
        }
        from = range.end;
    }
    if touched(from..old.text.len()) {
        piece(moved(from)..new.text.len(), &mut out)?;
    }
    Some(out)
}
