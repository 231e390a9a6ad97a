//! One more of what stands at a place, for each endpoint that is missing.

use super::{Around, Context, chain};
use crate::finding::Edit;
use crate::source::{Encoding, Source, Span};
use crate::syntax::insert::{self, Element, ElementKind, Name, NameKind};
use std::ops::Range;
use std::sync::Arc;

const MOST_NUMBERS: usize = 100;
/// Azure's limit for names of routes and rules, and for priorities of rules.
/// [Azure: naming rules; Microsoft.Network/networkSecurityGroups/securityRules]
const LONGEST_NAME: usize = 80;
const LAST_PRIORITY: u32 = 4096;

/// A literal that names the legacy endpoint, or an expression that uses it.
pub(super) struct Place<'a> {
    pub source: Arc<Source>,
    pub span: Span,
    /// Where the endpoint itself stands in the text, and what it is.
    pub old: Option<(Range<usize>, String)>,
    /// What stands around the endpoint in its place: `"a/32"` for an expression, nothing for the endpoint itself.
    around: Option<(String, String)>,
    pub elements: Vec<Element>,
    /// Whether siblings go behind the last one: where the place in the list is an index, all others keep theirs.
    at_end: bool,
    pub context: Context<'a>,
}

impl<'a> Place<'a> {
    /// A literal, used at `site`.
    pub(super) fn of(span: Span, site: Option<Span>, context: Context<'a>) -> Option<Place<'a>> {
        let Context { finding, cloud, around, .. } = context;
        let source = around.sources.get(span.source);
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
        let elements = around.elements(&source, span.range());
        let at_end = site.is_some_and(|site| is_counted(around, site));
        Some(Place { source, span, old: found, around: None, elements, at_end, context })
    }

    /// An expression whose value a sibling writes out.
    pub(super) fn of_use(span: Span, context: Context<'a>) -> Option<Place<'a>> {
        let source = context.around.sources.get(span.source);
        let value = context.finding.legacy.first()?;
        let legacy = &context.cloud.legacy;
        let mut named = legacy.addresses.iter().map(ToString::to_string).chain(legacy.hosts.iter().cloned());
        let name = named.find(|name| value.contains(name.as_str()))?;
        let (head, tail) = value.split_once(name.as_str())?;
        let text = &source.text;
        let mut range = span.range();
        // Of an expression of Azure Resource Manager the whole text.
        if text[..range.start].ends_with("\"[") && text[range.end..].starts_with("]\"") {
            range = range.start - 2..range.end + 2;
        } else if text[..range.start].ends_with("${") {
            range = sole_template(text, &range)?;
        }
        let elements = context.around.elements(&source, range.clone());
        let written = text.get(range.clone())?.to_owned();
        let around = Some((format!("\"{head}"), format!("{tail}\"")));
        let span = Span::new(span.source, range.clone());
        Some(Place { source, span, old: Some((range, written)), around, elements, at_end: false, context })
    }

    pub(super) fn edit(&self, range: Range<usize>, text: String) -> Edit {
        Edit { span: Span::new(self.span.source, range), text }
    }

    /// The endpoint itself, replaced.
    pub(super) fn replaced(&self, new: &str) -> Option<Vec<Edit>> {
        let (range, _) = self.old.clone()?;
        Some(vec![self.edit(range, new.to_owned())])
    }

    /// What stands for the endpoint in a sibling.
    fn written(&self, new: &str) -> String {
        match (&self.around, &self.old) {
            (Some((head, tail)), _) => format!("{head}{new}{tail}"),
            // A wide prefix gives way as a whole.
            (None, Some((_, old))) if old.contains('/') => format!("{new}/32"),
            (None, _) => new.to_owned(),
        }
    }

    /// `"10.0.0.4, 10.0.0.5"`: a list in one text, which grows behind the endpoint or at its end.
    pub(super) fn inside(&self, at_end: bool) -> Option<Vec<Edit>> {
        let (old, _) = self.old.as_ref().filter(|_| self.around.is_none())?;
        let text = &self.source.text;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/');
        let start = text[..old.start].rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
        let end = old.end + text[old.end..].find(|c| !is_part(c))?;
        let behind: String = text[end..].chars().take_while(|c| matches!(c, ',' | ';' | ' ' | '|')).collect();
        let before: String = text[..start].chars().rev().take_while(|c| matches!(c, ',' | ';' | ' ' | '|')).collect();
        let at_line_end = text[end + behind.len()..].starts_with(['\n', '\r']);
        let around = [behind, before.chars().rev().collect()];
        let separator = around.into_iter().find(|it| !it.is_empty()).filter(|_| !at_line_end)?;
        let (head, tail) = (text.get(start..old.start)?, text.get(old.end..end)?);
        let each = |missing: &String| format!("{separator}{head}{missing}{tail}");
        let rest = text[end..].find(|c| !is_part(c) && !separator.contains(c)).map_or(text.len(), |at| end + at);
        let last = end + text[end..rest].trim_end_matches(|c| separator.contains(c)).len();
        let end = if at_end { last } else { end };
        Some(vec![self.edit(end..end, self.context.finding.missing.iter().map(each).collect())])
    }

    /// Why siblings of the element so many levels around the literal want a look.
    pub(super) fn caution(&self, level: usize) -> Option<&'static str> {
        let element = self.elements.get(level)?;
        let has_priority = element.names.iter().any(|name| name.kind == NameKind::Number);
        element.caution.or(has_priority.then_some("it takes a rule of its own, with the next priority that is free"))
    }

    /// Siblings of the element so many levels around the literal, behind it or behind the last of its siblings.
    pub(super) fn siblings(&self, level: usize, at_end: bool) -> Option<Vec<Edit>> {
        let element = self.elements.get(level)?;
        if at_end && element.last == element.range {
            return None;
        }
        let mut taken = Vec::new();
        let missing = &self.context.finding.missing;
        let made: Option<Vec<String>> =
            missing.iter().map(|missing| self.sibling(element, missing, &mut taken)).collect();
        let made = chain::chained(&self.source.text, &self.elements[level..], made?);
        let place = if self.at_end || at_end {
            Element { range: element.last.clone(), ..element.clone() }
        } else {
            element.clone()
        };
        let edits = insert::behind(&self.source.text, &place, &made);
        Some(edits.into_iter().map(|(range, text)| self.edit(range, text)).collect())
    }

    fn sibling(&self, element: &Element, missing: &str, taken: &mut Vec<String>) -> Option<String> {
        let (old, name) = self.old.clone().or_else(|| self.first_label(missing))?;
        let new = if self.old.is_some() { missing } else { missing.split('.').next()? };
        let mut edits: Vec<(Range<usize>, String)> = vec![(old.clone(), self.written(new))];
        let text = &self.source.text;
        // A name that holds the endpoint differs already.
        let differs = |part: &&Name| {
            self.old.is_none() || !text.get(part.range.clone()).is_some_and(|written| written.contains(name.as_str()))
        };
        let names: Vec<&Name> = element.names.iter().filter(differs).collect();
        let is_free = |name: &String| !taken.contains(name) && !self.context.around.is_taken(&self.source, name);
        let renamed = (0..MOST_NUMBERS).find_map(|number| {
            let one = |part: &&Name| match part.kind {
                NameKind::Number => self.next_number(part, taken),
                _ => self.renamed(part, missing, number).filter(|name| is_free(name)),
            };
            names.iter().map(one).collect::<Option<Vec<String>>>()
        })?;
        edits.extend(names.iter().map(|part| part.range.clone()).zip(renamed.iter().cloned()));
        taken.extend(renamed);
        edits.extend(element.left_out.iter().map(|range| (range.clone(), String::new())));
        if matches!(element.kind, ElementKind::Dash | ElementKind::Key) {
            edits.extend(anchors(text, &element.range).map(|range| (range, String::new())));
        }
        // What is said of a line is said of what stands there.
        let changed = names.iter().map(|part| part.range.end).chain([old.end]);
        edits.extend(
            changed
                .filter_map(|end| insert::comment_behind(text, end))
                .filter(|it| it.end <= element.range.end)
                .map(|it| (it, String::new())),
        );
        if self.old.is_some() && self.around.is_none() {
            let whole = element.range.clone();
            let again = text[whole.clone()].match_indices(name.as_str()).map(|(at, _)| whole.start + at);
            edits.extend(again.filter(|at| *at != old.start).map(|at| (at..at + name.len(), self.written(new))));
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

    /// `kms` of `"kms.${local.suffix}"` or `format("kms.%s", local.suffix)`, where the host is put together.
    fn first_label(&self, missing: &str) -> Option<(Range<usize>, String)> {
        let cloud = self.context.cloud;
        if !cloud.successors.hosts.iter().any(|host| host == missing) {
            return None;
        }
        let label = cloud.legacy.hosts.first()?.split('.').next()?;
        let written = self.source.slice(self.span);
        let begins = |quote: char| -> Vec<usize> {
            written.match_indices(&format!("{quote}{label}.")).map(|(at, _)| at + 1).collect()
        };
        let found: Vec<usize> = ['"', '\''].map(begins).concat();
        let [at] = found.as_slice() else { return None };
        let start = self.span.start as usize + at;
        Some((start..start + label.len(), label.to_owned()))
    }

    /// What a sibling is called with this number; 0 is for the name that everybody uses.
    fn renamed(&self, name: &Name, missing: &str, number: usize) -> Option<String> {
        let Context { rule, cloud, .. } = self.context;
        let written = self.source.text.get(name.range.clone())?;
        if number == 0 {
            let known = rule.names.as_ref().filter(|names| names.legacy == written)?;
            let at = cloud.successors.addresses.iter().position(|address| address.to_string() == missing)?;
            return known.successors.get(at).cloned();
        }
        let word = cloud.successors.hosts.first().and_then(|host| host.split('.').next()).unwrap_or("new");
        let separator = match name.kind {
            NameKind::Label => '_',
            _ if written.contains('_') && !written.contains('-') => '_',
            _ => '-',
        };
        let suffix = format!("{separator}{word}{separator}{number}");
        Some(match name.kind {
            NameKind::Text | NameKind::Label | NameKind::Number => {
                let kept = if written.contains("${") { written } else { cut(written, LONGEST_NAME - suffix.len()) };
                format!("{kept}{suffix}")
            }
            NameKind::Expression => format!("\"${{{written}}}{suffix}\""),
            NameKind::Template => template_with(written, &suffix),
        })
    }

    /// The next priority that stands nowhere in the folder and is not given already.
    fn next_number(&self, name: &Name, taken: &[String]) -> Option<String> {
        let written: u32 = self.source.text.get(name.range.clone())?.trim().parse().ok()?;
        let mut numbers = (written + 1..=LAST_PRIORITY).map(|number| number.to_string());
        numbers.find(|number| !taken.contains(number) && !self.context.around.is_taken(&self.source, number))
    }
}

/// The text with quotes in which an expression is all that is put in.
fn sole_template(text: &str, put: &Range<usize>) -> Option<Range<usize>> {
    let line = text[..put.start].rfind('\n').map_or(0, |at| at + 1);
    let start = line + text[line..put.start].rfind('"')?;
    let end = put.end + text[put.end..].find(['"', '\n'])? + 1;
    let whole = text.get(start..end).filter(|whole| whole.ends_with('"') && !whole.contains('\\'))?;
    (whole.matches("${").count() == 1 && !whole.contains("%{")).then_some(start..end)
}

/// The anchors of YAML in a range, each with the blanks behind it: a name that a document has once.
fn anchors(text: &str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let found = text[range.clone()].match_indices('&').map(|(at, _)| range.start + at);
    let alone = found.filter(|at| text[..*at].ends_with([' ', '\t', '\n']));
    alone.map(|at| {
        let rest = &text[at..];
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let blanks = rest[word..].len() - rest[word..].trim_start_matches([' ', '\t']).len();
        at..at + word + blanks
    })
}

/// Whether a place lies in a block that is repeated by `count`.
fn is_counted(around: &Around, site: Span) -> bool {
    let source = around.sources.get(site.source);
    let mut blocks =
        around.elements(&source, site.range()).into_iter().filter(|element| element.kind == ElementKind::Block);
    blocks.any(|block| source.text[block.range].contains("count.index"))
}

/// An expression of Azure Resource Manager that makes a name, with something behind it: inside the literal at its end,
/// where it has one.
fn template_with(expression: &str, suffix: &str) -> String {
    if let Some(rest) = expression.strip_prefix("format('")
        && let Some((pattern, values)) = rest.split_once('\'')
        && chain::is_one_call(expression)
    {
        return format!("format('{pattern}{suffix}'{values}");
    }
    match expression.strip_suffix(')').filter(|_| expression.starts_with("concat(") && chain::is_one_call(expression)) {
        Some(open) => match open.strip_suffix('\'') {
            Some(literal) => format!("{literal}{suffix}')"),
            None => format!("{open}, '{suffix}')"),
        },
        None => format!("concat({expression}, '{suffix}')"),
    }
}

fn cut(text: &str, length: usize) -> &str {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= length).last().unwrap_or(0);
    &text[..end]
}
