//! Whole configurations: every argument of every resource of the catalogue, as `terraform plan` has it.

use crate::{on_large_stack, read_json, same, testdata};
use kmslint::source::Sources;
use kmslint::terraform::scenario::{Given, Inputs, Scenario};
use kmslint::terraform::{Root, Terraform};
use kmslint::value::{Data, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Grows with the fixtures, so that none is lost unseen.
const CASES_AT_LEAST: usize = 254;

/// What kmslint makes of every fixture is what Terraform plans: nothing known that is not, nothing unknown that is.
#[test]
fn plans_agree() {
    on_large_stack(compare_plans);
}

fn compare_plans() {
    let mut differences = Vec::new();
    let mut values = 0;
    let cases = cases();
    for dir in &cases {
        values += compare_case(dir, &mut differences);
    }
    println!("{values} arguments of {} configurations compared", cases.len());
    assert!(cases.len() >= CASES_AT_LEAST, "only {} configurations with an answer of terraform", cases.len());
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

/// The folders with configurations that terraform has answered.
pub(crate) fn cases() -> Vec<PathBuf> {
    let folders = ["cases", "language"].map(testdata).into_iter().filter_map(|folder| std::fs::read_dir(folder).ok());
    let mut dirs: Vec<PathBuf> = folders.flatten().map(|entry| entry.unwrap().path()).collect();
    dirs.retain(|dir| dir.join("terraform.answer").is_file());
    dirs.sort();
    dirs
}

/// All Terraform in a folder.
pub(crate) fn load(dir: &Path, sources: &Sources) -> Terraform {
    let visible = walkdir::WalkDir::new(dir).into_iter().filter_entry(|entry| entry.file_name() != ".terraform");
    let files = visible.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file());
    Terraform::load(&files.collect::<Vec<_>>(), &Inputs::default(), sources)
}

fn compare_case(dir: &Path, differences: &mut Vec<String>) -> usize {
    let sources = Sources::new(vec![dir.to_path_buf()]);
    let terraform = load(dir, &sources);
    let mut count = 0;
    for answer in read_json(&dir.join("terraform.answer")) {
        let text = |key: &str| answer[key].as_str().expect("a text").to_owned();
        let (root_dir, name) = (dir.join(text("root")).canonicalize().unwrap(), text("scenario"));
        let place = format!("{}: {name}", root_dir.strip_prefix(testdata("")).unwrap().display());
        let file = (name != "default").then(|| dir.join(&name));
        let root = terraform.roots.iter().find(|root| root.dir == root_dir);
        let scenario = root.and_then(|root| root.scenarios.iter().find(|scenario| scenario.file == file));
        let (Some(root), Some(scenario)) = (root, scenario) else {
            differences.push(format!("{place}: kmslint does not evaluate this root in this scenario"));
            continue;
        };
        let filled = !answer["filled"].as_array().expect("a list").is_empty();
        let got = resources(&terraform, root, scenario, &sources);
        let mut compare = Comparison { place, filled, count: 0, differences };
        compare.resources(answer["resources"].as_array().expect("a list"), &got);
        count += compare.count;
    }
    count
}

fn resources(terraform: &Terraform, root: &Root, scenario: &Scenario, sources: &Sources) -> BTreeMap<String, Json> {
    let all = terraform.resources(root, scenario, sources, &|_| true);
    all.into_iter().map(|(address, value)| (address, stored(&value))).collect()
}

/// Where Terraform stops with an error, kmslint reads on if the code makes clear what is meant.
const READ_ON: [&str; 6] = [
    "missing required attribute",
    "dynamic for_each = null",
    "attr-as-block: leaving out next_hop_in_ip_address",
    "attr-as-block on a real nested block type is an error",
    "tfvars with a function call is an error",
    "variable default with a function is an error",
];

/// The questions about whole configurations: precedence of values, blocks, overrides, JSON syntax, modules.
#[test]
fn questions_agree() {
    on_large_stack(compare_questions);
}

fn compare_questions() {
    let mut differences = Vec::new();
    let questions = read_json(&testdata("terraform/questions.json"));
    assert!(questions.len() >= 63, "only {} questions", questions.len());
    for question in &questions {
        compare_question(question, &mut differences);
    }
    assert!(differences.is_empty(), "{} differ:\n{}", differences.len(), differences.join("\n"));
}

fn compare_question(question: &Json, differences: &mut Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path().canonicalize().unwrap();
    for (name, text) in question["files"].as_object().expect("files") {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text.as_str().expect("a text")).unwrap();
    }
    let sources = Sources::new(vec![dir.clone()]);
    let visible = walkdir::WalkDir::new(&dir).into_iter().filter_entry(|entry| entry.file_name() != ".terraform");
    let files: Vec<PathBuf> = visible.map(|entry| entry.unwrap().into_path()).filter(|path| path.is_file()).collect();
    let terraform = Terraform::load(&files, &inputs(question, &dir), &sources);
    let title = question["title"].as_str().expect("a title");
    assert!(terraform.problems.is_empty(), "{title}: {:?}", terraform.problems);
    let root = terraform.roots.iter().find(|root| root.dir == dir).expect("a root");
    let scenario = &root.scenarios[0];
    let got = resources(&terraform, root, scenario, &sources);
    let values = terraform.values(root, scenario, &sources);
    let outputs: BTreeMap<&str, Json> =
        values[0].outputs.iter().map(|(name, value)| (name.as_str(), stored(value))).collect();
    if question["answer"].get("error").is_some() {
        let unknown =
            got.values().chain(outputs.values()).any(|value| value.to_string().contains("{\"unknown\":true}"));
        let none = got.is_empty() && outputs.is_empty();
        if !unknown && !none && !READ_ON.contains(&title) {
            differences.push(format!("{title}: an error for terraform, and {got:?} {outputs:?} here"));
        }
        return;
    }
    let mut compare = Comparison { place: title.to_owned(), filled: false, count: 0, differences };
    compare.resources(question["answer"]["resources"].as_array().expect("a list"), &got);
    for (name, expected) in question["answer"]["outputs"].as_object().expect("outputs") {
        compare.value(&format!("output.{name}"), expected, &outputs[name.as_str()]);
    }
}

fn inputs(question: &Json, dir: &Path) -> Inputs {
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    let mut inputs = Inputs::default();
    for (name, value) in question["env"].as_object().into_iter().flatten() {
        let name = name.strip_prefix("TF_VAR_").expect("a variable").to_owned();
        inputs.environment.push((name, text(value)));
    }
    let args: Vec<String> = question["args"].as_array().into_iter().flatten().map(text).collect();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        inputs.given.push(match arg.strip_prefix("-var-file=") {
            Some(file) => Given::File(dir.join(file)),
            None => {
                let (name, text) = args.next().and_then(|pair| pair.split_once('=')).expect("name=value");
                Given::Variable { name: name.to_owned(), text: text.to_owned() }
            }
        });
    }
    inputs
}

struct Comparison<'d> {
    place: String,
    /// Terraform was given made-up values for what kmslint leaves unknown.
    filled: bool,
    count: usize,
    differences: &'d mut Vec<String>,
}

impl Comparison<'_> {
    fn resources(&mut self, expected: &[Json], got: &BTreeMap<String, Json>) {
        for resource in expected {
            let address = resource["address"].as_str().expect("an address");
            match got.get(address) {
                Some(got) => self.value(address, &resource["values"], got),
                // Its key is made up.
                None if self.filled => {}
                None => self.differs(address, "it is declared", "it is not"),
            }
        }
        let kinds: Vec<&str> = expected.iter().filter_map(|row| row["address"].as_str()).map(kind_of).collect();
        for address in got.keys().filter(|address| kinds.contains(&kind_of(address))) {
            if !expected.iter().any(|row| row["address"] == **address) && !self.filled {
                self.differs(address, "it is not declared", "it is");
            }
        }
    }

    fn value(&mut self, path: &str, expected: &Json, got: &Json) {
        self.count += 1;
        match (expected, got) {
            (_, Json::Object(got)) if self.filled && is_unknown(got) => {}
            (expected, Json::Object(got)) if is_unknown(got) && is_one_of_unknowns(expected) => {}
            (Json::Object(map), got) if map.contains_key("a set") => {
                self.set(path, map["a set"].as_array().unwrap(), got);
            }
            (Json::Object(map), Json::Object(got)) if !is_unknown(map) && !is_unknown(got) => {
                self.object(path, map, got);
            }
            // A block of which there is one.
            (Json::Object(map), Json::Array(got)) if got.len() == 1 && !is_unknown(map) => {
                self.value(path, expected, &got[0]);
            }
            // JSON syntax may have an object where there is one block.
            (Json::Array(expected), Json::Object(got_block)) if expected.len() == 1 && !is_unknown(got_block) => {
                self.value(path, &expected[0], got);
            }
            (Json::Array(expected), Json::Array(got)) if expected.len() == got.len() => {
                for (at, (expected, got)) in expected.iter().zip(got).enumerate() {
                    self.value(&format!("{path}[{at}]"), expected, got);
                }
            }
            (expected, got) if same(&plain(expected), &plain(got)) => {}
            (expected, got) => self.differs(path, &expected.to_string(), &got.to_string()),
        }
    }

    fn object(&mut self, path: &str, expected: &Map<String, Json>, got: &Map<String, Json>) {
        for (name, expected) in expected {
            let path = format!("{path}.{name}");
            match got.get(name) {
                Some(got) => self.value(&path, expected, got),
                // The provider will say, or there is no such block.
                None if expected.as_object().is_some_and(is_unknown) || *expected == json!([]) => {}
                None if *expected == json!({ "a set": [] }) => {}
                None => self.differs(&path, &expected.to_string(), "nothing"),
            }
        }
        for (name, value) in got.iter().filter(|(name, _)| !expected.contains_key(*name)) {
            self.differs(&format!("{path}.{name}"), "nothing", &value.to_string());
        }
    }

    /// Element for element, whatever the order; two that are equal are one.
    fn set(&mut self, path: &str, expected: &[Json], got: &Json) {
        let Some(got) = got.as_array() else {
            return self.differs(path, &json!(expected).to_string(), &got.to_string());
        };
        let missing = expected.iter().find(|expected| !got.iter().any(|got| self.matches(expected, got)));
        let more = got.iter().find(|got| !expected.iter().any(|expected| self.matches(expected, got)));
        if let Some(missing) = missing {
            self.differs(path, &format!("element {missing}"), &json!(got).to_string());
        } else if let Some(more) = more {
            self.differs(path, &json!(expected).to_string(), &format!("element {more}"));
        }
        self.count += expected.len();
    }

    fn matches(&self, expected: &Json, got: &Json) -> bool {
        let mut differences = Vec::new();
        let mut inner =
            Comparison { place: String::new(), filled: self.filled, count: 0, differences: &mut differences };
        inner.value("", expected, got);
        differences.is_empty()
    }

    fn differs(&mut self, path: &str, expected: &str, got: &str) {
        self.differences.push(format!("{}: {path}\n    terraform: {expected}\n    kmslint:   {got}", self.place));
    }
}

/// `azurerm_route` of `module.hub["a"].azurerm_route.kms[0]`.
fn kind_of(address: &str) -> &str {
    let outside_keys =
        address.rsplit_once(']').filter(|(_, rest)| rest.contains('.')).map_or(address, |(_, rest)| rest);
    let path = outside_keys.trim_start_matches('.').split(['[', '"']).next().unwrap_or_default();
    path.rsplit('.').nth(1).unwrap_or_default()
}

/// What Terraform plans for a dynamic block whose `for_each` is not known: one block of unknowns.
fn is_one_of_unknowns(value: &Json) -> bool {
    let blocks = value.get("a set").unwrap_or(value).as_array().map(Vec::as_slice);
    let Some([Json::Object(block)]) = blocks else { return false };
    !block.is_empty() && block.values().all(|value| value.as_object().is_some_and(is_unknown))
}

fn is_unknown(map: &Map<String, Json>) -> bool {
    map.contains_key("unknown")
}

/// The provider makes numbers of texts and texts of numbers.
fn plain(value: &Json) -> Json {
    match value {
        Json::Bool(value) => json!(value.to_string()),
        Json::String(text) => text.parse::<f64>().map_or_else(|_| value.clone(), |number| json!(number)),
        other => other.clone(),
    }
}

/// A value in the form of the stored answers: without null, unknown as `{"unknown": true}`.
fn stored(value: &Value) -> Json {
    let unknown = || json!({ "unknown": true });
    match &value.data {
        Data::Unknown(_) => unknown(),
        Data::Null => Json::Null,
        Data::Bool(value) => json!(value),
        Data::Number(value) => json!(value),
        Data::Text(text) => text.known().map_or_else(unknown, |text| json!(&*text)),
        Data::List(list) if list.open.is_some() || list.items.iter().any(|item| item.trail.doubt().is_some()) => {
            unknown()
        }
        Data::List(list) => Json::Array(list.items.iter().map(stored).collect()),
        Data::Map(map) if map.open.is_some() || map.entries().iter().any(|e| e.value.trail.doubt().is_some()) => {
            unknown()
        }
        Data::Map(map) => {
            let entries = map.entries().iter().map(|entry| (entry.key.to_string(), stored(&entry.value)));
            Json::Object(entries.filter(|(_, value)| !value.is_null()).collect())
        }
    }
}
