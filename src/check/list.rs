//! Lists without an order: IP groups, lists of hosts, what a gateway advertises. Membership decides.

use super::{Subject, Verdict, access};
use crate::endpoint::{Endpoint, Truth};
use crate::finding::Severity;
use crate::model::{Container, Entry, Purpose, Target};
use crate::rule::{listed, names_block_list};

/// A list that no rule in view uses; one that is used is judged with its rules.
pub(super) fn judge<'c>(list: &'c Container, subject: &Subject<'_>) -> Option<Verdict<'c>> {
    let says = subject.rule.names_allow_list(list.shown_name());
    let is_opposite = list.purpose != Purpose::Known && names_block_list(list.shown_name());
    if list.is_used || is_opposite || (list.purpose == Purpose::NameAlone && !says) {
        return None;
    }
    let legacy = &subject.cloud.legacy;
    let deciders: Vec<(&Entry, &Target)> = list
        .entries
        .iter()
        .flat_map(|entry| access::named(entry, legacy, subject).into_iter().map(move |target| (entry, target)))
        .filter(|(_, target)| target.endpoint.is_specific())
        .collect();
    let targets = || list.entries.iter().flat_map(|entry| &entry.targets);
    let successors = &subject.cloud.successors;
    let is_name = deciders.first().is_some_and(|(_, target)| matches!(target.endpoint, Endpoint::Host(_)));
    let named = |truth: Truth| successors.hosts.iter().any(|host| targets().any(|target| target.names(host) >= truth));
    if deciders.is_empty() || named(Truth::Yes) {
        return None;
    }
    let absent: Vec<String> = successors
        .addresses
        .iter()
        .filter(|address| !targets().any(|target| target.holds(**address, subject.facts()) == Truth::Yes))
        .map(ToString::to_string)
        .collect();
    if absent.is_empty() {
        return None;
    }
    let missing = if is_name && !successors.hosts.is_empty() { successors.hosts.clone() } else { absent };
    let values: Vec<String> = deciders.iter().map(|(_, target)| target.text.trim().to_owned()).collect();
    let mut message = format!("list {} holds {} and not {}", list.shown_name(), listed(&values), listed(&missing));
    let gap = list.gaps.first().cloned().or_else(|| targets().find_map(|target| target.why.clone()));
    let gap = gap.or_else(|| list.entries.iter().find_map(|entry| entry.doubt.clone()));
    let severity = if let Some(why) = gap {
        message += &format!("; it may hold more than can be seen: {}", why.text());
        Severity::Note
    } else if let Some(friend) = subject.false_friend(list) {
        message += &format!("; {friend}");
        Severity::Note
    } else if list.purpose != Purpose::Known && !says {
        message += "; nothing that uses it is in view, and its name does not say what it is for";
        Severity::Note
    } else {
        Severity::Warning
    };
    Some(Verdict { severity, harmless: false, message, deciders, missing, others: Vec::new() })
}
