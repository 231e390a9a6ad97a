//! The network as it was understood, as plain data.

use super::{Loaded, Workspace};
use crate::arm::{self, Arm};
use crate::check::{self, Decision};
use crate::endpoint::Endpoint;
use crate::finding::{Inspection, Seen, SeenDecision, SeenEntry};
use crate::model::{Container, Effect, Entry, HopKind, Kind, Target, Word};
use crate::terraform::{ModuleValues, Root, Terraform};
use crate::value::{Data, Value, number_text};
use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

pub(super) fn inspect(workspace: &Workspace, loaded: &Loaded, values: bool) -> Inspection {
    let terraform = &loaded.terraform;
    let mut units: Vec<(Vec<Seen>, Map<String, Json>)> =
        terraform.roots.par_iter().map(|root| unit(workspace, terraform, root, values)).collect();
    units.par_extend(loaded.arm.units.par_iter().map(|unit| (template(workspace, &loaded.arm, unit), Map::new())));
    let mut inspection = Inspection { containers: Vec::new(), values: values.then(|| Json::Object(Map::new())) };
    for (containers, named) in units {
        inspection.containers.extend(containers);
        if let Some(Json::Object(all)) = &mut inspection.values {
            all.extend(named);
        }
    }
    inspection
}

fn unit(workspace: &Workspace, terraform: &Terraform, root: &Root, values: bool) -> (Vec<Seen>, Map<String, Json>) {
    let mut containers = Vec::new();
    let mut named = Map::new();
    let dir = crate::source::relative(&root.dir, workspace.cwd());
    for scenario in &root.scenarios {
        let label = workspace.label(root.scenarios.len(), scenario.file.as_deref());
        let evaluated = terraform.evaluate(root, scenario, workspace.sources());
        see(workspace, &super::all_containers(evaluated), label.as_deref(), &mut containers);
        if !values {
            continue;
        }
        for module in terraform.values(root, scenario, workspace.sources()) {
            named.insert(module_key(&dir, &module.path, label.as_deref()), module_values(&module));
        }
    }
    (containers, named)
}

fn template(workspace: &Workspace, arm: &Arm, unit: &arm::Unit) -> Vec<Seen> {
    let mut out = Vec::new();
    for scenario in &unit.scenarios {
        let label = workspace.label(unit.scenarios.len(), scenario.file.as_deref());
        let evaluated = arm.evaluate(unit, scenario, super::DEFAULT_CLOUD);
        see(workspace, &evaluated.containers, label.as_deref(), &mut out);
    }
    out
}

fn see(workspace: &Workspace, containers: &[Container], label: Option<&str>, out: &mut Vec<Seen>) {
    for container in containers {
        let decisions = check::decisions(container, containers, workspace.rules());
        out.push(seen(container, label.map(str::to_owned), decisions));
    }
}

/// `module.hub` of a root in the working directory, `env/prod:module.hub` of another; the root itself is its folder,
/// or empty in the working directory. With the scenario where there are several.
fn module_key(dir: &str, module: &str, scenario: Option<&str>) -> String {
    let key = match (dir, module) {
        (".", module) => module.to_owned(),
        (dir, "") => dir.to_owned(),
        (dir, module) => format!("{dir}:{module}"),
    };
    scenario.map_or_else(|| key.clone(), |scenario| format!("{key}@{scenario}"))
}

fn module_values(module: &ModuleValues) -> Json {
    let group = |values: &[(String, Value)]| {
        Json::Object(values.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
    };
    json!({
        "locals": group(&module.locals),
        "variables": group(&module.variables),
        "outputs": group(&module.outputs),
    })
}

/// A value as JSON: an unknown is `{"unknown": why}`, and so is what the code marks as secret.
pub(super) fn plain(value: &Value) -> Json {
    let unknown = |why: &str| json!({ "unknown": why });
    if value.trail.is_secret() {
        return unknown("sensitive");
    }
    match &value.data {
        Data::Unknown(why) => unknown(why.text()),
        Data::Null => Json::Null,
        Data::Bool(value) => json!(value),
        Data::Number(value) => number_text(*value).parse::<serde_json::Number>().map_or(Json::Null, Json::Number),
        Data::Text(text) => match (text.known(), text.hole()) {
            (Some(text), _) => json!(&*text),
            (None, Some(why)) => unknown(why.text()),
            (None, None) => json!(text.joined()),
        },
        Data::List(list) => match &list.open {
            Some(why) => unknown(why.text()),
            None => Json::Array(list.items.iter().map(|item| plain(&value.taken(item))).collect()),
        },
        Data::Map(map) => match &map.open {
            Some(why) => unknown(why.text()),
            None => {
                let entry = |entry: &crate::value::MapEntry| (entry.key.to_string(), plain(&value.taken(&entry.value)));
                Json::Object(map.entries().iter().map(entry).collect())
            }
        },
    }
}

fn seen(container: &Container, scenario: Option<String>, decisions: Vec<Decision>) -> Seen {
    let of_entry = |entry: &Entry| {
        let targets = entry.targets.iter().filter_map(|target| target.why.as_ref());
        entry.doubt.iter().chain(targets).map(|why| why.text().to_owned()).collect::<Vec<_>>()
    };
    let mut unknown: Vec<String> = container.gaps.iter().map(|why| why.text().to_owned()).collect();
    unknown.extend(container.entries.iter().flat_map(of_entry));
    unknown.dedup();
    Seen {
        kind: container.kind.name().to_owned(),
        address: container.address.clone(),
        name: container.name.clone(),
        scenario,
        complete: unknown.is_empty(),
        unknown,
        span: container.span,
        entries: in_order(container).into_iter().map(seen_entry).collect(),
        decisions: decisions
            .into_iter()
            .map(|it| SeenDecision { endpoint: it.endpoint, outcome: it.outcome, by: it.by })
            .collect(),
    }
}

/// Entries in the order in which Azure asks them.
fn in_order(container: &Container) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = container.entries.iter().collect();
    let length = |entry: &Entry| match entry.targets.first().map(|target| &target.endpoint) {
        Some(Endpoint::Prefix(net)) => net.prefix_len(),
        // A tag counts with the prefixes that it holds, which are wide.
        _ => 0,
    };
    match container.kind {
        Kind::RouteTable => entries.sort_by_key(|entry| std::cmp::Reverse(length(entry))),
        _ => entries.sort_by(|a, b| (a.is_http, &a.order).cmp(&(b.is_http, &b.order))),
    }
    entries
}

fn words(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| if word.why.is_some() { "…".to_owned() } else { word.text.clone() }).collect()
}

fn seen_entry(entry: &Entry) -> SeenEntry {
    let texts = |targets: &[Target]| targets.iter().map(|target| target.text.trim().to_owned()).collect();
    let (effect, next_hop) = match &entry.effect {
        Effect::Allow => ("Allow".to_owned(), None),
        Effect::Unknown(_) => ("unknown".to_owned(), None),
        Effect::Deny => ("Deny".to_owned(), None),
        Effect::Route(hop) => {
            let target = hop.target.as_ref().map(|target| match (target.as_str(), target.any_why()) {
                (Some(text), _) => text.to_string(),
                (None, Some(why)) => why.origin().unwrap_or("unknown").to_owned(),
                (None, None) => "unknown".to_owned(),
            });
            (hop.kind.name().to_owned(), target.filter(|_| hop.kind != HopKind::Internet))
        }
    };
    SeenEntry {
        name: entry.name.clone(),
        targets: texts(&entry.targets),
        effect,
        next_hop,
        order: entry.order.clone(),
        sources: texts(&entry.sources),
        ports: words(&entry.ports),
        protocols: words(&entry.protocols),
        span: entry.targets.first().and_then(|target| target.span).unwrap_or(entry.span),
        doubt: entry.doubt.as_ref().map(|why| why.text().to_owned()),
    }
}
