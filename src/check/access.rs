//! Entries that allow or deny: by priority, the first that matches decides. Security groups and firewalls stand on it.

use super::Subject;
use crate::endpoint::{Endpoint, Truth};
use crate::model::{Entry, Target, Word};
use crate::rule::Side;
use crate::value::Why;
use std::net::Ipv4Addr;

/// What a client asks for: an address, and the names that lead to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe<'a> {
    pub address: Option<Ipv4Addr>,
    /// In lower case.
    pub hosts: &'a [String],
}

/// What happens to a probe, and what decides it; no entry means the default.
pub(super) struct Outcome<'c> {
    pub allowed: Truth,
    pub decider: Option<&'c Entry>,
    /// Why it is not known, if it is not.
    pub why: Option<Why>,
}

/// Which entries count, and how they are read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a, 's> {
    pub subject: &'a Subject<'s>,
    /// What decides about the legacy entry decides about the others that depend on it in the same way.
    pub given: Option<&'a Why>,
    /// What the tag `VirtualNetwork` means: with a default route of one's own it holds the whole Internet.
    /// [Azure: network security groups, service tags]
    pub network_is_everything: Option<&'a Why>,
    /// Whether the tag `VirtualNetwork` as a source means everything that a security group sees.
    pub network_covers: bool,
    /// Whether entries are matched by name too.
    pub by_name: bool,
}

impl Reading<'_, '_> {
    /// The first of the sorted entries that matches decides; `default` where none does.
    ///
    /// An entry whose priority is not known may come first among those it is sorted before, and last of those that share
    /// what is known of it.
    pub(super) fn outcome<'c>(
        &self,
        entries: &[&'c Entry],
        probe: Probe,
        source: Option<&Target>,
        default: Truth,
    ) -> Outcome<'c> {
        let mut perhaps: Vec<(Truth, Why)> = Vec::new();
        let mut floating: Vec<&'c Entry> = Vec::new();
        let settle = |allowed: Truth, decider: Option<&'c Entry>, perhaps: Vec<(Truth, Why)>| match perhaps
            .into_iter()
            .find(|(other, _)| *other != allowed)
        {
            Some((_, why)) => Outcome { allowed: Truth::Maybe, decider, why: Some(why) },
            None => Outcome { allowed, decider, why: decider.and_then(|entry| entry.effect.why().cloned()) },
        };
        for entry in entries {
            let behind = floating.iter().find(|floating| !entry.order.starts_with(&floating.order));
            if let Some(first) = behind {
                return settle(first.effect.allows(), Some(first), perhaps);
            }
            let (matched, why) = self.matches(entry, probe, source);
            let allowed = entry.effect.allows();
            let unsure = || {
                let why = entry.effect.why().or(why.as_ref()).cloned();
                why.unwrap_or_else(|| Why::because("an entry is not known"))
            };
            let unordered = entry.unordered.as_ref().filter(|why| self.given != Some(why));
            match (matched, unordered) {
                (Truth::No, _) => {}
                (Truth::Maybe, _) => perhaps.push((allowed, unsure())),
                (Truth::Yes, Some(why)) => {
                    perhaps.push((allowed, why.clone()));
                    floating.push(entry);
                }
                (Truth::Yes, None) => return settle(allowed, Some(entry), perhaps),
            }
        }
        match floating.first() {
            Some(first) => settle(first.effect.allows(), Some(first), perhaps),
            None => settle(default, None, perhaps),
        }
    }

    /// Whether an entry is about a probe, with what makes that unsure.
    fn matches(&self, entry: &Entry, probe: Probe, source: Option<&Target>) -> (Truth, Option<Why>) {
        let (mut best, mut why) = (Truth::No, None);
        for target in &entry.targets {
            let found = self.meets(target, probe);
            if found > best {
                best = found;
                why = target.why.clone().or_else(|| self.network_is_everything.cloned());
            }
            if best == Truth::Yes {
                break;
            }
        }
        if best == Truth::No {
            return (Truth::No, None);
        }
        // An allow-list all the same, although no application rule carries what is not HTTP.
        let carried = match (entry.is_http, self.subject.rule.http) {
            (true, true) => port(entry, self.subject),
            (true, false) => Truth::Yes,
            (false, _) => carries(entry, self.subject),
        };
        let covered = self.covers(&entry.sources, source);
        let there = match &entry.doubt {
            Some(doubt) if self.given != Some(doubt) => Truth::Maybe,
            _ => Truth::Yes,
        };
        let word = || entry.ports.iter().chain(&entry.protocols).find_map(|word| word.why.clone());
        let origin = || entry.sources.iter().find_map(|target| target.why.clone());
        let all = best.min(carried).min(covered).min(there);
        let why = match all {
            Truth::Maybe if there == Truth::Maybe => entry.doubt.clone(),
            Truth::Maybe if carried == Truth::Maybe => word(),
            Truth::Maybe if covered == Truth::Maybe => origin(),
            _ => why,
        };
        (all, why)
    }

    fn meets(&self, target: &Target, probe: Probe) -> Truth {
        let held = probe.address.map_or(Truth::No, |address| target.holds(address, self.subject.facts()));
        let named = || probe.hosts.iter().map(|host| target.names(host)).max().unwrap_or(Truth::No);
        match &target.endpoint {
            Endpoint::Tag(tag) if self.network_is_everything.is_some() && is_network(tag) => Truth::Maybe,
            _ if held < Truth::Yes && self.by_name => held.max(named()),
            _ => held,
        }
    }

    /// Whether an entry for these sources is about traffic from all of `source`; no source is anywhere.
    pub(super) fn covers(&self, sources: &[Target], source: Option<&Target>) -> Truth {
        if sources.is_empty() {
            return Truth::Yes;
        }
        sources.iter().map(|held| self.covers_one(held, source)).max().unwrap_or(Truth::No)
    }

    fn covers_one(&self, held: &Target, source: Option<&Target>) -> Truth {
        if self.is_anywhere(held) {
            return Truth::Yes;
        }
        let Some(source) = source.filter(|source| !self.is_anywhere(source)) else {
            return if held.why.is_some() { Truth::Maybe } else { Truth::No };
        };
        let same = held.text == source.text && held.group == source.group && held.why == source.why;
        if same {
            return Truth::Yes;
        }
        if held.group.is_some() || source.group.is_some() {
            // Groups are told apart by their ids.
            return if held.group == source.group { Truth::Yes } else { Truth::No };
        }
        let truth = held.endpoint.covers(&source.endpoint, self.subject.facts());
        if held.why.is_some() || source.why.is_some() { truth.min(Truth::Maybe) } else { truth }
    }

    fn is_anywhere(&self, source: &Target) -> bool {
        match &source.endpoint {
            Endpoint::Any => true,
            Endpoint::Prefix(net) => net.prefix_len() == 0 && source.why.is_none(),
            Endpoint::Tag(tag) => self.network_covers && is_network(tag),
            _ => false,
        }
    }
}

impl<'c> Outcome<'c> {
    /// For the eye: what happens, for which source, and the entry that decides.
    pub(super) fn shown(&self, source: Option<&Target>) -> (String, Option<&'c Entry>) {
        let what = match (self.allowed, &self.why) {
            (Truth::Yes, _) => "Allow".to_owned(),
            (Truth::No, _) => "Deny".to_owned(),
            (Truth::Maybe, Some(why)) => format!("unknown: {}", why.text()),
            (Truth::Maybe, None) => "unknown".to_owned(),
        };
        let from = source.map(|source| format!(" from {}", source.text.trim())).unwrap_or_default();
        (what + &from, self.decider)
    }
}

/// The source to look from: that of the first entry which names the legacy endpoint, or else a successor.
pub(super) fn viewpoint<'c>(entries: &[&'c Entry], subject: &Subject) -> Option<&'c Target> {
    let sides = [&subject.cloud.legacy, &subject.cloud.successors];
    let naming = sides.iter().find_map(|side| entries.iter().find(|entry| !named(entry, side, subject).is_empty()));
    naming.and_then(|entry| entry.sources.first())
}

fn is_network(tag: &str) -> bool {
    tag.eq_ignore_ascii_case("VirtualNetwork")
}

/// Whether an entry is about the rule's protocol and port.
pub(super) fn carries(entry: &Entry, subject: &Subject) -> Truth {
    port(entry, subject).min(protocol(entry, subject))
}

/// Whether the rule's port is among an entry's.
pub(super) fn port(entry: &Entry, subject: &Subject) -> Truth {
    any_of(&entry.ports, |text| {
        text.split(',').any(|part| match part.split_once('-') {
            Some((from, to)) => in_range(from, to, subject.rule.port),
            None => in_range(part, part, subject.rule.port),
        })
    })
}

/// Whether the rule's protocol is among an entry's.
pub(super) fn protocol(entry: &Entry, subject: &Subject) -> Truth {
    any_of(&entry.protocols, |text| text.eq_ignore_ascii_case(&subject.rule.protocol))
}

fn any_of(words: &[Word], wanted: impl Fn(&str) -> bool) -> Truth {
    if words.is_empty() {
        return Truth::Yes;
    }
    let one = |word: &Word| match &word.why {
        Some(_) => Truth::Maybe,
        None if word.text == "*" || word.text.eq_ignore_ascii_case("any") || wanted(&word.text) => Truth::Yes,
        None => Truth::No,
    };
    words.iter().map(one).max().unwrap_or(Truth::No)
}

fn in_range(from: &str, to: &str, port: u16) -> bool {
    let bound = |text: &str| text.trim().parse::<u16>().ok();
    matches!((bound(from), bound(to)), (Some(from), Some(to)) if (from..=to).contains(&port))
}

/// The targets by which an entry names a side: each holds an address of it, or is its host, on purpose and not by
/// accident (semantics, D.1).
pub(super) fn named<'c>(entry: &'c Entry, side: &Side, subject: &Subject) -> Vec<&'c Target> {
    let meant = subject.is_meant(entry);
    let names = |target: &&Target| {
        let host = matches!(&target.endpoint, Endpoint::Host(host) if side.hosts.contains(host));
        let everything = match &target.endpoint {
            Endpoint::Any => true,
            Endpoint::Prefix(net) => net.prefix_len() == 0,
            Endpoint::Tag(tag) => !tag.contains('.'),
            _ => false,
        };
        let held = || side.addresses.iter().any(|address| super::certainly(target, *address, subject.facts()));
        target.why.is_none() && (host || (!everything && (target.endpoint.is_specific() || meant) && held()))
    };
    entry.targets.iter().filter(names).collect()
}

/// The sources that are judged apart: those of the entries that name the legacy endpoint, and those for which a
/// successor is denied. None is anywhere.
pub(super) fn sources<'c>(naming: &[&'c Entry], denying: &[&'c Entry]) -> Vec<Option<&'c Target>> {
    const MOST: usize = 200;
    let mut out: Vec<Option<&Target>> = Vec::new();
    for entry in naming.iter().chain(denying) {
        let own: Vec<Option<&Target>> =
            if entry.sources.is_empty() { vec![None] } else { entry.sources.iter().map(Some).collect() };
        for source in own {
            let text =
                |target: Option<&'c Target>| target.map(|target| (&target.text, &target.group, target.why.is_some()));
            if out.len() < MOST && !out.iter().any(|known| text(*known) == text(source)) {
                out.push(source);
            }
        }
    }
    out
}
