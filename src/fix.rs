//! Repairs that may be right, most likely first. Which one is right is found out by evaluating its result.
//!
//! One idea is behind all of them: what names the legacy endpoint gets siblings that name the successors. Where one
//! more sibling changes nothing, as an attribute does that nobody reads, the element around it is tried next.

use crate::finding::{Edit, Finding, Fix, Safety};
use crate::rule::{Cloud, Rule, listed};
use crate::source::{Encoding, Source, Sources, Span};
use crate::syntax::insert::{self, Element, Name, NameKind};
use std::ops::Range;
use std::sync::Arc;

/// Further out there is no file that people write.
const MOST: usize = 6;
/// Azure's limit for names of routes and rules.
const LONGEST_NAME: usize = 80;

/// The repairs to try for a finding, the one that changes least first.
pub fn candidates(finding: &Finding, rule: &Rule, sources: &Sources) -> Vec<Fix> {
    let Some(cloud) = rule.clouds.iter().find(|cloud| Some(&cloud.name) == finding.cloud.as_ref()) else {
        return Vec::new();
    };
    let mut spans: Vec<Span> = std::iter::once(finding.primary).chain(finding.deciding.iter().copied()).collect();
    spans.sort();
    spans.dedup();
    let places: Vec<Place> = spans.iter().filter_map(|span| Place::of(*span, sources, finding, rule, cloud)).collect();
    if places.len() != spans.len() || finding.missing.is_empty() {
        return Vec::new();
    }
    match finding.check {
        Some("client" | "mistyped-address") => replacement(finding, &places).into_iter().collect(),
        Some("security-group") => {
            let plural = together(&places, Place::plural).map(|edits| added(finding, edits));
            plural.into_iter().chain(siblings(finding, &places)).collect()
        }
        Some("route-table" | "firewall" | "allow-list") => siblings(finding, &places),
        _ => Vec::new(),
    }
}

/// The edits of all places, if each has some.
fn together<'p, 's>(places: &'p [Place<'s>], each: impl Fn(&'p Place<'s>) -> Option<Vec<Edit>>) -> Option<Vec<Edit>> {
    let all: Option<Vec<Vec<Edit>>> = places.iter().map(each).collect();
    let mut edits = all?.concat();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    Some(edits)
}

fn siblings(finding: &Finding, places: &[Place]) -> Vec<Fix> {
    let levels = (0..MOST).filter_map(|level| together(places, |place| place.siblings(level)));
    levels.map(|edits| added(finding, edits)).collect()
}

fn added(finding: &Finding, edits: Vec<Edit>) -> Fix {
    Fix { title: format!("Add {}", listed(&finding.missing)), safety: Safety::Safe, edits }
}

fn replacement(finding: &Finding, places: &[Place]) -> Option<Fix> {
    let [new] = finding.missing.as_slice() else { return None };
    let safety = if finding.check == Some("client") { Safety::Review } else { Safety::Safe };
    let edits = together(places, |place| {
        let (range, _) = place.old.clone()?;
        Some(vec![place.edit(range, new.clone())])
    })?;
    Some(Fix { title: format!("Replace by {new}"), safety, edits })
}

/// A literal that names the legacy endpoint.
struct Place<'a> {
    source: Arc<Source>,
    span: Span,
    /// Where the endpoint itself stands in the text, and what it is.
    old: Option<(Range<usize>, String)>,
    elements: Vec<Element>,
    finding: &'a Finding,
    rule: &'a Rule,
    cloud: &'a Cloud,
}

impl<'a> Place<'a> {
    fn of(span: Span, sources: &Sources, finding: &'a Finding, rule: &'a Rule, cloud: &'a Cloud) -> Option<Place<'a>> {
        let source = sources.get(span.source);
        if source.encoding == Encoding::Utf16 {
            return None;
        }
        let written = source.slice(span);
        let hosts = cloud.legacy.hosts.iter().cloned();
        let names = hosts.chain(cloud.legacy.addresses.iter().map(ToString::to_string));
        let named = names.chain(finding.legacy.iter().map(|text| text.trim().to_owned()));
        let found = named.into_iter().find_map(|name| {
            let at = written.to_ascii_lowercase().find(&name.to_ascii_lowercase())?;
            let start = span.start as usize + at;
            Some((start..start + name.len(), name))
        });
        let elements = insert::elements(&source, span.range());
        Some(Place { source, span, old: found, elements, finding, rule, cloud })
    }

    fn edit(&self, range: Range<usize>, text: String) -> Edit {
        Edit { span: Span::new(self.span.source, range), text }
    }

    /// Siblings of the element so many levels around the literal.
    fn siblings(&self, level: usize) -> Option<Vec<Edit>> {
        let element = self.elements.get(level)?;
        let mut taken = Vec::new();
        let made: Option<Vec<String>> =
            self.finding.missing.iter().map(|missing| self.sibling(element, missing, &mut taken)).collect();
        let edits = insert::behind(&self.source.text, element, &made?);
        Some(edits.into_iter().map(|(range, text)| self.edit(range, text)).collect())
    }

    fn sibling(&self, element: &Element, missing: &str, taken: &mut Vec<String>) -> Option<String> {
        let (old, name) = self.old.clone().or_else(|| self.first_label(missing))?;
        let new = if self.old.is_some() { missing } else { missing.split('.').next()? };
        let mut edits: Vec<(Range<usize>, String)> = vec![(old.clone(), new.to_owned())];
        let text = &self.source.text;
        for part in &element.names {
            let written = text.get(part.range.clone())?;
            // A name that holds the endpoint differs already.
            if !written.contains(name.as_str()) || self.old.is_none() {
                edits.push((part.range.clone(), self.renamed(part, written, missing, taken)?));
            }
        }
        edits.extend(element.left_out.iter().map(|range| (range.clone(), String::new())));
        if self.old.is_some() {
            let whole = element.range.clone();
            let again = text[whole.clone()].match_indices(name.as_str()).map(|(at, _)| whole.start + at);
            edits.extend(again.filter(|at| *at != old.start).map(|at| (at..at + name.len(), new.to_owned())));
        }
        edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::new();
        let mut at = element.range.start;
        for (range, text_of) in edits {
            if range.start < at {
                continue;
            }
            out += text.get(at..range.start)?;
            out += &text_of;
            at = range.end;
        }
        out += text.get(at..element.range.end)?;
        Some(out)
    }

    /// `kms.` of `"kms.${local.suffix}"`, where the host is put together.
    fn first_label(&self, missing: &str) -> Option<(Range<usize>, String)> {
        let label = self.cloud.legacy.hosts.first()?.split('.').next()?.to_owned();
        let start = self.span.start as usize + 1;
        let rest = self.source.text.get(start..)?;
        (self.cloud.successors.hosts.iter().any(|host| host == missing) && rest.starts_with(&format!("{label}.")))
            .then(|| (start..start + label.len(), label))
    }

    /// A name that the file does not have yet.
    fn renamed(&self, name: &Name, written: &str, missing: &str, taken: &mut Vec<String>) -> Option<String> {
        let well_known = self.rule.names.as_ref().filter(|names| names.legacy == written).and_then(|names| {
            let at = self.cloud.successors.addresses.iter().position(|address| address.to_string() == missing)?;
            names.successors.get(at).cloned()
        });
        let free = |made: &String| !self.source.text.contains(made.as_str()) && !taken.contains(made);
        if let Some(made) = well_known.filter(free) {
            taken.push(made.clone());
            return Some(made);
        }
        let word = self.cloud.successors.hosts.first().and_then(|host| host.split('.').next()).unwrap_or("new");
        let separator = match name.kind {
            NameKind::Label => '_',
            _ if written.contains('_') && !written.contains('-') => '_',
            _ => '-',
        };
        let made = (1..100).map(|number| {
            let suffix = format!("{separator}{word}{separator}{number}");
            match name.kind {
                NameKind::Text | NameKind::Label => {
                    let kept = if written.contains("${") { written } else { cut(written, LONGEST_NAME - suffix.len()) };
                    format!("{kept}{suffix}")
                }
                NameKind::Expression => format!("\"${{{written}}}{suffix}\""),
                NameKind::Template => format!("concat({written}, '{suffix}')"),
            }
        });
        let made = made.into_iter().find(free)?;
        taken.push(made.clone());
        Some(made)
    }

    /// `destination_address_prefix = "a"` as `destination_address_prefixes = ["a", "b"]`. Azure takes one of the two.
    fn plural(&self) -> Option<Vec<Edit>> {
        let text = &self.source.text;
        let (old, name) = self.old.clone()?;
        let line_start = text[..self.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line_start..self.span.start as usize];
        let (key_at, key) = ["destination_address_prefix", "destinationAddressPrefix"]
            .into_iter()
            .find_map(|key| Some((line_start + before.rfind(key)?, key)))?;
        let key_end = key_at + key.len();
        let between = text.get(key_end..self.span.start as usize)?;
        if between.contains(|c: char| !matches!(c, ' ' | '=' | ':' | '"')) {
            return None;
        }
        let literal = &text[self.span.range()];
        let other = |missing: &String| {
            let range = old.start - self.span.start as usize..old.end - self.span.start as usize;
            let mut made = literal.to_owned();
            made.replace_range(range, missing);
            made
        };
        debug_assert!(literal.contains(name.as_str()));
        let all: Vec<String> =
            std::iter::once(literal.to_owned()).chain(self.finding.missing.iter().map(other)).collect();
        let mut edits = vec![self.edit(self.span.range(), format!("[{}]", all.join(", ")))];
        let blanks = between.len() - between.trim_start_matches(' ').len();
        // Two letters more: the column of the equals signs is kept where there is room, or else moves.
        let narrower = blanks.saturating_sub(1).min(2);
        edits.push(self.edit(key_end..key_end + if between.contains('=') { narrower } else { 0 }, "es".to_owned()));
        if between.contains('=') && narrower < 2 {
            let column = key_end + blanks - line_start;
            for at in neighbours(text, line_start, column) {
                edits.push(self.edit(at..at, " ".repeat(2 - narrower)));
            }
        }
        edits.sort_by_key(|edit| edit.span);
        Some(edits)
    }
}

/// Where the equals signs stand that line up with the one in this column of the line at `start`, on the lines before
/// and behind it.
fn neighbours(text: &str, start: usize, column: usize) -> Vec<usize> {
    let sign = |line_start: usize| {
        let line = text[line_start..].lines().next().unwrap_or_default();
        (line.as_bytes().get(column) == Some(&b'=') && line[..column].ends_with(' ')).then_some(line_start + column)
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

fn cut(text: &str, length: usize) -> &str {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= length).last().unwrap_or(0);
    &text[..end]
}

/// The text with edits applied, which must be sorted and must not overlap; `None` where they do.
pub fn applied(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        out += text.get(at..range.start)?;
        out += &edit.text;
        at = range.end;
    }
    out += text.get(at..)?;
    Some(out)
}
