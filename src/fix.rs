//! Repairs that may be right, most likely first. Which one is right is found out by evaluating its result.
//!
//! One idea is behind all of them: what names the legacy endpoint gets siblings that name the successors. Where one
//! more sibling changes nothing, as an attribute does that nobody reads, the element around it is tried next.

mod chain;
mod plural;
mod sibling;

use crate::finding::{Edit, Finding, Fix, Safety};
use crate::rule::{Cloud, Rule, listed};
use crate::source::{Source, SourceId, Sources, Span};
use crate::syntax::insert::{Element, Notation};
use sibling::Place;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Further out there is no file that people write.
const MOST: usize = 6;

/// A repair that may be right.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub fix: Fix,
    /// Why it wants a look, besides what the finding says.
    pub cautions: Vec<String>,
}

/// What is around findings.
pub struct Around<'a> {
    sources: &'a Sources,
    /// Whether something that blocks traffic uses what is written at a place too: it gets no siblings then, and what uses
    /// it does.
    is_untouchable: &'a dyn Fn(Span) -> bool,
    /// The other texts in the folder of one.
    beside: &'a dyn Fn(&Source) -> Vec<Arc<Source>>,
    /// What has been read already: texts, and the words of folders.
    read: RefCell<HashMap<SourceId, Notation>>,
    words: RefCell<HashMap<PathBuf, HashSet<u64>>>,
}

impl<'a> Around<'a> {
    pub fn new(
        sources: &'a Sources,
        is_untouchable: &'a dyn Fn(Span) -> bool,
        beside: &'a dyn Fn(&Source) -> Vec<Arc<Source>>,
    ) -> Around<'a> {
        Around { sources, is_untouchable, beside, read: RefCell::default(), words: RefCell::default() }
    }

    fn elements(&self, source: &Arc<Source>, place: Range<usize>) -> Vec<Element> {
        let mut read = self.read.borrow_mut();
        let notation = read.entry(source.id).or_insert_with(|| Notation::of(source));
        notation.elements(&source.text, place)
    }

    /// Whether a text, or one beside it, has a name already.
    fn is_taken(&self, source: &Source, name: &str) -> bool {
        /// Texts up to here are searched; of larger ones the words are known, unless nothing else is in the folder.
        const SMALL: usize = 64 * 1024;
        if source.text.len() <= SMALL && source.text.contains(name) {
            return true;
        }
        let folder = source.path.parent().unwrap_or(&source.path).to_path_buf();
        let mut known = self.words.borrow_mut();
        let words = known.entry(folder).or_insert_with(|| {
            let texts = (self.beside)(source);
            texts.iter().map(|other| other.text.as_str()).chain([source.text.as_str()]).flat_map(words).collect()
        });
        words.contains(&hashed(name))
    }
}

/// The words of a text that names are made of.
fn words(text: &str) -> impl Iterator<Item = u64> + '_ {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')));
    parts.filter(|word| !word.is_empty()).map(hashed)
}

/// A word whatever its case. Two words that share a number only make a name wait for the next one.
fn hashed(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.bytes().for_each(|byte| hasher.write_u8(byte.to_ascii_lowercase()));
    hasher.finish()
}

/// What is to be repaired.
#[derive(Clone, Copy)]
struct Context<'a> {
    finding: &'a Finding,
    rule: &'a Rule,
    cloud: &'a Cloud,
    around: &'a Around<'a>,
}

/// The repairs to try for a finding, the one that changes least first.
pub fn candidates(finding: &Finding, rule: &Rule, around: &Around) -> Vec<Candidate> {
    let Some(cloud) = rule.clouds.iter().find(|cloud| Some(&cloud.name) == finding.cloud.as_ref()) else {
        return Vec::new();
    };
    if finding.missing.is_empty() {
        return Vec::new();
    }
    let mut spans = finding.deciding.clone();
    if !spans.iter().any(|(span, _)| *span == finding.primary) {
        spans.push((finding.primary, None));
    }
    spans.sort();
    spans.dedup();
    let context = Context { finding, rule, cloud, around };
    let written = spans.iter().map(|(span, site)| Place::of(*span, *site, context));
    let written: Vec<Place> = written.collect::<Option<_>>().unwrap_or_default();
    let blocked = spans.iter().any(|(span, _)| (around.is_untouchable)(*span));
    let mut out = match finding.check {
        Some("client" | "mistyped-address") => replacement(finding, &written).into_iter().collect(),
        Some("route-table" | "firewall" | "allow-list" | "security-group") => {
            let used = spans.iter().map(|(_, site)| Place::of_use((*site)?, context));
            let mut used: Vec<Candidate> = added(context, &used.collect::<Option<Vec<_>>>().unwrap_or_default());
            if blocked {
                let caution = "something that blocks traffic, or is about other traffic, uses the same value";
                for candidate in &mut used {
                    candidate.cautions.push(caution.to_owned());
                }
                used
            } else {
                // Where several decide, one more of the first may do.
                let first = added(context, written.get(..1).unwrap_or_default());
                first.into_iter().chain(added(context, &written)).chain(used).collect()
            }
        }
        _ => Vec::new(),
    };
    out.dedup();
    out
}

/// Siblings, level by level from the inside out, with one that is spelled otherwise before them.
fn added(context: Context, places: &[Place]) -> Vec<Candidate> {
    let Context { finding, .. } = context;
    let candidate = |(edits, cautions): (Vec<Edit>, Vec<&str>)| Candidate {
        fix: Fix { title: format!("Add {}", listed(&finding.missing)), safety: Safety::Safe, edits },
        cautions: is_broad(context).into_iter().chain(cautions).map(str::to_owned).collect(),
    };
    let plain = |edits: Vec<Edit>| (edits, Vec::new());
    let mut out = Vec::new();
    if finding.check == Some("security-group") {
        out.extend(together(places, Place::filled).map(plain));
        out.extend(together(places, Place::plural).map(plain));
    }
    for at_end in [false, true] {
        out.extend(together(places, |place| place.inside(at_end)).map(plain));
    }
    for level in 0..MOST {
        let cautions: Vec<&str> = places.iter().filter_map(|place| place.caution(level)).collect();
        // Where an element is called by its place among the others, new ones come last.
        for at_end in [false, true] {
            let edits = together(places, |place| place.siblings(level, at_end));
            out.extend(edits.map(|edits| (edits, cautions.clone())));
        }
    }
    out.into_iter().map(candidate).collect()
}

/// A range or a wide prefix may be there for more than this.
fn is_broad(context: Context) -> Option<&'static str> {
    let legacy = &context.cloud.legacy;
    let is_exact = |text: &String| {
        let bare = text.trim().trim_end_matches('.').to_lowercase();
        let bare = bare.strip_suffix("/32").unwrap_or(&bare).split(':').next().unwrap_or_default().to_owned();
        legacy.hosts.contains(&bare) || legacy.addresses.iter().any(|address| address.to_string() == bare)
    };
    let broad = !context.finding.legacy.iter().all(is_exact);
    broad.then_some("what is named holds more than the legacy endpoint, and may be there for that")
}

fn replacement(finding: &Finding, places: &[Place]) -> Option<Candidate> {
    let [new] = finding.missing.as_slice() else { return None };
    let edits = together(places, |place| place.replaced(new))?;
    let caution = "the network has to let the new endpoint through before machines use it";
    let cautions = if finding.check == Some("client") { vec![caution.to_owned()] } else { Vec::new() };
    Some(Candidate { fix: Fix { title: format!("Replace by {new}"), safety: Safety::Safe, edits }, cautions })
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
