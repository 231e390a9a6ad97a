//! What is wrong with a single entry, whatever the rest of its container says: an address that is a slip of another,
//! and rules that can never carry what they are meant for.

use super::firewall::chain;
use super::{Subject, Verdict, access};
use crate::endpoint::{Endpoint, Truth};
use crate::finding::Severity;
use crate::model::{Container, Effect, Entry, HopKind, Kind, Setting, Target, Word};
use crate::rule::{Mistyped, Side};
use crate::source::Span;
use crate::value::Trail;
use ipnet::Ipv4Net;

/// An entry that is wrong by itself.
pub(super) struct Wrong<'c> {
    pub check: &'static str,
    pub verdict: Verdict<'c>,
    /// Where, and what stands there.
    pub place: (Span, String),
    pub trail: Trail,
}

/// Slips of an address, each at its literal.
pub(super) fn mistyped<'c>(container: &'c Container, subject: &Subject) -> Vec<Wrong<'c>> {
    let mut out = Vec::new();
    for entry in container.entries.iter().filter(|entry| lets_through(entry)) {
        for target in &entry.targets {
            let Some(slip) = slip(target, &subject.cloud.mistyped) else { continue };
            let message = format!(
                "{} of {} is a slip of {}: {}",
                slip.wrong,
                container.shown_name(),
                slip.right,
                slip.why.trim_end_matches('.')
            );
            out.push(Wrong {
                check: "mistyped-address",
                verdict: Verdict {
                    severity: Severity::Error,
                    harmless: false,
                    message,
                    deciders: vec![(entry, target)],
                    missing: vec![slip.right.to_string()],
                    others: Vec::new(),
                },
                place: (target.span.unwrap_or(entry.span), target.text.trim().to_owned()),
                trail: target.trail.clone(),
            });
        }
    }
    out
}

fn slip<'r>(target: &Target, all: &'r [Mistyped]) -> Option<&'r Mistyped> {
    let Endpoint::Prefix(net) = &target.endpoint else { return None };
    all.iter().find(|slip| net.prefix_len() == 32 && net.addr() == slip.wrong)
}

/// Whether the entry is there to let something through: a slip in a deny is no loss.
fn lets_through(entry: &Entry) -> bool {
    match &entry.effect {
        Effect::Allow | Effect::Unknown(_) => true,
        Effect::Deny => false,
        Effect::Route(hop) => !matches!(hop.kind, HopKind::None | HopKind::VnetLocal),
    }
}

/// The containers as if every slip were spelled right; `None` where there is none.
pub(super) fn corrected(containers: &[Container], all: &[Mistyped]) -> Option<Vec<Container>> {
    let slips = |container: &Container| {
        container.entries.iter().flat_map(|entry| &entry.targets).any(|target| slip(target, all).is_some())
    };
    if all.is_empty() || !containers.iter().any(slips) {
        return None;
    }
    let mut out = containers.to_vec();
    for target in out.iter_mut().flat_map(|container| &mut container.entries).flat_map(|entry| &mut entry.targets) {
        if let Some(slip) = slip(target, all) {
            target.endpoint = Endpoint::Prefix(Ipv4Net::from(slip.right));
        }
    }
    Some(out)
}

/// Entries that are meant for the service and can never carry it. `pinned` are the entries of which more is said.
pub(super) fn ineffective<'c>(container: &'c Container, subject: &Subject<'c>, pinned: &[&Entry]) -> Vec<Wrong<'c>> {
    if !matches!(container.kind, Kind::SecurityGroup | Kind::Firewall) {
        return Vec::new();
    }
    let cloud = subject.cloud;
    let both = Side {
        hosts: [cloud.legacy.hosts.as_slice(), &cloud.successors.hosts].concat(),
        addresses: [cloud.legacy.addresses.as_slice(), &cloud.successors.addresses].concat(),
    };
    let mut out = Vec::new();
    for entry in &container.entries {
        let is_pinned = pinned.iter().any(|known| std::ptr::eq(*known, entry));
        if is_pinned || !matches!(entry.effect, Effect::Allow) || !is_meant(entry, subject) {
            continue;
        }
        let named = access::named(entry, &both, subject);
        let named: Vec<&Target> = named.into_iter().filter(|target| target.endpoint.is_specific()).collect();
        out.extend(wrong(container, entry, &named, subject));
    }
    out
}

/// Whether an entry is for the service: by its port, or a usual slip of it, or by its name.
fn is_meant(entry: &Entry, subject: &Subject) -> bool {
    let ports = [&[subject.rule.port][..], &subject.rule.mistyped_ports].concat();
    let has = |word: &Word| word.text.split(',').any(|part| ports.iter().any(|port| part.trim() == port.to_string()));
    entry.ports.iter().any(has) || subject.is_meant(entry)
}

fn wrong<'c>(
    container: &'c Container,
    entry: &'c Entry,
    named: &[&'c Target],
    subject: &Subject<'c>,
) -> Option<Wrong<'c>> {
    let by_name = named.iter().find(|target| matches!(target.endpoint, Endpoint::Host(_))).copied();
    let mut target = *named.first()?;
    let (protocol, port) = (&subject.rule.protocol, subject.rule.port);
    let name = entry.name.as_deref().map_or_else(|| "a rule".to_owned(), |name| format!("rule {name}"));
    let of = |target: &Target| format!("{name} of {} names {}", container.shown_name(), target.text.trim());
    let at = |word: &Word| (word.span.unwrap_or(entry.span), word.text.clone());
    let (place, message, severity) = if entry.is_http && subject.rule.http {
        return None;
    } else if entry.is_http {
        let message = format!("{}, but an application rule never carries {protocol}/{port}", of(target));
        (host_of(target, entry), message, Severity::Warning)
    } else if access::protocol(entry, subject) == Truth::No {
        let message = format!("{}, but is not about {protocol}, which it needs", of(target));
        (at(entry.protocols.first()?), message, Severity::Warning)
    } else if access::port(entry, subject) == Truth::No {
        let word = entry.ports.first()?;
        let message = format!("{}, but is for port {}, and it needs {port}", of(target), word.text);
        (at(word), message, Severity::Warning)
    } else if without_proxy(container, subject) {
        target = by_name?;
        let message = format!(
            "{} by name, but the firewall has no DNS proxy, without which network rules by name do not match",
            of(target)
        );
        (host_of(target, entry), message, Severity::Note)
    } else {
        return None;
    };
    Some(Wrong {
        check: "ineffective",
        verdict: Verdict {
            severity,
            harmless: false,
            message,
            deciders: vec![(entry, target)],
            missing: Vec::new(),
            others: Vec::new(),
        },
        place,
        trail: target.trail.clone(),
    })
}

fn host_of(target: &Target, entry: &Entry) -> (Span, String) {
    (target.span.unwrap_or(entry.span), target.text.trim().to_owned())
}

/// Whether the firewall is seen to have no DNS proxy; a policy that inherits may get it from there.
fn without_proxy(firewall: &Container, subject: &Subject) -> bool {
    let off = |container: &Container| matches!(container.dns_proxy, Some(Setting::Known(false)));
    firewall.kind == Kind::Firewall
        && firewall.base.is_none()
        && firewall.declared
        && chain(firewall, subject).iter().all(|container| off(container))
}
