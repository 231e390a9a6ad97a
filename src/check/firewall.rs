//! Azure Firewall, firewall policies and rulestacks.
//!
//! [Azure Firewall rule processing logic] What no rule allows is denied. Network rules come before application rules;
//! within each, a parent policy's before the policy's own, then by the priority of group and collection. A network
//! rule by name allows what the name resolves to. Application rules match HTTP, HTTPS and MSSQL alone.

use super::access::{self, Probe, Reading};
use super::{Subject, Verdict};
use crate::endpoint::{Endpoint, Truth};
use crate::finding::Severity;
use crate::model::{Container, Effect, Entry, Kind, Target};
use crate::rule::listed;
use crate::value::Why;
use std::net::Ipv4Addr;

/// The verdict over all sources.
pub(super) fn judge<'c>(firewall: &'c Container, subject: &'c Subject<'_>) -> Option<Verdict<'c>> {
    let legacy = &subject.cloud.legacy;
    let naming: Vec<(&Entry, &Target)> = firewall
        .entries
        .iter()
        .filter(|entry| matches!(entry.effect, Effect::Allow))
        .filter_map(|entry| Some((entry, *access::named(entry, legacy, subject).first()?)))
        .collect();
    if naming.is_empty() {
        return None;
    }
    let entries = entries(firewall, subject);
    let naming_entries: Vec<&Entry> = naming.iter().map(|(entry, _)| *entry).collect();
    let successors = successors(subject);
    let denying: Vec<&Entry> = entries
        .iter()
        .filter(|entry| {
            let held = |target: &Target| {
                successors.iter().any(|probe| {
                    probe.address.is_some_and(|address| target.holds(address, subject.facts()) != Truth::No)
                        || probe.hosts.iter().any(|host| target.names(host) != Truth::No)
                })
            };
            matches!(entry.effect, Effect::Deny) && entry.targets.iter().any(held)
        })
        .copied()
        .collect();
    let mut verdict: Option<Found> = None;
    for source in access::sources(&naming_entries, &denying) {
        for (entry, target) in &naming {
            let reading = reading(subject, entry.doubt.as_ref().or(entry.unordered.as_ref()));
            if reading.covers(&entry.sources, source) != Truth::Yes {
                continue;
            }
            let probe = probe_of(target, subject);
            if reading.outcome(&entries, probe, source, Truth::No).allowed != Truth::Yes {
                continue;
            }
            let mut found = Found { deciders: vec![(*entry, *target)], ..Found::default() };
            for successor in &successors {
                let outcome = reading.outcome(&entries, *successor, source, Truth::No);
                match outcome.allowed {
                    Truth::Yes => {}
                    Truth::No => {
                        found.missing.extend(successor.address);
                        found.denied.extend(outcome.decider.zip(successor.address));
                    }
                    Truth::Maybe => found.unsure.extend(successor.address.zip(outcome.why)),
                }
            }
            if found.missing.is_empty() && found.unsure.is_empty() {
                continue;
            }
            found.sources.extend(source.map(|source| source.text.trim().to_owned()));
            verdict = Some(match verdict {
                None => found,
                Some(known) => known.with(found),
            });
        }
    }
    verdict.map(|found| found.verdict(firewall, subject))
}

/// What is wrong, over all sources so far.
#[derive(Default)]
struct Found<'c> {
    deciders: Vec<(&'c Entry, &'c Target)>,
    missing: Vec<Ipv4Addr>,
    denied: Vec<(&'c Entry, Ipv4Addr)>,
    unsure: Vec<(Ipv4Addr, Why)>,
    sources: Vec<String>,
}

impl<'c> Found<'c> {
    /// The worse of two decides; equally bad ones are one.
    fn with(mut self, mut other: Found<'c>) -> Found<'c> {
        if self.missing.is_empty() != other.missing.is_empty() {
            return if self.missing.is_empty() { other } else { self };
        }
        other.deciders.retain(|(_, target)| !self.deciders.iter().any(|(_, known)| std::ptr::eq(*known, *target)));
        self.deciders.append(&mut other.deciders);
        self.missing.append(&mut other.missing);
        self.denied.append(&mut other.denied);
        self.unsure.append(&mut other.unsure);
        self.sources.append(&mut other.sources);
        self
    }

    fn verdict(mut self, firewall: &Container, subject: &Subject) -> Verdict<'c> {
        let successors = &subject.cloud.successors;
        let certain = !self.missing.is_empty();
        let lost: Vec<Ipv4Addr> =
            if certain { self.missing.clone() } else { self.unsure.iter().map(|(address, _)| *address).collect() };
        let by_name = self.deciders.iter().all(|(_, target)| matches!(target.endpoint, Endpoint::Host(_)));
        let missing: Vec<String> = if by_name && !successors.hosts.is_empty() {
            successors.hosts.clone()
        } else {
            let missing = successors.addresses.iter().filter(|address| lost.contains(address));
            missing.map(ToString::to_string).collect()
        };
        self.sources.sort();
        self.sources.dedup();
        let legacy: Vec<String> = {
            let mut all: Vec<String> = self.deciders.iter().map(|(_, target)| target.text.trim().to_owned()).collect();
            all.dedup();
            all
        };
        let from = match self.sources.as_slice() {
            [] => String::new(),
            few if few.len() <= 3 => format!(" for {}", listed(few)),
            many => format!(" for {} sources", many.len()),
        };
        let mut message = format!(
            "firewall {} allows {}{from}, but not {}",
            firewall.shown_name(),
            listed(&legacy),
            listed(&missing)
        );
        let unknown =
            firewall.gaps.first().map(|why| format!("it may hold more rules than can be seen: {}", why.text()));
        let unsure = self.unsure.first().map(|(_, why)| format!("whether a rule does is not known: {}", why.text()));
        let severity = match (unknown, unsure) {
            (Some(because), _) => {
                message = format!("{message} by a rule that can be seen; {because}");
                Severity::Note
            }
            (None, Some(because)) if !certain => {
                message = format!("{message} for certain; {because}");
                Severity::Note
            }
            _ => Severity::Error,
        };
        if severity == Severity::Error {
            if !subject.rule.http && self.deciders.iter().all(|(entry, _)| entry.is_http) {
                message += "; an application rule never carries it anyway";
            } else if by_name && lost.len() < successors.addresses.len() {
                message += ", so that it fails now and then";
            }
            if !firewall.declared {
                message += "; only the rules in this code were seen";
            }
        }
        let others =
            self.denied.iter().map(|(entry, address)| (*entry, format!("this rule denies {address}"))).collect();
        Verdict { severity, harmless: false, message, deciders: self.deciders, missing, others }
    }
}

/// Whether a firewall that may be the next hop is seen to allow every successor, for some source.
pub(super) fn appliance_allows(subject: &Subject, hop: Option<&str>) -> bool {
    let firewalls = subject.all.iter().filter(|container| container.kind == Kind::Firewall);
    firewalls.filter(|firewall| may_be_hop(firewall, subject, hop)).any(|firewall| serves(firewall, subject))
}

/// Whether a firewall allows every successor for some source.
pub(super) fn serves(firewall: &Container, subject: &Subject) -> bool {
    let entries = entries(firewall, subject);
    let reading = reading(subject, None);
    let allowing: Vec<&Entry> = entries.iter().filter(|entry| matches!(entry.effect, Effect::Allow)).copied().collect();
    let allows = |source: Option<&Target>| {
        let outcome = |probe: &Probe| reading.outcome(&entries, *probe, source, Truth::No);
        successors(subject).iter().all(|probe| {
            let outcome = outcome(probe);
            outcome.allowed == Truth::Yes && outcome.decider.is_some_and(|entry| subject.rule.http || !entry.is_http)
        })
    };
    access::sources(&allowing, &[]).into_iter().any(allows)
}

/// What happens to an address that these names lead to, and the rule that decides; without one it is denied.
pub(super) fn decision<'c>(
    firewall: &'c Container,
    subject: &Subject<'c>,
    address: Ipv4Addr,
    hosts: &[String],
) -> (String, Option<&'c Entry>) {
    let entries = entries(firewall, subject);
    let probe = Probe { address: Some(address), hosts };
    let source = access::viewpoint(&entries, subject);
    reading(subject, None).outcome(&entries, probe, source, Truth::No).shown(source)
}

/// A hop that refers to a firewall is that one, or has its policy; a plain address may be any whose own address is not
/// known.
fn may_be_hop(firewall: &Container, subject: &Subject, hop: Option<&str>) -> bool {
    let Some(hop) = hop.map(str::to_lowercase) else { return true };
    if !hop.contains("${") {
        return true;
    }
    let is_meant = |container: &&Container| {
        let id = container.id.as_deref().and_then(|id| id.strip_suffix(".id}"));
        container.kind == Kind::Firewall && id.is_some_and(|address| hop.contains(&format!("{address}.")))
    };
    subject.all.iter().filter(is_meant).any(|meant| chain(meant, subject).iter().any(|c| std::ptr::eq(*c, firewall)))
}

fn reading<'a, 's>(subject: &'a Subject<'s>, given: Option<&'a Why>) -> Reading<'a, 's> {
    Reading { subject, given, network_is_everything: None, network_covers: false, by_name: true }
}

/// The successors as a client asks for them: each address, and the names that may lead to it.
fn successors<'a>(subject: &'a Subject) -> Vec<Probe<'a>> {
    let side = &subject.cloud.successors;
    side.addresses.iter().map(|address| Probe { address: Some(*address), hosts: &side.hosts }).collect()
}

/// The legacy endpoint as an entry names it.
fn probe_of<'a>(target: &Target, subject: &'a Subject) -> Probe<'a> {
    let legacy = &subject.cloud.legacy;
    let held = legacy.addresses.iter().find(|address| target.holds(**address, subject.facts()) == Truth::Yes);
    Probe { address: held.or(legacy.addresses.first()).copied(), hosts: &legacy.hosts }
}

/// A firewall or policy, behind the policies that it inherits from: the outermost first.
pub(super) fn chain<'c>(firewall: &'c Container, subject: &Subject<'c>) -> Vec<&'c Container> {
    const DEEPEST: usize = 8;
    let mut out = vec![firewall];
    while let Some(base) = out.last().and_then(|last| last.base.as_deref())
        && out.len() < DEEPEST
    {
        let is_base =
            |container: &&Container| container.kind == Kind::Firewall && container.id.as_deref() == Some(base);
        match subject.all.iter().find(is_base) {
            Some(found) if !out.iter().any(|known| std::ptr::eq(*known, found)) => out.push(found),
            _ => break,
        }
    }
    out.reverse();
    out
}

/// All entries in the order in which they are asked.
fn entries<'c>(firewall: &'c Container, subject: &Subject<'c>) -> Vec<&'c Entry> {
    let mut out: Vec<(bool, usize, &Entry)> = Vec::new();
    for (level, container) in chain(firewall, subject).into_iter().enumerate() {
        out.extend(container.entries.iter().map(|entry| (entry.is_http, level, entry)));
    }
    out.sort_by(|(a_http, a_level, a), (b_http, b_level, b)| {
        (a_http, a_level, &a.order).cmp(&(b_http, b_level, &b.order))
    });
    out.into_iter().map(|(_, _, entry)| entry).collect()
}
