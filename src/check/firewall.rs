//! Whether a firewall lets the successors through: what makes an appliance route survivable.

use super::Subject;
use crate::endpoint::{Endpoint, Truth};
use crate::model::{Container, Effect, Entry};

/// Whether a firewall is seen to allow every successor of the subject on its port, by address or by name.
/// The first entry that matches decides; without one an Azure Firewall denies.
/// [Azure Firewall rule processing logic]
pub(super) fn allows_successors(firewall: &Container, subject: &Subject) -> bool {
    let mut entries: Vec<&Entry> = firewall.entries.iter().filter(|entry| carries(entry, subject)).collect();
    entries.sort_by(|a, b| a.order.cmp(&b.order));
    let hosts = &subject.cloud.successors.hosts;
    subject.cloud.successors.addresses.iter().all(|address| {
        let meant = |endpoint: &Endpoint| {
            let by_name = hosts.iter().any(|host| endpoint.names(host) == Truth::Yes);
            by_name || endpoint.holds(*address, subject.facts()) == Truth::Yes
        };
        let first = entries.iter().find(|entry| entry.targets.iter().any(|target| meant(&target.endpoint)));
        first.is_some_and(|entry| matches!(entry.effect, Effect::Allow) && entry.doubt.is_none())
    })
}

fn carries(entry: &Entry, subject: &Subject) -> bool {
    let any = |text: &str| text == "*" || text.eq_ignore_ascii_case("any");
    let port = |text: &String| {
        any(text)
            || match text.split_once('-') {
                Some((from, to)) => in_range(from, to, subject.rule.port),
                None => in_range(text, text, subject.rule.port),
            }
    };
    let protocol = |text: &String| any(text) || text.eq_ignore_ascii_case(&subject.rule.protocol);
    (entry.ports.is_empty() || entry.ports.iter().any(port))
        && (entry.protocols.is_empty() || entry.protocols.iter().any(protocol))
}

fn in_range(from: &str, to: &str, port: u16) -> bool {
    let bound = |text: &str| text.trim().parse::<u16>().ok();
    matches!((bound(from), bound(to)), (Some(from), Some(to)) if (from..=to).contains(&port))
}
