//! What a repair may change and what it must not: findings and containers before and after, compared.

use crate::finding::{Finding, Severity};
use crate::model::{Container, Effect, Entry, Kind, Word};
use crate::source::Span;
use crate::value::{Value, Why};
use std::collections::{BTreeMap, BTreeSet};

/// One unit: what was found in it, and what its containers hold.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct State {
    /// By scenario and what tells findings apart but their place: severity and what is missing.
    pub findings: BTreeMap<Mark, Vec<(Severity, Vec<String>)>>,
    /// By scenario, kind and address.
    containers: BTreeMap<(String, Kind, String), Vec<Shape>>,
    /// Where values are written that block traffic, or are about other traffic.
    pub untouchable: BTreeSet<Span>,
}

/// Scenario, rule, check, cloud and container.
pub(super) type Mark = (String, String, Option<&'static str>, Option<String>, String);

/// What a container holds.
#[derive(Debug, Default, Clone, PartialEq)]
struct Shape {
    /// What entries say, each with its name and one target.
    holds: BTreeSet<(String, Option<String>, String)>,
    /// Those of them that let traffic through.
    carries: BTreeSet<String>,
    /// Names, prefixes, priorities and blocks that are taken only once and are there more often.
    doubles: usize,
    /// How much there is of what Azure limits.
    size: usize,
}

impl State {
    /// How much there is to evaluate.
    pub(super) fn weight(&self) -> usize {
        self.containers.values().flatten().map(|shape| shape.holds.len() + 1).sum()
    }

    pub(super) fn add(&mut self, label: Option<&str>, containers: &[Container], findings: &[Finding]) {
        let scenario = label.unwrap_or_default().to_owned();
        for finding in findings {
            let seen = (finding.severity, finding.missing.clone());
            self.findings.entry(mark(&scenario, finding)).or_default().push(seen);
        }
        for container in containers {
            let key = (scenario.clone(), container.kind, container.address.clone());
            self.containers.entry(key).or_default().push(shape(container));
            self.untouchable.extend(untouchable(container));
        }
    }
}

pub(super) fn mark(scenario: &str, finding: &Finding) -> Mark {
    let container = finding.containers.first().map(|container| container.address.clone()).unwrap_or_default();
    (scenario.to_owned(), finding.rule.clone(), finding.check, finding.cloud.clone(), container)
}

/// Where a container's values are written that must not get siblings: what a rule denies, where traffic comes from, what
/// no check looks at, what a route leads nowhere.
fn untouchable(container: &Container) -> impl Iterator<Item = Span> + '_ {
    let of_entry = |entry: &'_ Entry| {
        let blocked = if entry.effect.carries() { &[][..] } else { &entry.targets };
        let all: Vec<Span> = blocked.iter().chain(&entry.sources).filter_map(|target| target.span).collect();
        all
    };
    container.unjudged.iter().copied().chain(container.entries.iter().flat_map(of_entry))
}

fn shape(container: &Container) -> Shape {
    let mut out = Shape::default();
    for entry in &container.entries {
        let says = said(entry);
        if entry.effect.carries() {
            out.carries.insert(says.clone());
        }
        let target = |text: &str| (says.clone(), entry.name.clone(), text.trim().to_owned());
        out.holds.extend(entry.targets.iter().map(|it| target(&it.text)));
    }
    let mut once = BTreeMap::<String, usize>::new();
    container
        .entries
        .iter()
        .flat_map(|entry| unique(container.kind, entry))
        .for_each(|word| *once.entry(word).or_default() += 1);
    out.doubles = once.values().filter(|count| **count > 1).count() + container.surplus;
    out.size = match container.kind {
        Kind::RouteTable | Kind::SecurityGroup => container.entries.len(),
        _ => container.entries.iter().map(|entry| entry.targets.len()).sum(),
    };
    out
}

/// What an entry says besides its name and its targets.
fn said(entry: &Entry) -> String {
    let words = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(",");
    let sources: Vec<&str> = entry.sources.iter().map(|source| source.text.as_str()).collect();
    let effect = match &entry.effect {
        Effect::Route(hop) => format!("{:?} {:?}", hop.kind, hop.target.as_ref().and_then(Value::identity)),
        Effect::Allow => "allow".to_owned(),
        Effect::Deny => "deny".to_owned(),
        Effect::Unknown(why) => why.text().to_owned(),
    };
    let doubt = entry.doubt.as_ref().map(Why::text).unwrap_or_default();
    format!("{effect}|{}|{}|{}|{doubt}", sources.join(","), words(&entry.ports), words(&entry.protocols))
}

/// What Azure takes only once in a container: names, prefixes of routes, priorities.
fn unique(kind: Kind, entry: &Entry) -> Vec<String> {
    let name = entry.name.as_ref().map(|name| name.to_lowercase());
    let prefix = entry.targets.first().filter(|target| target.why.is_none()).map(|target| target.text.to_lowercase());
    let found = match kind {
        Kind::RouteTable => [name, prefix],
        Kind::SecurityGroup => [name, entry.order.first().map(|order| format!("priority {order}"))],
        // Collections are told apart by their priorities.
        Kind::Firewall => [name.map(|name| format!("{name} in {:?} {}", entry.order, entry.is_http)), None],
        Kind::AllowList | Kind::Client | Kind::NameRecord => [None, None],
    };
    found.into_iter().flatten().collect()
}

/// How many routes a table, rules a security group and prefixes an IP group may have.
/// [Azure: subscription and service limits, networking]
fn limit(kind: Kind) -> usize {
    match kind {
        Kind::RouteTable => 400,
        Kind::SecurityGroup => 1_000,
        Kind::AllowList => 5_000,
        Kind::Firewall | Kind::Client | Kind::NameRecord => usize::MAX,
    }
}

/// Whether what is there already has to keep its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Kept,
    Free,
}

/// How containers may change.
pub(super) struct Growth<'f> {
    /// What may be new.
    pub missing: BTreeSet<&'f str>,
    /// What may be gone.
    pub replaced: BTreeSet<&'f str>,
    pub names: Names,
}

impl Growth<'_> {
    /// The addresses of containers in which a unit is not what it was, but for findings that are gone and entries that
    /// are new; an empty one where containers have come or gone.
    pub(super) fn wrong(&self, before: &State, after: &State, is_gone: impl Fn(&Mark) -> bool) -> BTreeSet<String> {
        let left: BTreeMap<_, _> = before.findings.iter().filter(|(mark, _)| !is_gone(mark)).collect();
        let changed = left.iter().filter(|(mark, found)| after.findings.get(**mark) != Some(**found));
        let come = after.findings.keys().filter(|mark| !left.contains_key(mark));
        let mut out: BTreeSet<String> = changed.map(|(mark, _)| mark.4.clone()).collect();
        out.extend(come.map(|mark| mark.4.clone()));
        for (key, before) in &before.containers {
            let grew = after.containers.get(key).is_some_and(|after| {
                before.len() == after.len() && before.iter().zip(after).all(|(a, b)| self.grew(key.1, a, b))
            });
            if !grew {
                out.insert(key.2.clone());
            }
        }
        if before.containers.len() != after.containers.len() {
            out.insert(String::new());
        }
        out
    }

    fn grew(&self, kind: Kind, before: &Shape, after: &Shape) -> bool {
        let told = |shape: &Shape| -> BTreeSet<(String, Option<String>, String)> {
            let each = shape.holds.iter().cloned();
            each.map(|(says, name, target)| (says, name.filter(|_| self.names == Names::Kept), target)).collect()
        };
        let (old, new) = (told(before), told(after));
        let may_go = |(_, _, target): &(String, Option<String>, String)| self.replaced.contains(target.as_str());
        let may_come = |(says, _, target): &(String, Option<String>, String)| {
            names_one(target, &self.missing) && (after.carries.contains(says) || !self.replaced.is_empty())
        };
        after.doubles <= before.doubles
            && after.size <= before.size.max(limit(kind))
            && old.difference(&new).all(may_go)
            && new.difference(&old).all(may_come)
    }
}

/// Whether a target is one of the missing endpoints: alone, as a prefix, with a port.
fn names_one(target: &str, missing: &BTreeSet<&str>) -> bool {
    let bare = target.split(['/', ':']).next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    missing.contains(bare.as_str())
}
