//! Repairs that may be right, most likely first. Which one is right is found out by evaluating its result.
//!
//! One idea is behind all of them: what names the legacy endpoint gets siblings that name the successors. Where one
//! more sibling changes nothing, as an attribute does that nobody reads, the element around it is tried next.

use crate::finding::{Edit, Finding, Fix, Safety};
use crate::rule::{Cloud, Rule, listed};
use crate::source::{Encoding, Source, Sources, Span};
use crate::syntax::insert::{self, Element, ElementKind, Name, NameKind};
use std::ops::Range;
use std::sync::Arc;

/// Further out there is no file that people write.
const MOST: usize = 6;
const MOST_NUMBERS: usize = 100;
/// Azure's limit for names of routes and rules.
const LONGEST_NAME: usize = 80;

/// The repairs to try for a finding, the one that changes least first.
pub fn candidates(finding: &Finding, rule: &Rule, sources: &Sources) -> Vec<Fix> {
    let Some(cloud) = rule.clouds.iter().find(|cloud| Some(&cloud.name) == finding.cloud.as_ref()) else {
        return Vec::new();
    };
    let mut spans = finding.deciding.clone();
    if !spans.iter().any(|(span, _)| *span == finding.primary) {
        spans.push((finding.primary, None));
    }
    spans.sort();
    spans.dedup();
    let context = Context { finding, rule, cloud };
    let written = spans.iter().map(|(span, _)| Place::of(*span, sources, context));
    let mut written: Vec<Place> = written.collect::<Option<_>>().unwrap_or_default();
    for (place, (_, site)) in written.iter_mut().zip(&spans) {
        place.at_end = site.is_some_and(|site| is_counted(&sources.get(site.source), site));
    }
    let used = spans.iter().map(|(_, site)| Place::of_use((*site)?, sources, context));
    let used: Vec<Place> = used.collect::<Option<_>>().unwrap_or_default();
    if finding.missing.is_empty() {
        return Vec::new();
    }
    match finding.check {
        Some("client" | "mistyped-address") => replacement(finding, &written).into_iter().collect(),
        Some("security-group") => {
            let plural = together(&written, Place::plural).map(|edits| added(context, edits));
            plural.into_iter().chain(siblings(context, &written)).collect()
        }
        Some("route-table" | "firewall" | "allow-list") => {
            let mut out = Vec::new();
            // Where several decide, one more of the first may do.
            for places in [written.get(..1).unwrap_or_default(), &written, &used] {
                for edits in [together(places, Place::inside), together(places, Place::argument)] {
                    out.extend(edits.map(|edits| added(context, edits)));
                }
                out.extend(siblings(context, places));
            }
            out.dedup();
            out
        }
        _ => Vec::new(),
    }
}

/// Whether a place lies in a block that is repeated by `count`.
fn is_counted(source: &Arc<Source>, site: Span) -> bool {
    let blocks = insert::elements(source, site.range()).into_iter().filter(|it| it.kind == ElementKind::Block);
    blocks.into_iter().any(|block| source.text[block.range].contains("count.index"))
}

/// The edits of all places, if each has some.
fn together<'p, 's>(places: &'p [Place<'s>], each: impl Fn(&'p Place<'s>) -> Option<Vec<Edit>>) -> Option<Vec<Edit>> {
    let all: Option<Vec<Vec<Edit>>> = places.iter().map(each).collect();
    let mut edits = all?.concat();
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    Some(edits)
}

fn siblings(context: Context, places: &[Place]) -> Vec<Fix> {
    let levels = (0..MOST).filter_map(|level| together(places, |place| place.siblings(level)));
    levels.map(|edits| added(context, edits)).collect()
}

fn added(context: Context, edits: Vec<Edit>) -> Fix {
    let Context { finding, cloud, .. } = context;
    // A range or a wide prefix may be there for more than this.
    let is_exact = |text: &String| {
        let bare = text.trim().trim_end_matches('.').to_lowercase();
        let bare = bare.strip_suffix("/32").unwrap_or(&bare).split(':').next().unwrap_or_default().to_owned();
        cloud.legacy.hosts.contains(&bare) || cloud.legacy.addresses.iter().any(|address| address.to_string() == bare)
    };
    let safety = if finding.legacy.iter().all(is_exact) { Safety::Safe } else { Safety::Review };
    Fix { title: format!("Add {}", listed(&finding.missing)), safety, edits }
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

/// What is to be repaired.
#[derive(Clone, Copy)]
struct Context<'a> {
    finding: &'a Finding,
    rule: &'a Rule,
    cloud: &'a Cloud,
}

/// A literal that names the legacy endpoint, or an expression that uses it.
struct Place<'a> {
    source: Arc<Source>,
    span: Span,
    /// Where the endpoint itself stands in the text, and what it is.
    old: Option<(Range<usize>, String)>,
    /// What stands around the endpoint in its place: `"a/32"` for an expression, nothing for the endpoint itself.
    around: Option<(String, String)>,
    elements: Vec<Element>,
    /// Whether siblings go behind the last one: where the place in the list is an index, all others keep theirs.
    at_end: bool,
    context: Context<'a>,
}

impl<'a> Place<'a> {
    fn of(span: Span, sources: &Sources, context: Context<'a>) -> Option<Place<'a>> {
        let Context { finding, cloud, .. } = context;
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
        Some(Place { source, span, old: found, around: None, elements, at_end: false, context })
    }

    /// An expression whose value a sibling writes out.
    fn of_use(span: Span, sources: &Sources, context: Context<'a>) -> Option<Place<'a>> {
        let source = sources.get(span.source);
        let value = context.finding.legacy.first()?;
        let named = context.cloud.legacy.addresses.iter().map(ToString::to_string);
        let name =
            named.chain(context.cloud.legacy.hosts.iter().cloned()).find(|name| value.contains(name.as_str()))?;
        let (head, tail) = value.split_once(name.as_str())?;
        let text = &source.text;
        let mut range = span.range();
        // Of an expression of Azure Resource Manager the whole text.
        if text[..range.start].ends_with("\"[") && text[range.end..].starts_with("]\"") {
            range = range.start - 2..range.end + 2;
        } else if text[..range.start].ends_with("${") {
            return None;
        }
        let elements = insert::elements(&source, range.clone());
        let written = text.get(range.clone())?.to_owned();
        let around = Some((format!("\"{head}"), format!("{tail}\"")));
        let span = Span::new(span.source, range.clone());
        Some(Place { source, span, old: Some((range, written)), around, elements, at_end: false, context })
    }

    /// What stands for the endpoint in a sibling.
    fn written(&self, new: &str) -> String {
        self.around.as_ref().map_or_else(|| new.to_owned(), |(head, tail)| format!("{head}{new}{tail}"))
    }

    /// `"10.0.0.4, 10.0.0.5"`: a list in one text.
    fn inside(&self) -> Option<Vec<Edit>> {
        let (old, _) = self.old.as_ref().filter(|_| self.around.is_none())?;
        let text = &self.source.text;
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/');
        let start = text[..old.start].rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
        let end = old.end + text[old.end..].find(|c| !is_part(c))?;
        let behind: String = text[end..].chars().take_while(|c| matches!(c, ',' | ';' | ' ' | '|')).collect();
        let before: String = text[..start].chars().rev().take_while(|c| matches!(c, ',' | ';' | ' ' | '|')).collect();
        let separator = [behind, before.chars().rev().collect()].into_iter().find(|it| !it.is_empty())?;
        let (head, tail) = (text.get(start..old.start)?, text.get(old.end..end)?);
        let each = |missing: &String| format!("{separator}{head}{missing}{tail}");
        Some(vec![self.edit(end..end, self.context.finding.missing.iter().map(each).collect())])
    }

    fn edit(&self, range: Range<usize>, text: String) -> Edit {
        Edit { span: Span::new(self.span.source, range), text }
    }

    /// One more argument of `createArray('a')` in an expression of Azure Resource Manager.
    fn argument(&self) -> Option<Vec<Edit>> {
        let (old, _) = self.old.as_ref().filter(|_| self.around.is_none())?;
        let text = &self.source.text;
        let start = text[..old.start].rfind('\'')?;
        let end = old.end + text[old.end..].find('\'')? + 1;
        let written = text.get(start..end).filter(|written| !written.contains(['"', '\n', '(', ')']))?;
        if !is_in_array(&text[..start]) {
            return None;
        }
        let new = |missing: &String| format!(", {}", written.replacen(&text[old.clone()], missing, 1));
        Some(vec![self.edit(end..end, self.context.finding.missing.iter().map(new).collect())])
    }

    /// Siblings of the element so many levels around the literal.
    fn siblings(&self, level: usize) -> Option<Vec<Edit>> {
        let element = self.elements.get(level)?;
        let mut taken = Vec::new();
        let made: Option<Vec<String>> =
            self.context.finding.missing.iter().map(|missing| self.sibling(element, missing, &mut taken)).collect();
        let place =
            if self.at_end { Element { range: element.last.clone(), ..element.clone() } } else { element.clone() };
        let edits = insert::behind(&self.source.text, &place, &made?);
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
        let renamed = (0..MOST_NUMBERS).find_map(|number| {
            let made: Vec<String> =
                names.iter().map(|part| self.renamed(part, missing, number)).collect::<Option<_>>()?;
            let free = |name: &String| !text.contains(name.as_str()) && !taken.contains(name);
            made.iter().all(free).then_some(made)
        })?;
        edits.extend(names.iter().map(|part| part.range.clone()).zip(renamed.iter().cloned()));
        taken.extend(renamed);
        edits.extend(element.left_out.iter().map(|range| (range.clone(), String::new())));
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

    /// `kms.` of `"kms.${local.suffix}"`, where the host is put together.
    fn first_label(&self, missing: &str) -> Option<(Range<usize>, String)> {
        let label = self.context.cloud.legacy.hosts.first()?.split('.').next()?.to_owned();
        let start = self.span.start as usize + 1;
        let rest = self.source.text.get(start..)?;
        (self.context.cloud.successors.hosts.iter().any(|host| host == missing)
            && rest.starts_with(&format!("{label}.")))
        .then(|| (start..start + label.len(), label))
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
            NameKind::Text | NameKind::Label => {
                let kept = if written.contains("${") { written } else { cut(written, LONGEST_NAME - suffix.len()) };
                format!("{kept}{suffix}")
            }
            NameKind::Expression => format!("\"${{{written}}}{suffix}\""),
            NameKind::Template => match written.strip_suffix(')').filter(|_| is_concat(written)) {
                Some(open) => format!("{open}, '{suffix}')"),
                None => format!("concat({written}, '{suffix}')"),
            },
        })
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
            std::iter::once(literal.to_owned()).chain(self.context.finding.missing.iter().map(other)).collect();
        let mut edits = vec![self.edit(self.span.range(), format!("[{}]", all.join(", ")))];
        let blanks = between.len() - between.trim_start_matches(' ').len();
        // Two letters more: the column of the equals signs is kept where there is room, or else moves.
        let narrower = blanks.saturating_sub(1).min(2);
        edits.push(self.edit(key_end..key_end + if between.contains('=') { narrower } else { 0 }, "es".to_owned()));
        if between.contains('=') && narrower < 2 {
            let column = key_end + blanks - line_start;
            for at in insert::aligned(text, line_start, column) {
                edits.push(self.edit(at..at, " ".repeat(2 - narrower)));
            }
        }
        edits.sort_by_key(|edit| edit.span);
        Some(edits)
    }
}

/// Whether a text ends within the arguments of `createArray`, in no other call.
fn is_in_array(before: &str) -> bool {
    let mut depth = 0;
    let mut quoted = false;
    for (at, c) in before.char_indices().rev() {
        match c {
            '\'' => quoted = !quoted,
            '"' | '\n' => return false,
            ')' if !quoted => depth += 1,
            '(' if !quoted && depth > 0 => depth -= 1,
            '(' if !quoted => return before[..at].to_ascii_lowercase().ends_with("createarray"),
            _ => {}
        }
    }
    false
}

/// Whether an expression is one call of `concat` and nothing behind it.
fn is_concat(expression: &str) -> bool {
    let Some(rest) = expression.strip_prefix("concat(") else { return false };
    let mut depth = 1;
    let mut quoted = false;
    for (at, c) in rest.char_indices() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1 == rest.len();
        }
    }
    false
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
