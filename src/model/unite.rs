//! From parts to containers: what is declared apart becomes one, and ids lead to what they name.

use super::{Container, Key, Kind, SubnetFact, SubnetFactKind, Target};
use crate::value::Why;
use std::collections::HashMap;

/// Joins what is declared apart: containers with one key become one, in the order of their first parts. Lists stand
/// where rules name them by id.
pub fn unite(parts: Vec<Container>, subnets: &[SubnetFact]) -> Vec<Container> {
    let ids = Ids::of(&parts);
    let mut out: Vec<Container> = Vec::new();
    let mut at: HashMap<Key, usize> = HashMap::new();
    for mut part in parts {
        if let Some(key) = part.key.id().and_then(|id| ids.key(part.kind, id)) {
            part.key = key;
        }
        if !part.key.is_comparable() {
            out.push(part);
            continue;
        }
        match at.get(&part.key) {
            Some(known) => out[*known].absorb(part),
            None => {
                at.insert(part.key.clone(), out.len());
                out.push(part);
            }
        }
    }
    lead_to_bases(&mut out, &ids);
    expand(&mut out, &ids);
    for container in &mut out {
        container.private_subnets = private(&container.subnets, subnets);
    }
    // What is only attached to a subnet, and declared elsewhere.
    let by_itself = |kind: Kind| matches!(kind, Kind::RouteTable | Kind::SecurityGroup | Kind::Firewall);
    out.retain(|it| (it.declared && by_itself(it.kind)) || !it.entries.is_empty() || !it.gaps.is_empty());
    out
}

/// The names of those subnets that have no way out of their own.
fn private(attached: &[String], facts: &[SubnetFact]) -> Vec<String> {
    let exit = |id: &String| {
        let fits = |fact: &&SubnetFact| fact.id.as_ref().is_none_or(|known| known == id);
        facts.iter().filter(fits).any(|fact| fact.kind == SubnetFactKind::Exit)
    };
    let name = |fact: &SubnetFact| match (&fact.kind, &fact.id) {
        (SubnetFactKind::Private(name), Some(id)) if attached.contains(id) && !exit(id) => Some(name.clone()),
        _ => None,
    };
    facts.iter().filter_map(name).collect()
}

/// The containers behind resource ids.
pub(super) struct Ids {
    /// By kind and id.
    own: HashMap<(Kind, String), Key>,
    /// By kind, resource group and name.
    named: HashMap<(Kind, String, String), Key>,
}

impl Ids {
    fn of(parts: &[Container]) -> Ids {
        let declared = || parts.iter().filter(|part| part.declared);
        let own = declared().filter_map(|part| Some(((part.kind, part.id.clone()?.to_lowercase()), part.key.clone())));
        let named = declared().filter_map(|part| match part.key.parts.as_slice() {
            [Some(name), Some(group), _] => Some(((part.kind, group.clone(), name.clone()), part.key.clone())),
            _ => None,
        });
        Ids { own: own.collect(), named: named.collect() }
    }

    /// The key of what an id names, if it is in view: by the id itself, or by the names that an id written as text has.
    fn key(&self, kind: Kind, id: &str) -> Option<Key> {
        let own = self.own.get(&(kind, id.to_owned()));
        own.or_else(|| self.named.get(&(kind, segment(id, "resourcegroups")?, last(id)?))).cloned()
    }
}

/// `/subscriptions/s/resourcegroups/rg/providers/...`: the segment behind a name.
fn segment(id: &str, name: &str) -> Option<String> {
    let mut segments = id.split('/');
    segments.find(|segment| *segment == name)?;
    segments.next().map(str::to_owned)
}

fn last(id: &str) -> Option<String> {
    id.contains('/').then(|| id.rsplit('/').next().unwrap_or_default().to_owned())
}

/// An id of a base policy that is written as text becomes the one by which the policy is known here.
fn lead_to_bases(all: &mut [Container], ids: &Ids) {
    let known: HashMap<Key, String> = all.iter().filter_map(|it| Some((it.key.clone(), it.id.clone()?))).collect();
    for container in all {
        let key = container.base.as_deref().and_then(|base| ids.key(container.kind, base));
        if let Some(id) = key.and_then(|key| known.get(&key)) {
            container.base = Some(id.clone());
        }
    }
}

/// Puts the elements of lists where rules name the lists.
fn expand(all: &mut [Container], ids: &Ids) {
    let lists: HashMap<Key, usize> = all
        .iter()
        .enumerate()
        .filter(|(_, container)| container.kind == Kind::AllowList)
        .map(|(at, container)| (container.key.clone(), at))
        .collect();
    let find = |id: &str| {
        let key = ids
            .key(Kind::AllowList, id)
            .unwrap_or_else(|| Key { kind: Kind::AllowList, parts: vec![Some(id.to_owned())] });
        lists.get(&key).copied()
    };
    let mut used = Vec::new();
    let held: Vec<Vec<Target>> = all.iter().map(elements).collect();
    let mut put = |targets: &mut Vec<Target>| {
        let mut out = Vec::with_capacity(targets.len());
        for target in targets.drain(..) {
            match target.group.as_deref().and_then(find) {
                Some(at) => {
                    used.push(at);
                    out.extend(held[at].iter().cloned());
                }
                None => out.push(target),
            }
        }
        *targets = out;
    };
    for entry in all.iter_mut().flat_map(|container| &mut container.entries) {
        put(&mut entry.targets);
        put(&mut entry.sources);
    }
    for at in used {
        all[at].is_used = true;
    }
}

/// What a list holds; what is not known of it may be anything.
fn elements(list: &Container) -> Vec<Target> {
    if list.kind != Kind::AllowList {
        return Vec::new();
    }
    let mut out = Vec::new();
    for entry in &list.entries {
        out.extend(entry.targets.iter().map(|target| match &entry.doubt {
            Some(why) => Target { why: Some(why.clone()), ..target.clone() },
            None => target.clone(),
        }));
    }
    let trail = out.first().map(|target| target.trail.clone()).unwrap_or_default();
    out.extend(list.gaps.iter().map(|why: &Why| Target::unknown(why, trail.clone())));
    out
}

impl Container {
    /// Takes in another part of the same container. The declaration gives address, name and place.
    fn absorb(&mut self, mut other: Container) {
        if other.declared && !self.declared {
            std::mem::swap(self, &mut other);
        }
        self.entries.append(&mut other.entries);
        self.gaps.append(&mut other.gaps);
        self.unjudged.append(&mut other.unjudged);
        self.surplus += other.surplus;
        self.caution = self.caution.or(other.caution);
        self.subnets.append(&mut other.subnets);
        self.bgp_propagation = self.bgp_propagation.take().or(other.bgp_propagation);
        self.dns_proxy = self.dns_proxy.take().or(other.dns_proxy);
        self.base = self.base.take().or(other.base);
        self.id = self.id.take().or(other.id);
        self.name = self.name.take().or(other.name);
    }
}
