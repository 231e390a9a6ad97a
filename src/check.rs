//! The verdict: a difference between endpoints within one container, never a text match.
//!
//! Each container kind answers one question: what happens to this endpoint here, and which entry decides it? The
//! check compares the answers for the legacy endpoint and its successors.

use crate::endpoint::{Endpoint, TagFacts, Truth};
use crate::finding::{ContainerRef, Finding, Related, Severity};
use crate::model::{Container, Effect, Entry, Kind, Purpose, Target};
use crate::rule::{Cloud, Rule};
use crate::source::Span;
use crate::value::{Trail, Via};
use alike::Alike;
use std::collections::HashMap;
use std::net::Ipv4Addr;

mod access;
mod alike;
mod entry;
mod firewall;
mod list;
mod machine;
mod route_table;
mod security_group;

/// All that one evaluation declares, judged by all rules. Findings of several instances at one place are not merged
/// yet, see [`merge`].
pub fn check(containers: &[Container], rules: &[Rule]) -> Vec<Finding> {
    let mut out = Vec::new();
    for rule in rules {
        for cloud in rule.clouds.iter().filter(|cloud| !cloud.closed) {
            let as_written = Subject { rule, cloud, all: containers, alike: None };
            for container in containers {
                let wrong = entry::mistyped(container, &as_written);
                out.extend(wrong.into_iter().filter_map(|wrong| as_written.wrong(container, wrong)));
            }
            // One slip is one finding: all else is judged as if it were spelled right.
            let corrected = entry::corrected(containers, &cloud.mistyped);
            let all = corrected.as_deref().unwrap_or(containers);
            let alike = Alike::of(all);
            let subject = Subject { rule, cloud, all, alike: Some(&alike) };
            subject.all.iter().for_each(|container| subject.judge(container, &mut out));
        }
    }
    out
}

/// What happens to one endpoint in a container, for the eye.
#[derive(Debug, Clone)]
pub struct Decision {
    /// An address, or a host name where entries go by name.
    pub endpoint: String,
    /// `Allow`, `Deny`, `-> Internet`; with what is not known.
    pub outcome: String,
    /// The name of the entry that decides, and where its target is written; `None` for the default.
    pub by: Option<(Option<String>, Span)>,
}

/// What happens to each watched endpoint in a container, cloud by cloud, where an entry names one of the cloud's.
pub fn decisions(container: &Container, all: &[Container], rules: &[Rule]) -> Vec<Decision> {
    let mut out: Vec<Decision> = Vec::new();
    for (rule, cloud) in rules.iter().flat_map(|rule| rule.clouds.iter().map(move |cloud| (rule, cloud))) {
        let subject = Subject { rule, cloud, all, alike: None };
        let sides = [&cloud.legacy, &cloud.successors];
        let names = |entry: &Entry| sides.iter().any(|side| !access::named(entry, side, &subject).is_empty());
        if cloud.closed || !container.entries.iter().any(names) {
            continue;
        }
        for side in sides {
            for address in &side.addresses {
                let made = match container.kind {
                    Kind::RouteTable => Some(route_table::decision(container, &subject, *address)),
                    Kind::SecurityGroup => Some(security_group::decision(container, &subject, *address)),
                    Kind::Firewall => Some(firewall::decision(container, &subject, *address, &side.hosts)),
                    Kind::AllowList | Kind::Client | Kind::NameRecord => None,
                };
                if let Some((outcome, entry)) = made
                    && !out.iter().any(|known| known.endpoint == address.to_string())
                {
                    let place =
                        |entry: &Entry| entry.targets.first().and_then(|target| target.span).unwrap_or(entry.span);
                    let by = entry.map(|entry| (entry.name.clone(), place(entry)));
                    out.push(Decision { endpoint: address.to_string(), outcome, by });
                }
            }
        }
    }
    out
}

/// What a container is judged by.
struct Subject<'a> {
    rule: &'a Rule,
    cloud: &'a Cloud,
    all: &'a [Container],
    /// Those that may be one and the same; only where findings are made.
    alike: Option<&'a Alike<'a>>,
}

/// What is wrong with a container, if anything is.
struct Verdict<'c> {
    severity: Severity,
    /// A note that says "harmless today".
    harmless: bool,
    message: String,
    /// The entries that decide for the legacy endpoint, with the targets that name it.
    deciders: Vec<(&'c Entry, &'c Target)>,
    /// Bare addresses or host names.
    missing: Vec<String>,
    /// The entries that treat the successors otherwise, and what they do.
    others: Vec<(&'c Entry, String)>,
}

impl Verdict<'_> {
    /// The worse of two for one container, with what decides in both.
    fn worse(self, other: Self) -> Self {
        let (mut worst, other) = if other.severity > self.severity { (other, self) } else { (self, other) };
        for decider in other.deciders {
            if !worst.deciders.iter().any(|(_, known)| std::ptr::eq(*known, decider.1)) {
                worst.deciders.push(decider);
            }
        }
        worst
    }
}

impl<'a> Subject<'a> {
    /// All that is wrong with a container.
    fn judge(&self, container: &'a Container, out: &mut Vec<Finding>) {
        let verdict = match container.kind {
            Kind::RouteTable => route_table::judge(container, self),
            Kind::SecurityGroup => security_group::judge(container, self),
            Kind::Firewall => firewall::judge(container, self),
            Kind::AllowList => list::judge(container, self),
            Kind::Client => machine::judge_client(container, self),
            Kind::NameRecord => machine::judge_record(container, self),
        };
        let deciders: Vec<&Entry> = verdict.iter().flat_map(|v| v.deciders.iter().map(|(entry, _)| *entry)).collect();
        let wrong = entry::ineffective(container, self, &deciders);
        out.extend(wrong.into_iter().filter_map(|wrong| self.wrong(container, wrong)));
        let verdict = verdict.map(|verdict| self.guessed(container, self.lowered(container, verdict)));
        out.extend(verdict.and_then(|verdict| self.finding(container, container.kind.name(), verdict, None)));
    }

    fn wrong(&self, container: &Container, wrong: entry::Wrong) -> Option<Finding> {
        self.finding(container, wrong.check, wrong.verdict, Some((wrong.place, wrong.trail)))
    }

    /// Why a container that holds a legacy address looks like a published list with another purpose.
    fn false_friend(&self, container: &Container) -> Option<&str> {
        let single = |target: &Target| match &target.endpoint {
            Endpoint::Prefix(net) if net.prefix_len() == 32 => Some(net.addr()),
            _ => None,
        };
        let addresses = container.entries.iter().flat_map(|entry| &entry.targets).filter_map(single);
        self.rule.false_friend(addresses).map(|friend| friend.explain.as_str())
    }

    fn facts(&self) -> &dyn TagFacts {
        self.cloud
    }

    /// Whether an entry of this name is meant for what the rule watches.
    fn is_meant(&self, entry: &Entry) -> bool {
        entry.name.as_deref().is_some_and(|name| self.rule.intends(name))
    }

    /// Where the key of a container is not wholly known, another in the same evaluation may be the same one; if that
    /// one serves the successors, nothing is certain (semantics, D.1).
    fn lowered<'c>(&self, container: &'a Container, mut verdict: Verdict<'c>) -> Verdict<'c> {
        let serves = |other: &'a Container| match other.kind {
            Kind::RouteTable => route_table::serves(other, self, &verdict.missing),
            Kind::SecurityGroup => security_group::serves(other, self),
            Kind::Firewall => firewall::serves(other, self),
            Kind::AllowList | Kind::Client | Kind::NameRecord => false,
        };
        if verdict.severity > Severity::Note
            && let Some(other) = self.alike.and_then(|alike| alike.serving(container, &verdict.missing, serves))
        {
            verdict.severity = Severity::Note;
            verdict.message = format!("{}; {} may be the same one and serves them", verdict.message, other.address);
        }
        verdict
    }

    /// Where nothing but names says what a container is, nothing is certain; and without a name that does, nothing is
    /// likely (semantics, D.5).
    fn guessed<'c>(&self, container: &Container, mut verdict: Verdict<'c>) -> Verdict<'c> {
        let is_told = container.purpose != Purpose::Guess || container.kind == Kind::AllowList;
        let says = self.rule.names_allow_list(container.shown_name());
        let most = if says { Severity::Warning } else { Severity::Note };
        if !is_told && verdict.severity > most {
            verdict.severity = most;
            verdict.message += "; only names say what they are, as what takes them is not in view";
        }
        verdict
    }

    /// A verdict as a finding, at the first deciding literal or at `place`.
    fn finding(
        &self,
        container: &Container,
        check: &'static str,
        verdict: Verdict,
        place: Option<((Span, String), Trail)>,
    ) -> Option<Finding> {
        let mut deciders = verdict.deciders;
        deciders.sort_by_key(|(_, target)| target.span);
        let (entry, target) = *deciders.first()?;
        let texts = self.rule.check(check)?;
        let mut legacy: Vec<String> = Vec::new();
        for (_, target) in &deciders {
            let text = target.text.trim().to_owned();
            if !legacy.contains(&text) {
                legacy.push(text);
            }
        }
        let own_place = place.is_some();
        let (primary, trail) = match place {
            Some(((span, text), trail)) => {
                legacy = vec![text];
                (span, trail)
            }
            None => (target.span.unwrap_or(entry.span), target.trail.clone()),
        };
        let missing = verdict.missing;
        let fill = |text: &str| self.rule.fill(text, &legacy, &missing);
        let is_application = !self.rule.http && deciders.iter().all(|(entry, _)| entry.is_http);
        let help = texts.help_application.as_ref().filter(|_| is_application).unwrap_or(&texts.help);
        let mut help = fill(help);
        if container.kind == Kind::RouteTable && !container.private_subnets.is_empty() && check == container.kind.name()
        {
            let names = crate::rule::listed(&container.private_subnets);
            help += &format!(" Subnet {names} has no default outbound access, and none of these is in view for it.");
        }
        Some(Finding {
            rule: self.rule.id.clone(),
            check: Some(check),
            severity: verdict.severity,
            cloud: Some(self.cloud.name.clone()),
            message: verdict.message,
            why: fill(&texts.why),
            help,
            url: Some(self.rule.url.clone()),
            containers: vec![ContainerRef {
                address: container.address.clone(),
                kind: container.kind.name(),
                name: container.name.clone(),
            }],
            cautions: if own_place { Vec::new() } else { cautions(container, &deciders, &missing) },
            related: related(container, &deciders, &trail, &verdict.others, primary),
            legacy,
            missing,
            primary,
            deciding: if own_place {
                Vec::new()
            } else {
                deciders.iter().filter_map(|(_, target)| places(target)).collect()
            },
            scenarios: Vec::new(),
            fix: None,
            home: String::new(),
            fingerprint: String::new(),
            harmless: verdict.harmless,
        })
    }
}

/// Where a target is written, and where it is used, if that is another place.
fn places(target: &Target) -> Option<(Span, Option<Span>)> {
    let span = target.span?;
    Some((span, target.trail.site().filter(|site| !site.contains(span) && !span.contains(*site))))
}

/// Why a repair of what a container lacks wants a look.
fn cautions(container: &Container, deciders: &[(&Entry, &Target)], missing: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let is_unsure = |entry: &Entry| {
        entry.doubt.is_some() || entry.effect.why().is_some() || entry.targets.iter().any(|target| target.why.is_some())
    };
    if !container.gaps.is_empty() || container.entries.iter().any(is_unsure) {
        out.push(format!("a part of {} could not be evaluated", container.address));
    }
    out.extend(container.caution.map(str::to_owned));
    if container.purpose == Purpose::Guess {
        out.push("what the module does with it is not in view".to_owned());
    }
    if deciders.iter().any(|(entry, _)| entry.effect.is_appliance()) {
        out.push("the legacy address goes to an appliance of its own, which has to let the others through".to_owned());
    }
    let names_one = |target: &Target| {
        let net = match &target.endpoint {
            Endpoint::Prefix(net) if net.prefix_len() == 32 => net.addr().to_string(),
            _ => return false,
        };
        missing.contains(&net)
    };
    let allows = |entry: &&Entry| matches!(entry.effect, Effect::Allow) && entry.targets.iter().any(names_one);
    if container.kind == Kind::SecurityGroup
        && let Some(rule) = container.entries.iter().find(allows)
    {
        let name = rule.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
        out.push(format!(
            "rule{name} allows what is missing, behind a rule that denies it: its priority may be what is wrong"
        ));
    }
    out
}

/// The way from the literal to its use, the other deciding literals, and the entries that treat the successors
/// otherwise.
fn related(
    container: &Container,
    deciders: &[(&Entry, &Target)],
    trail: &Trail,
    others: &[(&Entry, String)],
    primary: Span,
) -> Vec<Related> {
    let mut out: Vec<Related> = Vec::new();
    let mut add = |span: Span, message: String| {
        if span != primary && !out.iter().any(|known| known.span == span) {
            out.push(Related { span, message });
        }
    };
    let trails = std::iter::once(trail).chain(deciders.iter().skip(1).map(|(_, target)| &target.trail));
    for ((entry, _), trail) in deciders.iter().zip(trails) {
        for (via, span) in trail.way() {
            match via {
                Via::Local => add(span, "goes through this local value".to_owned()),
                Via::Variable => add(span, "goes through this variable".to_owned()),
                Via::Argument => add(span, "is passed to the module here".to_owned()),
                Via::Output => add(span, "goes through this output".to_owned()),
                Via::Reference => {}
            }
        }
        if !entry.span.contains(primary) {
            add(entry.span, format!("used by this entry of {}", container.address));
        }
    }
    for (_, target) in deciders.iter().skip(1) {
        if let Some(span) = target.span {
            add(span, format!("{} decides here too", target.text.trim()));
        }
    }
    for (entry, does) in others {
        let span = entry.targets.first().and_then(|target| target.span).unwrap_or(entry.span);
        add(span, does.clone());
    }
    if container.declared && !container.span.contains(primary) {
        add(container.span, format!("{} is declared here", container.address));
    }
    out
}

/// Merges findings of one place: several instances, containers or scenarios become one with the worst severity, all
/// containers and the union of what is missing.
pub fn merge(findings: Vec<Finding>, rules: &[Rule]) -> Vec<Finding> {
    let mut out: Vec<Finding> = Vec::new();
    let mut at = HashMap::new();
    for finding in findings {
        let key = (finding.rule.clone(), finding.check, finding.cloud.clone(), finding.primary);
        match at.get(&key).copied() {
            Some(known) => absorb(&mut out[known], finding),
            None => {
                at.insert(key, out.len());
                out.push(finding);
            }
        }
    }
    for finding in &mut out {
        // One container in several scenarios may have several names.
        finding.containers.sort();
        finding.containers.dedup_by(|a, b| a.address == b.address && a.kind == b.kind);
        let rule = rules.iter().find(|rule| rule.id == finding.rule);
        let order = rule.map(super::rule::Rule::endpoint_order).unwrap_or_default();
        finding.missing.sort_by_key(|name| order.iter().position(|known| known == name));
        finding.missing.dedup();
    }
    out
}

fn absorb(into: &mut Finding, mut other: Finding) {
    if other.severity > into.severity {
        std::mem::swap(into, &mut other);
    }
    let union = |into: &mut Vec<String>, other: Vec<String>| {
        for item in other {
            if !into.contains(&item) {
                into.push(item);
            }
        }
    };
    into.deciding.append(&mut other.deciding);
    let lacks_all = |a: &Finding, b: &Finding| b.missing.iter().all(|name| a.missing.contains(name));
    if !lacks_all(into, &other) || !lacks_all(&other, into) {
        other.cautions.push("not all that use the value lack the same".to_owned());
    }
    union(&mut into.cautions, std::mem::take(&mut other.cautions));
    union(&mut into.missing, other.missing);
    union(&mut into.scenarios, other.scenarios);
    union(&mut into.legacy, other.legacy);
    into.containers.append(&mut other.containers);
    for place in other.related {
        if !into.related.iter().any(|known| known.span == place.span) {
            into.related.push(place);
        }
    }
    into.harmless &= other.harmless;
}

/// Whether a target holds an address for certain.
fn certainly(target: &Target, address: Ipv4Addr, facts: &dyn TagFacts) -> bool {
    target.holds(address, facts) == Truth::Yes
}
