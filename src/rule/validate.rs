//! What a rule file may not say although every part of it is well-formed.

use super::{CHECKS, Cloud, Rule};
use crate::syntax::{Node, NodeKind, yaml};
use std::ops::Range;

type Mistake = (Range<usize>, String);

/// The mistakes in a rule, with the bytes of its file.
pub(super) fn mistakes(rule: &Rule, text: &str) -> Vec<Mistake> {
    let mut out = Vec::new();
    if let Ok(root) = yaml::parse(text) {
        repeated_keys(&root, &mut out);
    }
    let mut add = |path: &[&str], message: String| out.push((place(text, path), message));
    let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if rule.id.is_empty() || !rule.id.chars().all(kebab) {
        add(&["id"], "an id is written in kebab-case: `azure-kms`".to_owned());
    }
    if rule.clouds.is_empty() {
        add(&["clouds"], "a rule has at least one cloud".to_owned());
    }
    if rule.port == 0 {
        add(&["port"], "a port is between 1 and 65535".to_owned());
    }
    if ["syntax", "config", "rule-file", "unused-ignore"].contains(&rule.id.as_str()) {
        add(&["id"], format!("`{}` is the name of kmslint's own findings", rule.id));
    }
    if !["TCP", "UDP"].contains(&rule.protocol.as_str()) {
        add(&["protocol"], "a protocol is TCP or UDP".to_owned());
    }
    for (at, friend) in rule.false_friends.iter().enumerate() {
        if friend.at_least == 0 || friend.at_least > friend.addresses.len() {
            let message =
                format!("at least one, and at most all {} addresses can be asked for", friend.addresses.len());
            add(&["false-friends", &at.to_string(), "at-least"], message);
        }
    }
    if rule.watch_words.is_empty() {
        add(&["watch-words"], "without words to watch for, no file would ever be read".to_owned());
    }
    let words =
        [("intent", &rule.intent), ("allow-list-names", &rule.allow_list_names), ("watch-words", &rule.watch_words)];
    for (name, words) in words {
        for (at, _) in words.iter().enumerate().filter(|(_, word)| word.trim().is_empty()) {
            add(&[name, &at.to_string()], "an empty word stands in every text".to_owned());
        }
    }
    for (name, texts) in &rule.checks {
        if !CHECKS.contains(&name.as_str()) {
            add(&["checks", name], format!("unknown check `{name}`; known are {}", CHECKS.join(", ")));
        }
        let written = [("summary", &texts.summary), ("why", &texts.why), ("help", &texts.help)];
        let application = texts.help_application.iter().map(|text| ("help-application", text));
        for (key, value) in written.into_iter().chain(application) {
            if let Some(unknown) = unknown_placeholder(value) {
                let known = "known are {legacy}, {missing} and {port}";
                add(&["checks", name, key], format!("unknown placeholder {{{unknown}}}; {known}"));
            }
        }
    }
    for (at, cloud) in rule.clouds.iter().enumerate() {
        of_cloud(cloud, &at.to_string(), &mut add);
    }
    for (at, example) in rule.examples.iter().enumerate() {
        if !rule.checks.contains_key(&example.check) {
            add(&["examples", &at.to_string(), "check"], format!("the rule has no check `{}`", example.check));
        }
    }
    out
}

/// A key that stands twice in one mapping: only the last would count.
fn repeated_keys(node: &Node, out: &mut Vec<Mistake>) {
    match &node.kind {
        NodeKind::List(items) => items.iter().for_each(|item| repeated_keys(item, out)),
        NodeKind::Map(entries) => {
            for (at, (key, value)) in entries.iter().enumerate() {
                if entries[..at].iter().any(|(before, _)| before.text == key.text) {
                    out.push((key.range.clone(), format!("the key `{}` stands here a second time", key.text)));
                }
                repeated_keys(value, out);
            }
        }
        _ => {}
    }
}

fn of_cloud(cloud: &Cloud, at: &str, add: &mut impl FnMut(&[&str], String)) {
    let empty = |side: &super::Side| side.hosts.is_empty() && side.addresses.is_empty();
    if empty(&cloud.legacy) {
        add(&["clouds", at, "legacy"], format!("{} has no legacy endpoint", cloud.name));
    }
    if empty(&cloud.successors) && !cloud.closed {
        add(
            &["clouds", at, "name"],
            format!("{} has no successors; a cloud without any is `closed: true`", cloud.name),
        );
    }
    let addresses = || cloud.legacy.addresses.iter().chain(&cloud.successors.addresses);
    for (tag, nets) in cloud.tags() {
        for (index, net) in nets.iter().enumerate() {
            if !addresses().any(|address| net.contains(address)) {
                let message = format!("{net} holds none of the addresses of {}", cloud.name);
                add(&["clouds", at, "tags", tag, &index.to_string()], message);
            }
        }
    }
    let by_host = |side: &super::Side| !side.hosts.is_empty();
    let by_address = |side: &super::Side| !side.addresses.is_empty();
    for (kind, has) in [("hosts", &by_host as &dyn Fn(&super::Side) -> bool), ("addresses", &by_address)] {
        if has(&cloud.legacy) && !has(&cloud.successors) && !cloud.closed && !empty(&cloud.successors) {
            let message =
                format!("{} has legacy {kind}, and successors have none: nothing can follow them", cloud.name);
            add(&["clouds", at, "successors"], message);
        }
    }
    let texts = |side: &super::Side| -> Vec<String> {
        side.addresses.iter().map(ToString::to_string).chain(side.hosts.iter().cloned()).collect()
    };
    let all = [texts(&cloud.legacy), texts(&cloud.successors)].concat();
    if let Some(twice) = all.iter().enumerate().find_map(|(n, one)| all[..n].contains(one).then_some(one)) {
        add(&["clouds", at, "successors"], format!("{twice} stands twice in {}", cloud.name));
    }
    for (index, slip) in cloud.mistyped.iter().enumerate() {
        if all.contains(&slip.wrong.to_string()) {
            let message = format!("{} is an endpoint of {}, and no slip", slip.wrong, cloud.name);
            add(&["clouds", at, "mistyped", &index.to_string(), "wrong"], message);
        }
        if !cloud.successors.addresses.contains(&slip.right) {
            let message = format!("{} is no successor in {}", slip.right, cloud.name);
            add(&["clouds", at, "mistyped", &index.to_string(), "right"], message);
        }
    }
    for (side, name) in [(&cloud.legacy, "legacy"), (&cloud.successors, "successors")] {
        for (index, host) in side.hosts.iter().enumerate() {
            if *host != host.to_lowercase() || host.ends_with('.') {
                let message = "a host name is written in lower case, without a dot at its end".to_owned();
                add(&["clouds", at, name, "hosts", &index.to_string()], message);
            }
        }
    }
}

fn unknown_placeholder(text: &str) -> Option<&str> {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    names.into_iter().find(|name| !["legacy", "missing", "port"].contains(name))
}

/// The bytes of the value under a path of keys and indexes; the last key that is there, where the value is not.
pub(super) fn place(text: &str, path: &[&str]) -> Range<usize> {
    let Ok(mut node) = yaml::parse(text) else { return 0..0 };
    let mut found = node.range.start..node.range.start;
    for step in path {
        let next = match node.kind {
            NodeKind::Map(entries) => {
                let Some((key, value)) = entries.into_iter().find(|(key, _)| key.text == *step) else { break };
                found = key.range;
                value
            }
            NodeKind::List(items) => {
                let item = step.parse().ok().and_then(|at: usize| items.into_iter().nth(at));
                let Some(item) = item else { break };
                item
            }
            _ => break,
        };
        if !matches!(next.kind, NodeKind::Map(_) | NodeKind::List(_)) {
            found = next.range.clone();
        }
        node = next;
    }
    found
}
