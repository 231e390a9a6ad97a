//! Azure Resource Manager: from JSON templates and dumps of resources to containers.
//!
//! A unit is a template that no other in view links to, with its parameter files, or a dump. Each paired parameter file
//! is a scenario.

mod deploy;
mod document;
mod dump;
mod eval;
mod expression;
mod functions;
mod place;

use crate::finding::Severity;
use crate::model::row::{self, Place as RowPlace};
use crate::model::{self, Container, Purpose, SubnetFact, SubnetFactKind, resource};
use crate::source::{Source, SourceId, Sources, Span};
use crate::syntax::{Node, NodeKind};
use crate::value::{Map, MapEntry, MapKind, Text, Trail, Value};
use deploy::Declared;
use document::Kind;
use eval::{Eval, Scope, Site, get};
use place::{Level, Place};
use rayon::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// A JSON file, read.
#[derive(Debug)]
pub struct Document {
    pub source: Arc<Source>,
    root: Arc<Node>,
    kind: Kind,
}

/// A file that cannot be parsed, and where.
#[derive(Debug)]
pub struct Mistake {
    pub span: Span,
    pub message: String,
    pub severity: Severity,
}

/// All JSON in view that is Azure's.
#[derive(Debug, Default)]
pub struct Arm {
    documents: BTreeMap<PathBuf, Arc<Document>>,
    pub units: Vec<Unit>,
    pub mistakes: Vec<Mistake>,
}

/// What is judged together.
#[derive(Debug)]
pub struct Unit {
    pub path: PathBuf,
    pub scenarios: Vec<Scenario>,
}

/// The values that a template is deployed with.
#[derive(Debug, Clone, Default)]
pub struct Scenario {
    /// The parameter file; `None` for the defaults.
    pub file: Option<PathBuf>,
}

/// What one unit is in one scenario.
pub struct Evaluated {
    pub containers: Vec<Container>,
    /// The files that took part.
    pub reads: BTreeSet<SourceId>,
}

/// Where a template is deployed to, where that is known; a test knows it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub tenant: String,
    pub subscription: String,
    pub group: String,
    pub location: String,
    pub management_group: String,
    pub deployment: String,
}

/// A resource as it is declared.
pub struct Resource {
    pub kind: String,
    pub name: Value,
    pub id: Value,
    /// The kind of storage account, and the like.
    pub variant: Option<Value>,
    /// Whether it is there only perhaps.
    pub doubtful: bool,
    pub properties: Option<Value>,
}

impl Arm {
    /// Whether a file may be Azure's by its name.
    pub fn reads(name: &str) -> bool {
        let kind = Path::new(name).extension().and_then(|kind| kind.to_str());
        kind.is_some_and(|kind| ["json", "jsonc"].iter().any(|known| kind.eq_ignore_ascii_case(known)))
    }

    /// Reads the JSON files among `files` that may be Azure's, and the templates that they link to.
    /// Of all other files those that name a watched endpoint are looked through for allow-lists.
    pub fn load(files: &[PathBuf], sources: &Sources, names_endpoint: &(dyn Fn(&str) -> bool + Sync)) -> Arm {
        let named = |path: &&PathBuf| path.file_name().and_then(|name| name.to_str()).is_some_and(Arm::reads);
        let mut arm = Arm::default();
        let paths: Vec<&PathBuf> = files.iter().filter(named).collect();
        let read: Vec<Result<Document, Mistake>> =
            paths.par_iter().filter_map(|path| document::read(path, sources, names_endpoint)).collect();
        for one in read {
            arm.keep(one);
        }
        let mut linked = BTreeSet::new();
        let mut todo: Vec<PathBuf> = arm.documents.keys().cloned().collect();
        while let Some(path) = todo.pop() {
            let Some(document) = arm.documents.get(&path).map(Arc::clone) else { continue };
            for target in document::links(&document.root, path.parent().unwrap_or(&path)) {
                if !linked.insert(target.clone()) || arm.documents.contains_key(&target) {
                    continue;
                }
                if let Some(one) = document::read(&target, sources, &|_| false) {
                    arm.keep(one);
                    todo.push(target);
                }
            }
        }
        arm.units = arm.find_units(&linked);
        arm
    }

    fn keep(&mut self, read: Result<Document, Mistake>) {
        match read {
            Ok(document) => {
                self.documents.insert(document.source.path.clone(), Arc::new(document));
            }
            Err(mistake) => self.mistakes.push(mistake),
        }
    }

    fn find_units(&self, linked: &BTreeSet<PathBuf>) -> Vec<Unit> {
        let is_unit = |(path, document): &(&PathBuf, &Arc<Document>)| {
            matches!(document.kind, Kind::Template | Kind::Dump | Kind::Lists) && !linked.contains(*path)
        };
        let templates: Vec<(&PathBuf, &Arc<Document>)> = self.documents.iter().filter(is_unit).collect();
        let mut paired: BTreeMap<&PathBuf, Vec<Scenario>> = BTreeMap::new();
        let mut alone = Vec::new();
        for (path, document) in self.documents.iter().filter(|(_, document)| document.kind == Kind::Parameters) {
            let nearest = templates
                .iter()
                .filter(|(template, other)| other.kind == Kind::Template && document::pairs(template, path))
                .max_by_key(|(template, _)| template.as_os_str().len());
            let declares = |other: &Document| document::declares_all(&other.root, &document.root);
            let only = || {
                let mut all = templates.iter().filter(|(_, other)| other.kind == Kind::Template && declares(other));
                all.next().filter(|_| all.next().is_none())
            };
            match nearest.or_else(only) {
                Some((template, _)) => {
                    paired.entry(template).or_default().push(Scenario { file: Some(path.clone()) });
                }
                None => alone.push(Unit { path: path.clone(), scenarios: vec![Scenario::default()] }),
            }
        }
        let unit = |(path, _): &(&PathBuf, &Arc<Document>)| Unit {
            path: (*path).clone(),
            scenarios: paired.remove(*path).unwrap_or_else(|| vec![Scenario::default()]),
        };
        let mut units: Vec<Unit> = templates.iter().map(unit).collect();
        units.extend(alone);
        units
    }

    /// The files that a unit begins with.
    pub fn sources(&self, unit: &Unit) -> Vec<SourceId> {
        let files = unit.scenarios.iter().filter_map(|scenario| scenario.file.as_ref());
        files.chain([&unit.path]).filter_map(|path| Some(self.documents.get(path)?.source.id)).collect()
    }

    /// The `.bicep` file that a file was made of, if Bicep made it: `None` for none, an empty path where it is not there.
    pub fn bicep_of(&self, source: SourceId) -> Option<PathBuf> {
        let document = self.documents.values().find(|document| document.source.id == source)?;
        document::is_generated(&document.root).then(|| {
            let beside = document.source.path.with_extension("bicep");
            if beside.is_file() { beside } else { PathBuf::new() }
        })
    }

    /// Whether nobody edits the file: Bicep makes it, or a tool prints what is there.
    pub fn is_report_only(&self, source: SourceId) -> bool {
        let document = self.documents.values().find(|document| document.source.id == source);
        document.is_some_and(|document| document.kind == Kind::Dump || document::is_generated(&document.root))
    }

    /// The keys that lead to a place, whatever their indexes; empty where it is in no document.
    pub fn home(&self, span: Span) -> String {
        let document = self.documents.values().find(|document| document.source.id == span.source);
        document.map(|document| document::key_path(&document.root, span.start as usize)).unwrap_or_default()
    }

    /// Evaluates a unit in one of its scenarios.
    pub fn evaluate(&self, unit: &Unit, scenario: &Scenario, cloud: &str) -> Evaluated {
        let Some(document) = self.documents.get(&unit.path) else {
            return Evaluated { containers: Vec::new(), reads: BTreeSet::new() };
        };
        let reads = RefCell::new(self.sources(unit).into_iter().collect::<BTreeSet<_>>());
        let file = || unit.path.file_name().unwrap_or_default().to_string_lossy();
        let plain = match document.kind {
            Kind::Template => None,
            Kind::Dump => Some(dump::read(&raw(document))),
            Kind::Parameters => Some(dump::lists(&raw(document), &file(), Purpose::Name)),
            Kind::Lists | Kind::Other => Some(dump::lists(&raw(document), &file(), Purpose::NameAlone)),
        };
        if let Some(parts) = plain {
            return Evaluated { containers: model::unite(parts, &[]), reads: reads.take() };
        }
        let eval = Eval::new(Some(cloud.to_owned()));
        let containers = {
            let (scope, linked) = self.opened(unit, scenario, &Known::default(), &reads);
            united(&eval, &scope, &linked, 0)
        };
        Evaluated { containers, reads: reads.take() }
    }

    /// Which of these places give a text to an output of the template or to a resource that no rule is about.
    pub fn shared(&self, unit: &Unit, scenario: &Scenario, cloud: &str, places: &[Span]) -> Vec<Span> {
        let is_template = self.documents.get(&unit.path).is_some_and(|document| document.kind == Kind::Template);
        if !is_template {
            return Vec::new();
        }
        let mut found: Vec<Span> = Vec::new();
        let eval = Eval::new(Some(cloud.to_owned()));
        let reads = RefCell::default();
        let (scope, linked) = self.opened(unit, scenario, &Known::default(), &reads);
        for declared in eval.declared(&scope, &linked) {
            let kind = declared.kind.to_lowercase();
            let known = resource::rows(&kind).next().is_some() || kind.starts_with("microsoft.network/virtualnetworks");
            if !known && let Some(raw) = get(&declared.raw, "properties") {
                found.extend(eval.settle(&declared.site, &raw).places_of(places));
            }
        }
        found.extend(eval.outputs(&scope).places_of(places));
        found.sort();
        found.dedup();
        found
    }

    /// All resources of a unit and the outputs of its template, for a test.
    pub fn resources(
        &self,
        unit: &Unit,
        scenario: &Scenario,
        cloud: Option<&str>,
        known: &Known,
    ) -> (Vec<Resource>, Value) {
        let eval = Eval::new(cloud.map(str::to_owned));
        let reads = RefCell::default();
        let (scope, linked) = self.opened(unit, scenario, known, &reads);
        let resource = |declared: Declared| {
            let part = |name: &str| get(&declared.raw, name).map(|raw| eval.settle(&declared.site, &raw));
            Resource {
                id: declared.id(0),
                variant: part("kind"),
                doubtful: declared.doubt.is_some(),
                properties: part("properties"),
                kind: declared.kind.clone(),
                name: declared.name.clone(),
            }
        };
        let all = eval.declared(&scope, &linked).into_iter().map(resource).collect();
        let outputs = eval.outputs(&scope);
        (all, outputs)
    }

    fn opened<'a>(
        &'a self,
        unit: &Unit,
        scenario: &Scenario,
        known: &Known,
        reads: &'a RefCell<BTreeSet<SourceId>>,
    ) -> (Rc<Scope>, Box<deploy::Linked<'a>>) {
        let template = self.documents.get(&unit.path).map(|document| document::unwrapped(raw(document)));
        let template = template.unwrap_or_else(|| Value::null(Trail::nowhere()));
        let given = scenario.file.as_ref().and_then(|file| self.documents.get(file)).map(|file| given(&raw(file)));
        let place = known_place(level(&template).unwrap_or(Level::Group), known);
        let scope = Scope::new(template, given.unwrap_or_default(), place, String::new());
        let scope = scope.in_folder(unit.path.parent().unwrap_or(&unit.path));
        let linked = move |link: &Value, folder: &Path| {
            let path = document::link_target(link, folder)?;
            let document = self.documents.get(&path)?;
            reads.borrow_mut().insert(document.source.id);
            let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
            Some((raw(document), folder))
        };
        (Rc::new(scope), Box::new(linked))
    }
}

/// Evaluates one string of a template, for a test.
pub fn evaluate_text(template: &str, text: &str, known: &Known, sources: &Sources) -> Result<Value, String> {
    let source = sources.insert(Path::new("/template.json"), template.to_owned());
    let node = crate::syntax::json::parse_leniently(&source.text).map_err(|stop| stop.message)?;
    let template = node.value(&whole(&source), &Trail::nowhere());
    let scope = Rc::new(Scope::new(template, HashMap::new(), known_place(Level::Group, known), String::new()));
    let raw = Value::text(text, Trail::nowhere());
    match Eval::new(None).value(&Site::top(&scope), &raw) {
        Ok(value) => Ok(value),
        Err(eval::Fail::Unknown(why)) => Ok(Value::unknown(why, Trail::nowhere())),
        Err(eval::Fail::Mistake(message)) => Err(message),
    }
}

/// The containers of a template that stands inside another language, as a value.
pub fn embedded(template: &Value, parameters: Option<&Value>, cloud: &str, address: &str) -> Vec<Container> {
    let template = document::unwrapped(template.clone());
    let given = parameters.map(given).unwrap_or_default();
    let place = Place::unknown(level(&template).unwrap_or(Level::Group));
    let scope = Rc::new(Scope::new(template, given, place, format!("{address}/")));
    united(&Eval::new(Some(cloud.to_owned())), &scope, &|_, _| None, 0)
}

/// The containers of a template, and those of the templates that its resources hold as data.
fn united(eval: &Eval, scope: &Rc<Scope>, linked: &deploy::Linked, depth: usize) -> Vec<Container> {
    const DEEPEST: usize = 4;
    let (mut parts, mut subnets, mut inner) = (Vec::new(), Vec::new(), Vec::new());
    for declared in eval.declared(scope, linked) {
        containers_of(eval, &declared, &mut parts, &mut subnets);
        if depth < DEEPEST {
            inner.extend(held_template(eval, &declared));
        }
    }
    let mut out = model::unite(parts, &subnets);
    for scope in inner {
        out.extend(united(eval, &Rc::new(scope), &|_, _| None, depth + 1));
    }
    out
}

/// The template that a resource holds as data: a deployment stack, a template spec, a policy that deploys.
fn held_template(eval: &Eval, declared: &Declared) -> Option<Scope> {
    const HOLDERS: [(&str, &str, &str); 4] = [
        ("microsoft.resources/deploymentstacks", "template", "parameters"),
        ("microsoft.resources/templatespecs/versions", "mainTemplate", ""),
        ("microsoft.blueprint/blueprints/artifacts", "template", ""),
        (
            "microsoft.authorization/policydefinitions",
            "policyRule.then.details.deployment.properties.template",
            "policyRule.then.details.deployment.properties.parameters",
        ),
    ];
    let kind = declared.kind.to_lowercase();
    let (_, template, parameters) = HOLDERS.iter().find(|(name, ..)| *name == kind)?;
    let properties = eval.settle(&declared.site, &get(&declared.raw, "properties")?);
    let template = row::field(&properties, template).filter(|template| template.as_map().is_some())?;
    let parameters = row::field(&properties, parameters).map(|all| given(&all));
    let place = Place::unknown(level(&template).unwrap_or(Level::Group));
    Some(Scope::new(template, parameters.unwrap_or_default(), place, format!("{}/", declared.address())))
}

fn whole(source: &Source) -> Text {
    Text::whole(source.text.as_str().into(), Trail::written(Span::new(source.id, 0..source.text.len())))
}

/// A document as a raw value.
fn raw(document: &Document) -> Value {
    document.root.value(&whole(&document.source), &Trail::nowhere())
}

/// Whether a node is an object.
fn is_object(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Map(_))
}

/// The values of a parameter file, by name in lower case; they are never expressions.
fn given(file: &Value) -> HashMap<String, Value> {
    let all = get(file, "parameters").unwrap_or_else(|| file.clone());
    let Some(map) = all.as_map() else { return HashMap::new() };
    let mut out = HashMap::new();
    for entry in map.entries() {
        let entry_value = all.taken(&entry.value);
        let value = match (get(&entry_value, "value"), get(&entry_value, "reference")) {
            (Some(value), _) => value,
            (None, Some(_)) => {
                let why = crate::value::Why::because(format!("the value of {} lies in a key vault", entry.key));
                Value::unknown(why, entry_value.trail.clone())
            }
            (None, None) => continue,
        };
        out.insert(entry.key.to_lowercase(), value);
    }
    out
}

/// What a template is deployed to, by its schema.
fn level(template: &Value) -> Option<Level> {
    let schema = get(template, "$schema").and_then(|schema| schema.as_str())?.to_lowercase();
    Some(if schema.contains("subscriptiondeploymenttemplate") {
        Level::Subscription
    } else if schema.contains("managementgroupdeploymenttemplate") {
        Level::ManagementGroup
    } else if schema.contains("tenantdeploymenttemplate") {
        Level::Tenant
    } else {
        Level::Group
    })
}

fn known_place(level: Level, known: &Known) -> Place {
    let mut place = Place::unknown(level);
    let set = |into: &mut Value, text: &str| {
        if !text.is_empty() {
            *into = Value::text(text, Trail::nowhere());
        }
    };
    set(&mut place.tenant, &known.tenant);
    set(&mut place.subscription, &known.subscription);
    set(&mut place.group, &known.group);
    set(&mut place.location, &known.location);
    set(&mut place.management_group, &known.management_group);
    set(&mut place.deployment, &known.deployment);
    place
}

/// What a resource declares of containers, and says of subnets.
fn containers_of(eval: &Eval, declared: &Declared, out: &mut Vec<Container>, subnets: &mut Vec<SubnetFact>) {
    let rows: Vec<_> = resource::rows(&declared.kind).collect();
    let kind = declared.kind.to_lowercase();
    let in_network = kind.starts_with("microsoft.network/virtualnetworks");
    if rows.is_empty() && !in_network {
        return;
    }
    let entry = |key: &str, value: Value| MapEntry { key: key.into(), key_trail: Trail::nowhere(), value };
    let mut entries = vec![entry("name", declared.own_name()), entry("parent_id", declared.parent_id())];
    if let Some(properties) = get(&declared.raw, "properties") {
        entries.push(entry("properties", eval.settle(&declared.site, &properties)));
    }
    let value = Value::map(Map::new(MapKind::Object, entries), declared.raw.trail.clone());
    let Some(span) = get(&declared.raw, "type").and_then(|kind| kind.trail.origin()).or(declared.raw.trail.origin())
    else {
        return;
    };
    let id = declared.id(0).identity().map(|id| id.to_lowercase());
    let place = || RowPlace {
        address: declared.address(),
        span,
        doubt: declared.doubt.clone(),
        scope: Value::text("", Trail::nowhere()),
        id: id.clone(),
    };
    out.extend(rows.into_iter().map(|row| row::read(row, &value, place())));
    if kind == "microsoft.network/virtualnetworks" {
        let ids = ["properties.routeTable.id", "properties.networkSecurityGroup.id"];
        let attached = row::attachments(&value, "properties.subnets", ids, &place());
        out.extend(attached);
        private_subnets(&value, "properties.subnets", &declared.address(), subnets);
    } else if kind == "microsoft.network/virtualnetworks/subnets" {
        let one = Value::list(crate::value::ListKind::Tuple, vec![value.clone()], value.trail.clone());
        let wrapped = Value::map(Map::new(MapKind::Object, vec![entry("one", one)]), value.trail.clone());
        let ids = ["properties.routeTable.id", "properties.networkSecurityGroup.id"];
        out.extend(row::attachments(&wrapped, "one", ids, &place()));
        private_subnets(&wrapped, "one", &declared.address(), subnets);
    }
}

/// Subnets without default outbound access that have no NAT gateway, by the ids that attachments give them.
fn private_subnets(value: &Value, list: &str, address: &str, out: &mut Vec<SubnetFact>) {
    let Some(all) = row::field(value, list) else { return };
    let Some(items) = all.as_list() else { return };
    for (at, item) in items.items.iter().enumerate() {
        let item = all.taken(item);
        let off = row::field(&item, "properties.defaultOutboundAccess").is_some_and(|it| it.as_bool() == Some(false));
        let has_exit = row::field(&item, "properties.natGateway.id").is_some_and(|id| !id.is_null());
        if off && !has_exit {
            let id = format!("{address}.{list}[{at}]");
            let name = item.get("name").and_then(|name| name.as_str()).map_or_else(|| id.clone(), |it| it.to_string());
            out.push(SubnetFact { id: Some(id), kind: SubnetFactKind::Private(name) });
        }
    }
}
