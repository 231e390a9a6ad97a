//! Network security groups, and the security admin rules of Azure Virtual Network Manager.
//!
//! [Azure: network security groups] Outbound rules by ascending priority; behind them allow `VirtualNetwork` (65000),
//! `AllowInternetOutBound` (65001) and deny (65500). Licensing traffic is a platform rule that groups do not stop unless
//! they deny the tag `AzurePlatformLKM`, or a default route of one's own switches the platform rule off.

use super::access::{self, Probe, Reading};
use super::{Subject, Verdict};
use crate::endpoint::{Endpoint, Truth};
use crate::finding::Severity;
use crate::model::{Container, Effect, Entry, Kind, Target};
use crate::rule::{Side, listed};
use crate::value::Why;
use std::net::Ipv4Addr;

/// What happens to the successors of one legacy address for one source.
struct Case<'c> {
    legacy: (&'c Entry, &'c Target),
    denied: Vec<(Ipv4Addr, &'c Entry)>,
    unsure: Vec<(Ipv4Addr, Why)>,
    by_default: Vec<Ipv4Addr>,
}

/// The worst verdict over the sources.
pub(super) fn judge<'c>(group: &'c Container, subject: &'c Subject<'_>) -> Option<Verdict<'c>> {
    let cases: Vec<Case> = subject.cloud.legacy.addresses.iter().flat_map(|a| cases(group, subject, *a)).collect();
    let verdicts = cases.iter().filter_map(|case| verdict(group, subject, case));
    verdicts.reduce(Verdict::worse)
}

/// Whether a group lets the successors through by rules of its own.
pub(super) fn serves(group: &Container, subject: &Subject) -> bool {
    let entries = sorted(group);
    let reading = reading(subject, None, None);
    subject.cloud.successors.addresses.iter().all(|address| {
        let outcome = reading.outcome(&entries, probe(*address), None, Truth::No);
        outcome.allowed == Truth::Yes
    })
}

/// What happens to an address, and the rule that decides; without one the default rule.
pub(super) fn decision<'c>(group: &'c Container, subject: &Subject, address: Ipv4Addr) -> (String, Option<&'c Entry>) {
    let entries = sorted(group);
    let source = access::viewpoint(&entries, subject);
    reading(subject, None, None).outcome(&entries, probe(address), source, Truth::Yes).shown(source)
}

fn probe(address: Ipv4Addr) -> Probe<'static> {
    Probe { address: Some(address), hosts: &[] }
}

fn reading<'a, 's>(subject: &'a Subject<'s>, given: Option<&'a Why>, everything: Option<&'a Why>) -> Reading<'a, 's> {
    Reading { subject, given, network_is_everything: everything, network_covers: true, by_name: false }
}

fn sorted(group: &Container) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = group.entries.iter().collect();
    entries.sort_by(|a, b| a.order.cmp(&b.order));
    entries
}

fn cases<'c>(group: &'c Container, subject: &'c Subject<'_>, address: Ipv4Addr) -> Vec<Case<'c>> {
    let entries = sorted(group);
    let side = Side { addresses: vec![address], hosts: Vec::new() };
    let naming: Vec<&Entry> = entries
        .iter()
        .filter(|entry| matches!(entry.effect, Effect::Allow) && !access::named(entry, &side, subject).is_empty())
        .copied()
        .collect();
    if naming.is_empty() {
        return Vec::new();
    }
    let successors = &subject.cloud.successors.addresses;
    let denies = |entry: &&&Entry| {
        let held =
            |target: &Target| successors.iter().any(|address| target.holds(*address, subject.facts()) != Truth::No);
        matches!(entry.effect, Effect::Deny) && entry.targets.iter().any(held)
    };
    let denying: Vec<&Entry> = entries.iter().filter(denies).copied().collect();
    let forced = forced_route(group, subject).map(|address| {
        Why::because(format!("with the default route of {address} the tag VirtualNetwork holds the Internet too"))
    });
    let mut out = Vec::new();
    for source in access::sources(&naming, &denying) {
        let plain = reading(subject, None, forced.as_ref());
        let legacy = plain.outcome(&entries, probe(address), source, Truth::Yes);
        let depends = |entry: &&&Entry| entry.doubt.is_some() || entry.unordered.is_some();
        let doubtful = |entry: &&&Entry| depends(entry) && plain.covers(&entry.sources, source) == Truth::Yes;
        let decider = match (legacy.allowed, legacy.decider) {
            (Truth::Yes, Some(entry)) => Some(entry),
            (Truth::Maybe, Some(entry)) if naming.iter().any(|one| std::ptr::eq(*one, entry)) => Some(entry),
            // There only perhaps, but then it decides.
            (Truth::Maybe | Truth::Yes, _) => naming.iter().find(doubtful).copied(),
            _ => None,
        };
        let Some(decider) = decider else { continue };
        let Some(target) = access::named(decider, &side, subject).first().copied() else { continue };
        if access::carries(decider, subject) != Truth::Yes {
            continue;
        }
        let reading = reading(subject, decider.doubt.as_ref().or(decider.unordered.as_ref()), forced.as_ref());
        let mut case =
            Case { legacy: (decider, target), denied: Vec::new(), unsure: Vec::new(), by_default: Vec::new() };
        for successor in successors {
            let outcome = reading.outcome(&entries, probe(*successor), source, Truth::Yes);
            match (outcome.allowed, outcome.decider, outcome.why) {
                (Truth::No, Some(entry), _) => case.denied.push((*successor, entry)),
                (Truth::Yes, None, _) => case.by_default.push(*successor),
                (Truth::Maybe, _, Some(why)) => case.unsure.push((*successor, why)),
                _ => {}
            }
        }
        out.push(case);
    }
    out
}

fn verdict<'c>(group: &'c Container, subject: &Subject, case: &Case<'c>) -> Option<Verdict<'c>> {
    let allows = format!(
        "security group {} allows {} on {}/{}",
        group.shown_name(),
        case.legacy.1.text.trim(),
        subject.rule.protocol,
        subject.rule.port
    );
    let texts = |addresses: &[Ipv4Addr]| listed(&addresses.iter().map(ToString::to_string).collect::<Vec<_>>());
    let note = |missing: &[Ipv4Addr], harmless: bool, because: String| {
        let message = format!("{allows} and has no such rule for {}; {because}", texts(missing));
        Some(made(case, Severity::Note, harmless, message, missing, Vec::new()))
    };
    if !case.denied.is_empty() {
        let denied: Vec<Ipv4Addr> = case.denied.iter().map(|(address, _)| *address).collect();
        if let Some(why) = group.gaps.first() {
            return note(&denied, false, format!("it may hold more rules than can be seen: {}", why.text()));
        }
        let mut message = format!("{allows}, but denies {}", texts(&denied));
        let severity = match (forced_route(group, subject), platform_denied(group, subject)) {
            (_, Some(entry)) => {
                let name = entry.name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
                message += &format!("; it denies Azure's platform rule for licensing too{name}");
                Severity::Error
            }
            (_, None) if subject.rule.platform_tag.is_none() => Severity::Error,
            (Some(table), None) => {
                message += &format!("; the default route of {table} switches Azure's platform rule for licensing off");
                Severity::Error
            }
            (None, None) => {
                message += "; Azure's platform rule for licensing still lets them through, unless a default route of \
                            one's own switches it off";
                Severity::Warning
            }
        };
        let others =
            case.denied.iter().map(|(address, entry)| (*entry, format!("this rule denies {address}"))).collect();
        return Some(made(case, severity, false, message, &denied, others));
    }
    if let Some((_, why)) = case.unsure.first() {
        let unsure: Vec<Ipv4Addr> = case.unsure.iter().map(|(address, _)| *address).collect();
        return note(&unsure, false, format!("whether they are let through is not known: {}", why.text()));
    }
    if case.by_default.is_empty() {
        return None;
    }
    let because = "harmless today, as only the default rule AllowInternetOutBound lets them through".to_owned();
    note(&case.by_default, true, because)
}

fn made<'c>(
    case: &Case<'c>,
    severity: Severity,
    harmless: bool,
    message: String,
    missing: &[Ipv4Addr],
    others: Vec<(&'c Entry, String)>,
) -> Verdict<'c> {
    Verdict {
        severity,
        harmless,
        message,
        deciders: vec![case.legacy],
        missing: missing.iter().map(ToString::to_string).collect(),
        others,
    }
}

/// The route table on one of the group's subnets that takes everything, if there is one: its address.
fn forced_route<'c>(group: &Container, subject: &Subject<'c>) -> Option<&'c str> {
    let shares = |table: &&Container| table.subnets.iter().any(|subnet| group.subnets.contains(subnet));
    let halves = |table: &&Container| {
        let len = |entry: &Entry, address: [u8; 4], len: u8| {
            entry.targets.iter().any(|target| {
                matches!(&target.endpoint, Endpoint::Prefix(net) if net.prefix_len() == len && net.addr().octets() == address)
            })
        };
        let has = |address, length| table.entries.iter().any(|entry| len(entry, address, length));
        has([0, 0, 0, 0], 0) || (has([0, 0, 0, 0], 1) && has([128, 0, 0, 0], 1))
    };
    let tables = subject.all.iter().filter(|container| container.kind == Kind::RouteTable);
    tables.filter(shares).find(halves).map(Container::shown_name)
}

/// The rule that denies Azure's own licensing traffic.
fn platform_denied<'c>(group: &'c Container, subject: &Subject) -> Option<&'c Entry> {
    let tag = subject.rule.platform_tag.as_deref()?;
    let denies = |entry: &&Entry| {
        let is_tag =
            |target: &Target| matches!(&target.endpoint, Endpoint::Tag(name) if name.eq_ignore_ascii_case(tag));
        matches!(entry.effect, Effect::Deny) && entry.targets.iter().any(is_tag)
    };
    group.entries.iter().find(denies)
}
