//! YAML with positions: one document, built from parser events. Depth and the size of what aliases repeat are limited.

use super::{Node, NodeKey, NodeKind, Stop};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::collections::HashMap;
use std::ops::Range;

const DEEPEST: usize = 200;
/// Nodes of one document, aliases repeated.
const MOST_NODES: usize = 500_000;

/// Parses the only document of a text; nothing at all is null.
pub fn parse(text: &str) -> Result<Node, Stop> {
    let mut builder = Builder { text, starts: char_starts(text), anchors: HashMap::new(), nodes: 0 };
    let mut events = Parser::new_from_str(text);
    let mut root: Option<Node> = None;
    loop {
        let (event, span) = builder.next(&mut events)?;
        match event {
            Event::StreamEnd => break,
            Event::StreamStart | Event::Nothing | Event::DocumentStart(_) | Event::DocumentEnd => {}
            _ if root.is_some() => return Err(builder.stop(&span, "only one document is expected")),
            event => root = Some(builder.build(event, span, &mut events, 0)?),
        }
    }
    Ok(root.unwrap_or(Node { kind: NodeKind::Null, range: 0..0, quoted: false }))
}

struct Builder<'t> {
    text: &'t str,
    /// The byte of each character, as the parser counts characters; `None` where they are the same.
    starts: Option<Vec<usize>>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
}

fn char_starts(text: &str) -> Option<Vec<usize>> {
    (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
}

impl<'t> Builder<'t> {
    fn next<T: saphyr_parser::Input>(&self, events: &mut Parser<'t, T>) -> Result<(Event<'t>, Span), Stop> {
        match events.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(Stop { at: self.byte(error.marker().index()), message: error.info().to_owned() }),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn byte(&self, index: usize) -> usize {
        match &self.starts {
            Some(starts) => starts.get(index).copied().unwrap_or(self.text.len()),
            None => index.min(self.text.len()),
        }
    }

    fn range(&self, span: &Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        start..self.byte(span.end.index()).max(start)
    }

    fn stop(&self, span: &Span, message: &str) -> Stop {
        Stop { at: self.byte(span.start.index()), message: message.to_owned() }
    }

    fn build<T: saphyr_parser::Input>(
        &mut self,
        event: Event<'t>,
        span: Span,
        events: &mut Parser<'t, T>,
        depth: usize,
    ) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > DEEPEST {
            return Err(self.stop(&span, "nested too deeply"));
        }
        let before = self.nodes;
        let range = self.range(&span);
        let (anchor, node) = match event {
            Event::Alias(id) => return self.repeated(id, &span),
            Event::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.as_ref().is_none_or(|tag| tag.suffix != "str");
                let kind = if plain { plain_scalar(&value) } else { NodeKind::Text(value.into_owned()) };
                let quoted = matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                (anchor, Node { kind, range, quoted })
            }
            Event::SequenceStart(anchor, _) => {
                let (items, end) = self.sequence(events, depth)?;
                (anchor, Node { kind: NodeKind::List(items), range: range.start..end, quoted: false })
            }
            Event::MappingStart(anchor, _) => {
                let (entries, end) = self.mapping(events, depth)?;
                (anchor, Node { kind: NodeKind::Map(entries), range: range.start..end, quoted: false })
            }
            _ => return Err(self.stop(&span, "a value is expected")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), self.nodes - before + 1));
        }
        Ok(node)
    }

    fn repeated(&mut self, id: usize, span: &Span) -> Result<Node, Stop> {
        let Some((node, size)) = self.anchors.get(&id) else { return Err(self.stop(span, "an unknown anchor")) };
        self.nodes += size;
        if self.nodes > MOST_NODES {
            return Err(self.stop(span, "aliases repeat too much"));
        }
        Ok(node.clone())
    }

    fn sequence<T: saphyr_parser::Input>(
        &mut self,
        events: &mut Parser<'t, T>,
        depth: usize,
    ) -> Result<(Vec<Node>, usize), Stop> {
        let mut items = Vec::new();
        loop {
            match self.next(events)? {
                (Event::SequenceEnd, span) => return Ok((items, self.range(&span).end)),
                (event, span) => items.push(self.build(event, span, events, depth + 1)?),
            }
        }
    }

    fn mapping<T: saphyr_parser::Input>(
        &mut self,
        events: &mut Parser<'t, T>,
        depth: usize,
    ) -> Result<(Vec<(NodeKey, Node)>, usize), Stop> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = match self.next(events)? {
                (Event::MappingEnd, span) => return Ok((entries, self.range(&span).end)),
                other => other,
            };
            let merges = matches!(&event, Event::Scalar(key, ScalarStyle::Plain, ..) if key == "<<");
            let key = match &event {
                Event::Scalar(text, ..) => text.to_string(),
                _ => return Err(self.stop(&span, "a key that is a text is expected")),
            };
            let quoted = matches!(&event, Event::Scalar(_, style, ..) if *style != ScalarStyle::Plain);
            let key = NodeKey { text: key, range: self.range(&span), quoted };
            let (event, span) = self.next(events)?;
            let value = self.build(event, span, events, depth + 1)?;
            if merges { merge(&mut entries, value) } else { entries.push((key, value)) }
        }
    }
}

/// `<<`: what is merged in stands behind what the mapping says itself, so it goes to the front.
fn merge(entries: &mut Vec<(NodeKey, Node)>, value: Node) {
    match value.kind {
        NodeKind::Map(merged) => {
            entries.splice(0..0, merged);
        }
        NodeKind::List(items) => items.into_iter().for_each(|item| merge(entries, item)),
        _ => {}
    }
}

/// A plain scalar as Terraform reads it: YAML 1.1 words for bools, YAML 1.2 octals.
fn plain_scalar(text: &str) -> NodeKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NodeKind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "y" | "Y" => {
            return NodeKind::Bool(true);
        }
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "n" | "N" => {
            return NodeKind::Bool(false);
        }
        _ => {}
    }
    if is_date(text) {
        return NodeKind::Text(format!("{text}T00:00:00Z"));
    }
    number(text).map_or_else(|| NodeKind::Text(text.to_owned()), NodeKind::Number)
}

/// `2026-03-31`: a YAML 1.1 timestamp, which Terraform gives as RFC 3339.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

fn number(text: &str) -> Option<f64> {
    let radix = |digits: &str, radix: u32| u64::from_str_radix(digits, radix).ok();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let whole = match rest.get(..2) {
        Some("0x") => radix(&rest[2..], 16),
        Some("0o") => radix(&rest[2..], 8),
        Some("0b") => radix(&rest[2..], 2),
        _ => None,
    };
    #[allow(clippy::cast_precision_loss, reason = "numbers beyond 2^53 are not exact anywhere here")]
    if let Some(whole) = whole {
        return Some(sign * whole as f64);
    }
    let numeric = rest.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && rest.contains(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || ".eE+-".contains(c));
    let number: f64 = if numeric { rest.parse().ok()? } else { return None };
    number.is_finite().then_some(sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_what_terraform_makes_of_them() {
        let text = "- 23.102.1.2\n- yes\n- 0o17\n- '1'\n- ~\n- 1.10\n- 10.0.0.0/8\n- é\n- x\n";
        let NodeKind::List(items) = parse(text).expect("parses").kind else { panic!("a list") };
        let shown: Vec<String> = items.iter().map(|item| format!("{:?}", item.kind)).collect();
        let expected = [
            "Text(\"23.102.1.2\")",
            "Bool(true)",
            "Number(15.0)",
            "Text(\"1\")",
            "Null",
            "Number(1.1)",
            "Text(\"10.0.0.0/8\")",
            "Text(\"é\")",
            "Text(\"x\")",
        ];
        assert_eq!(shown, expected);
        assert_eq!(&text[items[8].range.clone()], "x");
        assert_eq!(&text[items[3].range.clone()], "'1'");
    }

    #[test]
    fn what_aliases_repeat_is_limited() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let before = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", "));
        }
        assert!(parse(&bomb).expect_err("too much").message.contains("aliases"));
        assert!(parse(&"[".repeat(5_000)).is_err());
    }
}
