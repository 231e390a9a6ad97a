//! Route tables: the longest prefix decides where an address goes.
//!
//! [Azure: virtual network traffic routing] A user-defined route beats one learned by BGP, which beats a system route,
//! on an equal prefix; without any, 0.0.0.0/0 goes to the Internet, or where a default route learned by BGP leads.
//! An activation request must come from an Azure public IP address, so what goes through a virtual network gateway
//! fails, and what goes through an appliance depends on it.

use super::{Subject, Verdict, certainly, firewall};
use crate::endpoint::{Endpoint, Truth};
use crate::finding::Severity;
use crate::model::{self, Container, Effect, Entry, HopKind, NextHop, Setting, Target};
use crate::rule::listed;
use crate::value::Why;
use std::net::Ipv4Addr;

/// How well an endpoint is reached.
#[derive(Debug, Clone, PartialEq)]
enum Quality {
    /// Straight to the Internet.
    Open,
    /// No route: the Internet, or what BGP says.
    Bgp,
    /// By way of an appliance.
    Appliance,
    /// By way of a virtual network gateway: on-premises.
    Tunnelled,
    /// Dropped, or kept inside.
    Blocked,
    Unknown(Why),
}

/// Where an address goes, and what decides it; no entry means the system route.
#[derive(Clone, Copy)]
struct Treatment<'c> {
    decider: Option<(&'c Entry, &'c Target)>,
}

/// One legacy address in one table.
struct Case<'c, 's> {
    table: &'c Container,
    subject: &'c Subject<'s>,
    legacy: (&'c Entry, &'c Target),
    /// The successors that go another way, and how.
    others: Vec<(Ipv4Addr, Treatment<'c>)>,
}

/// The worst verdict over the legacy addresses.
pub(super) fn judge<'c>(table: &'c Container, subject: &'c Subject<'_>) -> Option<Verdict<'c>> {
    let verdicts = subject.cloud.legacy.addresses.iter().filter_map(|address| judge_address(table, subject, *address));
    verdicts.reduce(Verdict::worse)
}

fn judge_address<'c>(table: &'c Container, subject: &'c Subject<'_>, address: Ipv4Addr) -> Option<Verdict<'c>> {
    let legacy = decide(table, subject, address, |_| true).decider?;
    let quality = quality(table, Some(legacy.0));
    if matches!(quality, Quality::Blocked | Quality::Tunnelled) {
        return None;
    }
    // What holds the successors as well, as a default route does, names nothing; nor does half of one.
    let is_default = matches!(&legacy.1.endpoint, Endpoint::Prefix(net) if net.prefix_len() <= 1);
    if is_default
        || subject.cloud.successors.addresses.iter().all(|address| certainly(legacy.1, *address, subject.facts()))
    {
        return None;
    }
    // What the legacy entry's own condition decides holds for the rest that depends on it.
    let certain = |entry: &Entry| entry.doubt.is_none() || entry.doubt == legacy.0.doubt;
    let successors: Vec<(Ipv4Addr, Treatment)> = subject
        .cloud
        .successors
        .addresses
        .iter()
        .map(|successor| (*successor, decide(table, subject, *successor, certain)))
        .collect();
    let is_same_entry =
        |treatment: &Treatment| treatment.decider.is_some_and(|(entry, _)| std::ptr::eq(entry, legacy.0));
    if successors.iter().all(|(_, treatment)| is_same_entry(treatment)) {
        return None;
    }
    let others: Vec<(Ipv4Addr, Treatment)> =
        successors.iter().filter(|(_, treatment)| same_hop(legacy.0, treatment) != Truth::Yes).copied().collect();
    let case = Case { table, subject, legacy, others };
    if case.others.is_empty() {
        let by_default: Vec<(Ipv4Addr, Treatment)> =
            successors.into_iter().filter(|(_, treatment)| treatment.is_default()).collect();
        let case = Case { others: by_default, ..case };
        return (!case.others.is_empty()).then(|| case.same_path_by_default());
    }
    Some(case.verdict(&quality))
}

/// Where an address goes, and the route that decides; without one the system route, or what BGP brings.
pub(super) fn decision<'c>(table: &'c Container, subject: &Subject, address: Ipv4Addr) -> (String, Option<&'c Entry>) {
    let treatment = decide(table, subject, address, |_| true);
    let shown = match (treatment.entry(), quality(table, None)) {
        (Some(entry), _) => leads(entry),
        (None, Quality::Open) => "to the Internet".to_owned(),
        (None, _) => "to the Internet, or where a default route learned by BGP leads".to_owned(),
    };
    (shown, treatment.entry())
}

/// Whether a table has routes of its own for these addresses, which lead somewhere.
pub(super) fn serves(table: &Container, subject: &Subject, addresses: &[String]) -> bool {
    let served = |address: &Ipv4Addr| {
        let treatment = decide(table, subject, *address, |_| true);
        let quality = quality(table, treatment.entry());
        !treatment.is_default() && matches!(quality, Quality::Open | Quality::Appliance | Quality::Unknown(_))
    };
    addresses.iter().all(|address| address.parse().is_ok_and(|address| served(&address)))
}

impl Treatment<'_> {
    /// Served by a default route, or half of one, or by no route of the table.
    fn is_default(&self) -> bool {
        match self.decider {
            None => true,
            Some((_, target)) => matches!(&target.endpoint, Endpoint::Prefix(net) if net.prefix_len() <= 1),
        }
    }
}

impl<'c> Case<'c, '_> {
    /// The rows of the decision table in which legacy and successors go different ways.
    fn verdict(&self, legacy: &Quality) -> Verdict<'c> {
        let qualities: Vec<Quality> = self.others.iter().map(|(_, t)| quality(self.table, t.entry())).collect();
        let unknown = |quality: &Quality| match quality {
            Quality::Unknown(why) => Some(why.clone()),
            _ => None,
        };
        let hop_why = qualities.iter().find_map(unknown).or_else(|| unknown(legacy)).or_else(|| self.unclear_hop());
        if let Some(why) = self.doubt() {
            return self.unsure(&format!("the table may hold more routes than can be seen: {}", why.text()));
        }
        if let Some(why) = hop_why {
            return self.unsure(&format!("where they go is not known: {}", why.text()));
        }
        if qualities.iter().all(|quality| *quality == Quality::Open) {
            return self.harmless("they still reach the Internet");
        }
        let meant = self.subject.is_meant(self.legacy.0);
        if !meant && !self.legacy.1.endpoint.is_specific() {
            return self.harmless("so wide a prefix holds it by accident, and nothing says that it is meant");
        }
        if let Some(friend) = self.subject.false_friend(self.table).filter(|_| !meant) {
            return self.unsure(friend);
        }
        self.harm(legacy, &qualities)
    }

    fn harm(&self, legacy: &Quality, qualities: &[Quality]) -> Verdict<'c> {
        let any = |quality: &Quality| qualities.contains(quality);
        let severity = if any(&Quality::Tunnelled) || any(&Quality::Blocked) {
            Severity::Error
        } else if any(&Quality::Appliance) && *legacy == Quality::Open {
            if self.appliance_allows() { Severity::Warning } else { Severity::Error }
        } else {
            Severity::Warning
        };
        if let (Some(Setting::Unknown(why)), true) = (&self.table.bgp_propagation, any(&Quality::Bgp)) {
            return self.unsure(&format!("whether BGP may lead them elsewhere is not known: {}", why.text()));
        }
        let message = format!("{}, but {}", self.sends_legacy(), self.sends_others());
        self.made(severity, false, message)
    }

    /// "the successors take the same path by the default route" (rows 9 and 11).
    fn same_path_by_default(&self) -> Verdict<'c> {
        self.harmless("they take the same path by the default route")
    }

    /// A note that `--strict` raises.
    fn harmless(&self, because: &str) -> Verdict<'c> {
        self.made(Severity::Note, true, format!("{}; harmless today, as {because}", self.names_legacy_alone()))
    }

    /// A note because something is not known.
    fn unsure(&self, because: &str) -> Verdict<'c> {
        self.made(Severity::Note, false, format!("{}; {because}", self.names_legacy_alone()))
    }

    /// "route table rt-hub sends 192.0.2.1/32 to the Internet and names no route for 192.0.2.2"
    fn names_legacy_alone(&self) -> String {
        let missing: Vec<String> = self.others.iter().map(|(address, _)| address.to_string()).collect();
        format!("{} and has no such route for {}", self.sends_legacy(), listed(&missing))
    }

    fn made(&self, severity: Severity, harmless: bool, message: String) -> Verdict<'c> {
        let mut others: Vec<(&'c Entry, String)> = Vec::new();
        for (address, treatment) in &self.others {
            let Some(entry) = treatment.entry() else { continue };
            match others.iter_mut().find(|(known, _)| std::ptr::eq(*known, entry)) {
                Some((_, text)) => *text = format!("{text} and {address}"),
                None => others.push((entry, format!("this route takes {address}"))),
            }
        }
        Verdict {
            severity,
            harmless,
            message,
            deciders: vec![self.legacy],
            missing: self.others.iter().map(|(address, _)| address.to_string()).collect(),
            others,
        }
    }

    /// "route table rt-hub sends 192.0.2.1/32 to the Internet"
    fn sends_legacy(&self) -> String {
        let name = self.table.name.as_ref().unwrap_or(&self.table.address);
        let (entry, target) = self.legacy;
        format!("route table {name} sends {} {}", target.text.trim(), leads(entry))
    }

    /// "192.0.2.2 and 192.0.2.3 to the appliance 10.0.0.4"
    fn sends_others(&self) -> String {
        let mut ways: Vec<(Option<String>, Vec<String>)> = Vec::new();
        for (address, treatment) in &self.others {
            let way = treatment.entry().map(leads);
            match ways.iter_mut().find(|(known, _)| *known == way) {
                Some((_, addresses)) => addresses.push(address.to_string()),
                None => ways.push((way, vec![address.to_string()])),
            }
        }
        let part = |(way, all): &(Option<String>, Vec<String>)| match way {
            Some(way) => format!("{} {way}", listed(all)),
            None => format!("leaves {} to whatever default route BGP brings", listed(all)),
        };
        listed(&ways.iter().map(part).collect::<Vec<_>>())
    }

    /// What may give a successor a better path: a route whose prefix or presence is not known, or more routes than
    /// can be seen.
    fn doubt(&self) -> Option<Why> {
        if let Some(gap) = self.table.gaps.first() {
            return Some(gap.clone());
        }
        let helps = |entry: &Entry| {
            matches!(quality(self.table, Some(entry)), Quality::Open | Quality::Appliance | Quality::Unknown(_))
        };
        for entry in self.table.entries.iter().filter(|entry| helps(entry)) {
            for target in &entry.targets {
                for (address, treatment) in &self.others {
                    let facts = self.subject.facts();
                    let doubtful = entry.doubt.is_some() && entry.doubt != self.legacy.0.doubt;
                    let why = match target.endpoint.holds(*address, facts) {
                        Truth::Maybe => target.why.clone().or_else(|| entry.doubt.clone()),
                        Truth::Yes if doubtful => {
                            let precision = |target: &Target| target.endpoint.precision(*address, facts);
                            let better = precision(target) >= treatment.decider.and_then(|(_, t)| precision(t));
                            entry.doubt.clone().filter(|_| better)
                        }
                        _ => None,
                    };
                    if why.is_some() {
                        return why;
                    }
                }
            }
        }
        None
    }

    /// Two appliances of which it cannot be said whether they are one.
    fn unclear_hop(&self) -> Option<Why> {
        let unclear = self.others.iter().find(|(_, treatment)| same_hop(self.legacy.0, treatment) == Truth::Maybe)?;
        let target = |entry: &Entry| next_hop(entry).and_then(|hop| hop.target.as_ref()?.any_why());
        unclear.1.entry().and_then(target).or_else(|| target(self.legacy.0))
    }

    /// Whether a firewall in the same evaluation, which may be the next hop of every successor, is seen to allow them.
    fn appliance_allows(&self) -> bool {
        self.others.iter().all(|(_, treatment)| {
            let hop = treatment.entry().and_then(next_hop).and_then(|hop| hop.target.as_ref()?.identity());
            firewall::appliance_allows(self.subject, hop.as_deref())
        })
    }
}

impl<'c> Treatment<'c> {
    fn entry(&self) -> Option<&'c Entry> {
        self.decider.map(|(entry, _)| entry)
    }
}

/// The entry with the longest prefix that holds an address for certain; the first of equals.
fn decide<'c>(
    table: &'c Container,
    subject: &Subject,
    address: Ipv4Addr,
    counts: impl Fn(&Entry) -> bool,
) -> Treatment<'c> {
    let mut best = None;
    for entry in table.entries.iter().filter(|entry| counts(entry)) {
        for target in entry.targets.iter().filter(|target| certainly(target, address, subject.facts())) {
            let precision = target.endpoint.precision(address, subject.facts());
            if best.as_ref().is_none_or(|(known, _)| precision > *known) {
                best = Some((precision, (entry, target)));
            }
        }
    }
    Treatment { decider: best.map(|(_, decider)| decider) }
}

fn next_hop(entry: &Entry) -> Option<&NextHop> {
    match &entry.effect {
        Effect::Route(hop) => Some(hop),
        _ => None,
    }
}

fn quality(table: &Container, entry: Option<&Entry>) -> Quality {
    let Some(hop) = entry.and_then(next_hop) else {
        return match &table.bgp_propagation {
            Some(Setting::Known(false)) => Quality::Open,
            _ => Quality::Bgp,
        };
    };
    match &hop.kind {
        HopKind::Internet => Quality::Open,
        HopKind::VirtualAppliance => Quality::Appliance,
        HopKind::VirtualNetworkGateway => Quality::Tunnelled,
        HopKind::VnetLocal | HopKind::None | HopKind::Absent | HopKind::Other(_) => Quality::Blocked,
        HopKind::Unknown(why) => Quality::Unknown(why.clone()),
    }
}

/// Whether a treatment leads where the legacy entry does.
fn same_hop(legacy: &Entry, treatment: &Treatment) -> Truth {
    let (Some(a), Some(b)) = (next_hop(legacy), treatment.entry().and_then(next_hop)) else { return Truth::No };
    if let (HopKind::Unknown(a), HopKind::Unknown(b)) = (&a.kind, &b.kind) {
        return if a == b { Truth::Yes } else { Truth::Maybe };
    }
    if a.kind != b.kind {
        return Truth::No;
    }
    match (&a.target, &b.target) {
        (None, None) => Truth::Yes,
        (Some(a), Some(b)) => match (a.identity(), b.identity()) {
            (Some(x), Some(y)) if x == y => Truth::Yes,
            (Some(x), Some(y)) if !model::may_be_equal(&x.to_lowercase(), &y.to_lowercase()) => Truth::No,
            _ => Truth::Maybe,
        },
        _ => Truth::No,
    }
}

/// "to the Internet", "to the appliance 10.0.0.4"
fn leads(entry: &Entry) -> String {
    let Some(hop) = next_hop(entry) else { return String::new() };
    let target = hop.target.as_ref().and_then(super::super::value::Value::as_str);
    match (&hop.kind, target) {
        (HopKind::Internet, _) => "to the Internet".to_owned(),
        (HopKind::VirtualAppliance, Some(target)) => format!("to the appliance {target}"),
        (HopKind::VirtualAppliance, None) => "to an appliance".to_owned(),
        (HopKind::VirtualNetworkGateway, _) => "to the virtual network gateway".to_owned(),
        (HopKind::Unknown(_), _) => "to a next hop that is not known".to_owned(),
        (HopKind::None, _) => "nowhere (next hop None)".to_owned(),
        (HopKind::VnetLocal, _) => "into the virtual network (next hop VnetLocal)".to_owned(),
        (HopKind::Absent | HopKind::Other(_), _) => "to no next hop that Azure knows".to_owned(),
    }
}
