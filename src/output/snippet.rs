//! Draws the places of a finding: the lines around each, with what is said of it beneath.
//!
//! The drawing is miette's. It gets a window of few lines, each cut to a bounded length and made harmless, as it scans
//! all that it gets and prints it as it is.

use super::View;
use super::text::{Ink, harmless_path, neutral};
use crate::source::{Source, Span};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError};
use miette::{MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use unicode_width::UnicodeWidthChar;

/// Lines above and below a marked one.
const CONTEXT: usize = 1;
/// Lines between two places that are drawn in one box, and the most that a box grows to.
const NEAR: usize = 12;
const TALLEST: usize = 24;
/// Columns of a line that are drawn, and those of them that stand before the mark.
const LONGEST: usize = 200;
const BEFORE: usize = 60;

/// A place to be marked.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) span: Span,
    pub(super) text: String,
}

/// Draws the primary place and the others, those near one another in one box, in the order given.
pub(super) fn draw(primary: &Label, others: &[Label], ink: Ink, view: &View) -> String {
    let mut boxes: Vec<Frame> = Vec::new();
    for (at, label) in std::iter::once(primary).chain(others).enumerate() {
        let source = view.sources.get(label.span.source);
        let mark = Mark::new(&source, label, at == 0);
        if !boxes.iter_mut().any(|it| it.takes(&source, &mark)) {
            boxes.push(Frame { source, marks: vec![mark] });
        }
    }
    let gutter = boxes.iter().map(|it| digits(it.lines().end)).max().unwrap_or(1);
    boxes.iter().map(|it| it.draw(ink, gutter, view)).collect()
}

/// A label on one line: of a longer one, what lies on its first line.
#[derive(Debug, Clone)]
struct Mark {
    /// From 0.
    line: usize,
    /// In bytes of the line.
    range: Range<usize>,
    text: String,
    primary: bool,
}

impl Mark {
    fn new(source: &Source, label: &Label, primary: bool) -> Mark {
        let line = source.line_of(label.span.start);
        let text = line_text(source, line);
        let start = boundary(text, label.span.start as usize - source.line_starts()[line] as usize);
        let end = boundary(text, start + label.span.len() as usize).max(start);
        Mark { line, range: start..end, text: label.text.clone(), primary }
    }

    fn overlaps(&self, other: &Mark) -> bool {
        self.line == other.line && self.range.start < other.range.end && other.range.start < self.range.end
    }
}

/// Lines of one source, drawn together.
struct Frame {
    source: Arc<Source>,
    marks: Vec<Mark>,
}

impl Frame {
    /// Takes a mark in if it lies near and can be drawn beside the others: marks are never drawn over one another.
    fn takes(&mut self, source: &Source, mark: &Mark) -> bool {
        let lines = self.marks.iter().map(|it| it.line);
        let (first, last) = (lines.clone().min().unwrap_or(0), lines.max().unwrap_or(0));
        let near = mark.line + NEAR >= first && mark.line <= last + NEAR;
        if source.id != self.source.id || !near || last.max(mark.line) - first.min(mark.line) > TALLEST {
            return false;
        }
        if let Some(same) = self.marks.iter_mut().find(|it| it.line == mark.line && it.range == mark.range) {
            let gap = if same.text.is_empty() || mark.text.is_empty() { "" } else { "; " };
            same.text = format!("{}{gap}{}", same.text, mark.text);
            return true;
        }
        let mut mark = mark.clone();
        for other in self.marks.iter().filter(|it| it.line == mark.line) {
            if !cut(line_text(source, mark.line), Some(&other.range)).contains(&mark.range.start) {
                return false;
            }
            if mark.overlaps(other) && mark.range.start < other.range.start {
                mark.range.end = other.range.start;
            }
        }
        if self.marks.iter().any(|it| mark.overlaps(it)) {
            return false;
        }
        self.marks.push(mark);
        true
    }

    /// From 0, with the lines around.
    fn lines(&self) -> Range<usize> {
        let lines = self.marks.iter().map(|it| it.line);
        let (first, last) = (lines.clone().min().unwrap_or(0), lines.max().unwrap_or(0));
        let count = self.source.line_starts().len();
        let (mut start, mut end) = (first.saturating_sub(CONTEXT), (last + 1 + CONTEXT).min(count));
        // Empty lines tell nothing, and what follows the final newline is no line.
        let blank = |line: usize| line_text(&self.source, line).trim_start().is_empty();
        while start < first && blank(start) {
            start += 1;
        }
        while end > last + 1 && blank(end - 1) {
            end -= 1;
        }
        start..end
    }

    fn draw(&self, ink: Ink, gutter: usize, view: &View) -> String {
        let window = self.window(view);
        let mut theme = if view.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let (strong, weak) = match ink {
            Ink::Error => (theme.styles.error, theme.styles.help),
            Ink::Warning => (theme.styles.warning, theme.styles.help),
            _ => (theme.styles.advice, theme.styles.help),
        };
        theme.styles.highlights =
            window.labels.iter().map(|label| if label.primary() { strong } else { weak }).collect();
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_context_lines(CONTEXT)
            .without_primary_span_start()
            .without_syntax_highlighting();
        let mut drawn = String::new();
        if handler.render_report(&mut drawn, &window).is_err() {
            return String::new();
        }
        let pad = " ".repeat(gutter - digits(self.lines().end));
        // The first line is for a message, which stands elsewhere.
        drawn.lines().skip(1).flat_map(|line| [pad.as_str(), line.trim_end(), "\n"]).collect()
    }

    fn window(&self, view: &View) -> Window {
        let lines = self.lines();
        let mut window = Window { name: String::new(), first: lines.start, count: lines.len(), ..Window::default() };
        for line in lines {
            let marks: Vec<&Mark> = self.marks.iter().filter(|it| it.line == line).collect();
            window.push(line_text(&self.source, line), &marks);
        }
        window.labels.sort_by_key(LabeledSpan::offset);
        let chief = self.marks.iter().find(|it| it.primary).or(self.marks.first());
        let place = chief.map(|mark| {
            let start = self.source.line_starts()[mark.line] as usize + mark.range.start;
            self.source.position(u32::try_from(start).unwrap_or(u32::MAX))
        });
        let path = harmless_path(&view.path(&self.source));
        window.name = place.map_or(path.clone(), |at| format!("{path}:{}:{}", at.line, at.column));
        window
    }
}

fn digits(number: usize) -> usize {
    number.to_string().len()
}

/// A line without its end.
fn line_text(source: &Source, line: usize) -> &str {
    let starts = source.line_starts();
    let start = starts[line] as usize;
    let end = starts.get(line + 1).map_or(source.text.len(), |next| *next as usize);
    let text = source.text.get(start..end).unwrap_or("");
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// The nearest place between two characters, at or before an offset.
fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The bytes of a line that are drawn: all, or a bounded number of columns round the mark. Looks at no more than that.
fn cut(text: &str, mark: Option<&Range<usize>>) -> Range<usize> {
    if text.len() <= LONGEST {
        return 0..text.len();
    }
    let anchor = mark.map_or(0, |range| range.start);
    let before: usize = text[..anchor].chars().rev().scan(0, |used, c| taken(c, used, BEFORE)).sum();
    let start = anchor - before;
    let after: usize = text[start..].chars().scan(0, |used, c| taken(c, used, LONGEST)).sum();
    start..start + after
}

/// The bytes of a character, if it still fits. Characters without width count, as a line can be full of them.
fn taken(c: char, used: &mut usize, limit: usize) -> Option<usize> {
    *used += if c == '\t' { 4 } else { c.width().unwrap_or(1).max(1) };
    (*used <= limit).then(|| c.len_utf8())
}

/// The lines of a box as miette reads them.
#[derive(Debug, Default)]
struct Window {
    name: String,
    /// The first line, from 0.
    first: usize,
    count: usize,
    text: String,
    labels: Vec<LabeledSpan>,
}

impl Window {
    fn push(&mut self, line: &str, marks: &[&Mark]) {
        let range = cut(line, marks.first().map(|mark| &mark.range));
        if range.start > 0 {
            self.text.push('…');
        }
        // Where each byte that starts a character went to.
        let mut moved = Vec::with_capacity(range.len() + 1);
        for (at, c) in neutral(&line[range.clone()]) {
            moved.push((range.start + at, self.text.len()));
            self.text.push(c);
        }
        let end = self.text.len();
        let to = |offset: usize| {
            let found = moved.partition_point(|(from, _)| *from < offset);
            moved.get(found).map_or(end, |(_, to)| *to)
        };
        for mark in marks {
            let (start, end) = (to(mark.range.start), to(mark.range.end));
            let text = (!mark.text.is_empty()).then(|| mark.text.clone());
            let span = (start, end - start);
            let label = if mark.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            };
            self.labels.push(label);
        }
        self.text.push_str(if range.end < line.len() { "…\n" } else { "\n" });
    }
}

/// Whatever is asked for, the answer is the whole window: so all is drawn in one box.
impl SourceCode for Window {
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let span = (0, self.text.len()).into();
        let name = self.name.clone();
        Ok(Box::new(MietteSpanContents::new_named(name, self.text.as_bytes(), span, self.first, 0, self.count)))
    }
}

impl fmt::Display for Window {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Window {}

impl Diagnostic for Window {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
