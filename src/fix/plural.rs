//! One address as several: Azure takes the argument for one or the argument for several, never both.

use super::sibling::Place;
use crate::finding::Edit;
use crate::syntax::insert;
use std::ops::Range;

/// The argument for one, as Terraform and Azure spell it; that for several has `es` behind it.
const SINGULAR: [&str; 2] = ["destination_address_prefix", "destinationAddressPrefix"];

/// The argument for one address, with its value.
struct Argument {
    key: Range<usize>,
    /// From the key to the value.
    between: String,
    /// The literal, and literals for what is missing.
    values: Vec<String>,
}

impl Place<'_> {
    /// `destination_address_prefix = "a"` as `destination_address_prefixes = ["a", "b"]`.
    pub(super) fn plural(&self) -> Option<Vec<Edit>> {
        let text = &self.source.text;
        let Argument { key, between, values } = self.argument()?;
        let several = format!("[{}]", values.join(", "));
        let line_start = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
        let blanks = between.len() - between.trim_start_matches(' ').len();
        // Two letters more: the column of the equals signs is kept where there is room, or else moves.
        let narrower = if between.contains('=') { blanks.saturating_sub(1).min(2) } else { 0 };
        let wider = 2 - narrower;
        let aligned = if between.contains('=') && wider > 0 {
            insert::aligned(text, line_start, key.end + blanks - line_start)
        } else {
            Vec::new()
        };
        let longer = several.chars().count() - self.source.slice(self.span).chars().count() + wider;
        let grown = |start: usize| match aligned.iter().any(|at| text[start..*at.max(&start)].lines().count() == 1) {
            _ if start == line_start => longer,
            true => wider,
            false => 0,
        };
        let comments = insert::realigned(text, line_start, &grown);
        let mut edits =
            vec![self.edit(self.span.range(), several), self.edit(key.end..key.end + narrower, "es".to_owned())];
        edits.extend(aligned.iter().map(|at| self.edit(*at..*at, " ".repeat(wider))));
        edits.extend(comments.into_iter().map(|(range, text)| self.edit(range, text)));
        edits.sort_by_key(|edit| edit.span);
        Some(edits)
    }

    /// An object that has both, of which one is empty: they change places.
    pub(super) fn filled(&self) -> Option<Vec<Edit>> {
        let text = &self.source.text;
        let Argument { key, values, .. } = self.argument()?;
        let plural = format!("{}es", &text[key.clone()]);
        let around = self.elements.iter().find(|element| text[element.range.clone()].contains(&plural))?;
        let found = text[around.range.clone()].match_indices(&plural).find_map(|(at, _)| {
            let at = around.range.start + at;
            let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
            let is_comment = text[line..at].contains(['#', '/']);
            let at = at + plural.len();
            let sign = text[at..].find(|c: char| !matches!(c, ' ' | '\t' | '=' | ':' | '"'))?;
            let empty = ["null", "[]", "~"].into_iter().find(|empty| text[at + sign..].starts_with(empty))?;
            (!is_comment).then_some((at, sign, empty))
        });
        let (at, sign, empty) = found?;
        // As it is said elsewhere that there is no single one.
        let says_empty = |rest: &str| rest.trim_start_matches(['"', ' ', '\t', '=', ':']).is_empty();
        let others =
            text.match_indices(&text[key.clone()]).filter_map(|(at, key)| text[at + key.len()..].split_once("\"\""));
        let nothing = if others.map(|(between, _)| between).any(says_empty) { "\"\"" } else { "null" };
        let mut edits = vec![
            self.edit(self.span.range(), nothing.to_owned()),
            self.edit(at + sign..at + sign + empty.len(), format!("[{}]", values.join(", "))),
        ];
        edits.sort_by_key(|edit| edit.span);
        Some(edits)
    }

    fn argument(&self) -> Option<Argument> {
        let text = &self.source.text;
        let (old, _) = self.old.clone()?;
        let start = self.span.start as usize;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line_start..start];
        let (key_at, key) = SINGULAR.into_iter().find_map(|key| Some((line_start + before.rfind(key)?, key)))?;
        let key = key_at..key_at + key.len();
        let between = text.get(key.end..start)?.to_owned();
        if between.contains(|c: char| !matches!(c, ' ' | '\t' | '=' | ':' | '"')) {
            return None;
        }
        let literal = &text[self.span.range()];
        let other = |missing: &String| {
            let mut made = literal.to_owned();
            made.replace_range(old.start - start..old.end - start, missing);
            made
        };
        let missing = self.context.finding.missing.iter();
        let values = std::iter::once(literal.to_owned()).chain(missing.map(other)).collect();
        Some(Argument { key, between, values })
    }
}
