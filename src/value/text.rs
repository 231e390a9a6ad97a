//! Text as a run of pieces, each with its own trail, so that every part of a composed text can be found back.

use super::{Trail, Why};
use crate::source::Span;
use std::ops::Range;
use std::rc::Rc;

/// A run of pieces. Positions are bytes of the known text; a hole has no length.
#[derive(Debug, Clone, Default)]
pub struct Text(Rc<[Piece]>);

/// Literal text, a value put in, or a hole.
#[derive(Debug, Clone)]
pub struct Piece {
    content: Content,
    pub trail: Trail,
    /// The text that it became a part of first.
    within: Option<Trail>,
}

#[derive(Debug, Clone)]
enum Content {
    /// Bytes `start..end` of a text that came the way of the trail as a whole.
    Known {
        whole: Rc<str>,
        start: u32,
        end: u32,
    },
    Hole(Why),
}

impl Piece {
    /// A text as a whole.
    pub fn known(text: Rc<str>, trail: Trail) -> Piece {
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Piece { content: Content::Known { whole: text, start: 0, end }, trail, within: None }
    }

    pub fn hole(why: Why, trail: Trail) -> Piece {
        Piece { content: Content::Hole(why), trail, within: None }
    }

    /// The known text of the piece; empty for a hole.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Known { whole, start, end } => &whole[*start as usize..*end as usize],
            Content::Hole(_) => "",
        }
    }

    pub fn why(&self) -> Option<&Why> {
        match &self.content {
            Content::Known { .. } => None,
            Content::Hole(why) => Some(why),
        }
    }

    /// Whether the piece is all of the literal that it comes from, and not a part.
    pub fn is_whole(&self) -> bool {
        match &self.content {
            Content::Known { whole, start, end } => *start == 0 && *end as usize == whole.len(),
            Content::Hole(_) => false,
        }
    }

    /// Where bytes `range` of the piece are written, to the byte; `None` where the literal is spelled with escapes
    /// or the text is made of others.
    pub fn spelled(&self, range: Range<usize>) -> Option<Span> {
        let Content::Known { whole, start, .. } = &self.content else { return None };
        let span = self.trail.spelled()?;
        if span.len() as usize != whole.len() {
            return None;
        }
        let at = |n: usize| span.start + start + u32::try_from(n).unwrap_or(u32::MAX);
        Some(Span { source: span.source, start: at(range.start), end: at(range.end) })
    }

    fn cut(&self, range: Range<usize>) -> Piece {
        let Content::Known { whole, start, .. } = &self.content else { return self.clone() };
        let at = |n: usize| start + u32::try_from(n).unwrap_or(u32::MAX);
        let content = Content::Known { whole: Rc::clone(whole), start: at(range.start), end: at(range.end) };
        Piece { content, ..self.clone() }
    }
}

impl Text {
    pub fn whole(text: Rc<str>, trail: Trail) -> Text {
        Text(Rc::from([Piece::known(text, trail)]))
    }

    pub fn hole_only(why: Why, trail: Trail) -> Text {
        Text(Rc::from([Piece::hole(why, trail)]))
    }

    pub fn from_pieces(pieces: Vec<Piece>) -> Text {
        Text(pieces.into())
    }

    /// As a part of what `trail` made, where it was no part of another text before.
    #[must_use]
    pub fn made(self, trail: &Trail) -> Text {
        if self.0.len() < 2 || self.0.iter().all(|piece| piece.within.is_some()) {
            return self;
        }
        let of =
            |piece: &Piece| Piece { within: piece.within.clone().or_else(|| Some(trail.clone())), ..piece.clone() };
        Text(self.0.iter().map(of).collect())
    }

    /// Where the first text stands that held all of the bytes `range`, if it was put together of others.
    pub fn first_made(&self, range: Range<usize>) -> Option<Span> {
        let pieces = self.overlapping(range);
        let mut spans = pieces.iter().map(|(piece, _)| piece.within.as_ref().and_then(Trail::origin));
        let first = spans.next()??;
        spans.all(|span| span == Some(first)).then_some(first)
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The first hole.
    pub fn hole(&self) -> Option<&Why> {
        self.0.iter().find_map(Piece::why)
    }

    /// The text, if it has no hole.
    pub fn known(&self) -> Option<Rc<str>> {
        match &*self.0 {
            [Piece { content: Content::Known { whole, start: 0, end }, .. }] if *end as usize == whole.len() => {
                Some(Rc::clone(whole))
            }
            pieces if pieces.iter().all(|piece| piece.why().is_none()) => Some(self.joined().into()),
            _ => None,
        }
    }

    /// The known pieces one after the other, as if holes were empty.
    pub fn joined(&self) -> String {
        self.0.iter().map(Piece::text).collect()
    }

    /// What is known of the beginning, up to the first hole.
    pub fn prefix(&self) -> String {
        self.0.iter().take_while(|piece| piece.why().is_none()).map(Piece::text).collect()
    }

    /// What is known of the end, after the last hole.
    pub fn suffix(&self) -> String {
        let known = self.0.iter().rev().take_while(|piece| piece.why().is_none()).count();
        self.0[self.0.len() - known..].iter().map(Piece::text).collect()
    }

    /// Bytes `range` of a text without holes, each part with its trail.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Text {
        let mut at = 0;
        let mut out = Vec::new();
        for piece in &*self.0 {
            let len = piece.text().len();
            let (from, to) = (range.start.max(at), range.end.min(at + len));
            if from < to || (len == 0 && piece.why().is_some()) {
                out.push(piece.cut(from.saturating_sub(at)..to.saturating_sub(at)));
            }
            at += len;
        }
        if out.is_empty() {
            let trail = self.0.first().map(|piece| piece.trail.clone()).unwrap_or_default();
            out.push(Piece::known("".into(), trail));
        }
        Text::from_pieces(out)
    }

    /// The pieces that share bytes with `range`, each with the bytes of its own that do.
    pub fn overlapping(&self, range: Range<usize>) -> Vec<(&Piece, Range<usize>)> {
        let mut at = 0;
        let mut out = Vec::new();
        for piece in &*self.0 {
            let len = piece.text().len();
            let (from, to) = (range.start.max(at), range.end.min(at + len));
            if from < to {
                out.push((piece, from - at..to - at));
            }
            at += len;
        }
        out
    }

    /// Each piece with its known text changed by `change`, which must keep the length or the piece loses its exact
    /// place (see [`Piece::spelled`]): `lower`, `upper`.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Text {
        let pieces = self.0.iter().map(|piece| match &piece.content {
            Content::Known { whole, start, end } => {
                let changed: Rc<str> = change(whole).into();
                if changed.len() == whole.len() {
                    let content = Content::Known { whole: changed, start: *start, end: *end };
                    Piece { content, ..piece.clone() }
                } else {
                    Piece::known(change(piece.text()).into(), piece.trail.clone())
                }
            }
            Content::Hole(_) => piece.clone(),
        });
        Text::from_pieces(pieces.collect())
    }

    /// See [`super::Value::identity`].
    pub fn identity(&self) -> Option<String> {
        let part = |piece: &Piece| match piece.why() {
            Some(why) => why.origin().map(|origin| format!("${{{origin}}}")),
            None => Some(piece.text().to_owned()),
        };
        self.0.iter().map(part).collect()
    }
}
