//! Rules as data: what moved, from where to where, and what to say of it. One YAML file each, in `rules/`.
//!
//! No other code knows an address or a name of what moved. A rule is registered by existing.

use crate::endpoint::TagFacts;
use ipnet::Ipv4Net;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

mod load;
mod page;
mod validate;

pub use load::{Loaded, load};
pub use page::{page, table};

/// How something is pinned; what a rule may have a text for, in the order of the documentation.
pub const CHECKS: [&str; 8] = [
    "route-table",
    "security-group",
    "firewall",
    "allow-list",
    "client",
    "name-record",
    "mistyped-address",
    "ineffective",
];

/// Facts, wording and examples of one migration.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// In kebab-case, readable behind the word "ignore".
    pub id: String,
    pub title: String,
    /// Whether it is held against the code without being asked for.
    pub default: bool,
    /// What moved, as a noun.
    pub service: String,
    pub port: u16,
    /// `TCP` or `UDP`.
    pub protocol: String,
    pub summary: String,
    /// What happens where the successors cannot be reached.
    pub consequence: String,
    pub url: String,
    pub clouds: Vec<Cloud>,
    /// Whether the service speaks HTTP or HTTPS, so that application rules of a firewall carry it.
    #[serde(default)]
    pub http: bool,
    /// Ports that people write for the right one.
    #[serde(default)]
    pub mistyped_ports: Vec<u16>,
    /// The service tag of Azure's own traffic for the service, which security groups stop only where they deny it.
    #[serde(default)]
    pub platform_tag: Option<String>,
    /// In lower case: what in a name says that an entry is meant for the service.
    intent: Vec<String>,
    /// In lower case: what in a name says that a list is an allow-list.
    #[serde(default)]
    allow_list_names: Vec<String>,
    /// A file without any of these, whatever their case, cannot matter.
    watch_words: Vec<String>,
    #[serde(default)]
    false_friends: Vec<FalseFriend>,
    checks: BTreeMap<String, CheckText>,
    #[serde(default)]
    pub names: Option<Names>,
    #[serde(default)]
    pub timeline: Vec<Event>,
    #[serde(default)]
    pub references: Vec<Reference>,
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// The endpoints in one cloud. Clouds are judged apart: their addresses do not help each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cloud {
    /// As Azure names the environment: `AzureCloud`.
    pub name: String,
    pub title: String,
    /// The cloud is gone: nothing is held against it.
    #[serde(default)]
    pub closed: bool,
    pub legacy: Side,
    #[serde(default)]
    pub successors: Side,
    /// Published prefixes of service tags, as far as they hold an address of this rule.
    #[serde(default)]
    tags: BTreeMap<String, Vec<Ipv4Net>>,
    #[serde(default)]
    pub mistyped: Vec<Mistyped>,
}

/// All of these are needed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// In lower case.
    #[serde(default)]
    pub hosts: Vec<String>,
    #[serde(default)]
    pub addresses: Vec<Ipv4Addr>,
}

/// An address that people write for another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mistyped {
    pub wrong: Ipv4Addr,
    pub right: Ipv4Addr,
    pub why: String,
}

/// A published list that holds a legacy address for another reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FalseFriend {
    pub name: String,
    /// A clause about the container.
    pub explain: String,
    /// So many of the addresses must be there.
    pub at_least: usize,
    pub addresses: Vec<Ipv4Addr>,
}

/// What is said of one check. Texts have the placeholders `{legacy}`, `{missing}` and `{port}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CheckText {
    /// What is flagged, as a noun phrase.
    pub summary: String,
    /// What happens to machines: one sentence.
    pub why: String,
    /// What to write.
    pub help: String,
    /// What to write where an application rule names a service that is no HTTP.
    #[serde(default)]
    pub help_application: Option<String>,
}

/// What new entries are called where the legacy one has a well-known name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    pub legacy: String,
    pub successors: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub date: String,
    pub what: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub title: String,
    pub url: String,
}

/// Code with its verdict; a test checks it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub check: String,
    pub title: String,
    pub expect: Expect,
    pub files: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Expect {
    None,
    Note,
    Warning,
    Error,
}

impl Expect {
    pub fn name(self) -> &'static str {
        match self {
            Expect::None => "none",
            Expect::Note => "note",
            Expect::Warning => "warning",
            Expect::Error => "error",
        }
    }
}

impl Rule {
    /// Whether the rule is held against the code: it is selected, itself or one of its checks, or on by default.
    pub fn is_on(&self, select: &[String]) -> bool {
        let is_meant = |name: &String| name.split('/').next() == Some(self.id.as_str());
        if select.is_empty() { self.default } else { select.iter().any(is_meant) }
    }

    /// Whether a name says that an entry is meant for the service.
    pub fn intends(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.intent.iter().any(|word| name.contains(word.as_str()))
    }

    /// Whether a name says that a list is an allow-list, and not the opposite.
    pub fn names_allow_list(&self, name: &str) -> bool {
        let lower = name.to_lowercase().replace('-', "_");
        !names_block_list(name) && self.allow_list_names.iter().any(|word| lower.contains(word.as_str()))
    }

    /// What is said of a check.
    pub fn check(&self, name: &str) -> Option<&CheckText> {
        self.checks.get(name)
    }

    /// Puts the values of a finding into a text.
    pub fn fill(&self, text: &str, legacy: &[String], missing: &[String]) -> String {
        text.replace("{legacy}", &listed(legacy))
            .replace("{missing}", &listed(missing))
            .replace("{port}", &self.port.to_string())
    }

    /// Words of which one stands in the text of every file that can matter.
    pub fn watch_words(&self) -> Vec<String> {
        self.watch_words.clone()
    }

    /// The published list that a set of addresses looks like, other than for the service.
    pub fn false_friend(&self, addresses: impl Iterator<Item = Ipv4Addr>) -> Option<&FalseFriend> {
        let addresses: Vec<Ipv4Addr> = addresses.collect();
        let members = |friend: &FalseFriend| friend.addresses.iter().filter(|a| addresses.contains(a)).count();
        self.false_friends.iter().find(|friend| members(friend) >= friend.at_least)
    }

    /// Every address and host of the rule, in the order of the file: successors before what they succeed.
    pub fn endpoint_order(&self) -> Vec<String> {
        let texts = |side: &Side| {
            side.addresses.iter().map(ToString::to_string).chain(side.hosts.iter().cloned()).collect::<Vec<_>>()
        };
        self.clouds.iter().flat_map(|cloud| [texts(&cloud.successors), texts(&cloud.legacy)].concat()).collect()
    }
}

impl Cloud {
    /// The tags that hold an address of this cloud, with the prefixes that do.
    pub fn tags(&self) -> impl Iterator<Item = (&str, &[Ipv4Net])> {
        self.tags.iter().map(|(name, nets)| (name.as_str(), nets.as_slice()))
    }
}

impl TagFacts for Cloud {
    fn prefixes(&self, tag: &str) -> &[Ipv4Net] {
        self.tags.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag)).map_or(&[], |(_, nets)| nets)
    }
}

/// Whether a name says that a list holds what is not allowed.
pub fn names_block_list(name: &str) -> bool {
    const OPPOSITE: [&str; 5] = ["block", "deny", "denied", "blacklist", "forbid"];
    /// A block of addresses blocks nothing.
    const OF_ADDRESSES: [&str; 6] = ["cidr_block", "cidrblock", "address_block", "addressblock", "ip_block", "ipblock"];
    let lower = name.to_lowercase().replace('-', "_");
    let name = OF_ADDRESSES.iter().fold(lower, |name, word| name.replace(word, ""));
    OPPOSITE.iter().any(|word| name.contains(word))
}

/// What is wrong with `rule` or `rule/check`, if there is none of that name; with the nearest.
pub fn unknown_name(name: &str, rules: &[Rule]) -> Option<String> {
    let checks = |rule: &Rule| -> Vec<String> {
        let own = CHECKS.iter().filter(|check| rule.check(check).is_some());
        own.map(|check| format!("{}/{check}", rule.id)).collect()
    };
    let mut known: Vec<String> = rules.iter().flat_map(|rule| [vec![rule.id.clone()], checks(rule)].concat()).collect();
    if known.iter().any(|known| known == name) || name == "syntax" {
        return None;
    }
    // A check alone, or a slip of one, is meant as a check of a rule.
    let tail = |full: &str| full.split_once('/').map(|(_, check)| check.to_owned()).unwrap_or_default();
    known.sort_by(|a, b| {
        let near = |full: &str| strsim::jaro(name, full).max(strsim::jaro(name, &tail(full)));
        near(b).total_cmp(&near(a))
    });
    let near = known.first().filter(|full| strsim::jaro(name, full).max(strsim::jaro(name, &tail(full))) > 0.8);
    Some(match near {
        Some(near) => format!("there is no rule `{name}`; did you mean `{near}`?"),
        None => {
            known.sort();
            format!("there is no rule `{name}`; known are {}", known.join(", "))
        }
    })
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
