//! Machines that are told which host to use, and DNS records that say where it is.

use super::{Subject, Verdict, certainly};
use crate::endpoint::Endpoint;
use crate::finding::Severity;
use crate::model::{Container, Entry, Target};
use crate::rule::listed;

/// A machine that is told to use the legacy host, or its address.
pub(super) fn judge_client<'c>(client: &'c Container, subject: &Subject<'_>) -> Option<Verdict<'c>> {
    let legacy = &subject.cloud.legacy;
    let is_legacy = |target: &Target| match &target.endpoint {
        Endpoint::Host(host) => legacy.hosts.contains(host),
        Endpoint::Prefix(net) => net.prefix_len() == 32 && legacy.addresses.contains(&net.addr()),
        _ => false,
    };
    let deciders = deciders(client, is_legacy);
    let (_, target) = deciders.first()?;
    let message = format!("{} tells a machine to use {}", client.shown_name(), target.text.trim());
    Some(verdict(subject, deciders, message))
}

/// A record that gives one of the service's names the legacy address.
pub(super) fn judge_record<'c>(record: &'c Container, subject: &Subject<'_>) -> Option<Verdict<'c>> {
    let cloud = subject.cloud;
    let is_name = |entry: &&Entry| {
        let hosts = cloud.legacy.hosts.iter().chain(&cloud.successors.hosts);
        entry.name.as_ref().is_some_and(|name| hosts.into_iter().any(|host| host == name))
    };
    let pins = |target: &Target| cloud.legacy.addresses.iter().any(|address| certainly(target, *address, cloud));
    let entry = record.entries.iter().find(is_name)?;
    let deciders: Vec<(&Entry, &Target)> =
        entry.targets.iter().filter(|target| pins(target)).map(|target| (entry, target)).collect();
    let (_, target) = deciders.first()?;
    let name = entry.name.as_deref().unwrap_or_default();
    let message = format!("the DNS record for {name} says {}, the legacy address", target.text.trim());
    Some(verdict(subject, deciders, message))
}

fn deciders(container: &Container, wanted: impl Fn(&Target) -> bool) -> Vec<(&Entry, &Target)> {
    let all = container.entries.iter().flat_map(|entry| entry.targets.iter().map(move |target| (entry, target)));
    all.filter(|(_, target)| wanted(target)).collect()
}

fn verdict<'c>(subject: &Subject, deciders: Vec<(&'c Entry, &'c Target)>, message: String) -> Verdict<'c> {
    let successors = &subject.cloud.successors;
    let missing = if successors.hosts.is_empty() {
        successors.addresses.iter().map(ToString::to_string).collect()
    } else {
        successors.hosts.clone()
    };
    let message = if missing.is_empty() { message } else { format!("{message}, and not {}", listed(&missing)) };
    Verdict { severity: Severity::Warning, harmless: false, message, deciders, missing, others: Vec::new() }
}
