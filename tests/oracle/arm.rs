//! ARM expressions and templates, as Azure's own evaluator answers them.

use crate::{json, on_large_stack, read_json, same, testdata};
use kmslint::arm::{self, Arm, Known, Resource, Scenario};
use kmslint::source::Sources;
use kmslint::value::{Data, Value};
use serde_json::Value as Json;

fn known() -> Known {
    Known {
        tenant: "00000000-0000-0000-0000-000000000001".to_owned(),
        subscription: "00000000-0000-0000-0000-000000000002".to_owned(),
        group: "rg".to_owned(),
        location: "westeurope".to_owned(),
        management_group: "mg".to_owned(),
        deployment: "dep".to_owned(),
    }
}

/// What cannot agree here, and why.
const LIMITS: [(&str, &str); 5] = [
    ("uniqueString(", "hashes are opaque"),
    ("guid('a')", "hashes are opaque"),
    ("json('1.0')", "a number that is whole is a whole number, however it is written"),
    ("resourceInfo(", "resources are not looked up by symbolic names"),
    ("json('[1,,2]')", "the parser takes no empty elements and nothing behind the value"),
];
/// The order in which an object's keys were written is not kept.
const BY_KEY_ORDER: [&str; 5] = [
    "[createArray(string(createObject('b',1",
    "[distinct(createArray(createObject('a',1,'b',2)",
    "[union(createArray(createObject('a',1,'b',2))",
    "[intersection(createArray(createObject('a',1,'b',2))",
    "[items(json('{\"b\":1,\"A\":2",
];

/// Every expression gives the engine's value, or is unknown or an error where it is there.
#[test]
fn expressions_agree() {
    on_large_stack(compare_expressions);
}

fn compare_expressions() {
    let template = std::fs::read_to_string(testdata("arm/context.json")).expect("the context");
    let rows = read_json(&testdata("arm/expressions.json"));
    let (mut counts, mut limits) = ([0; 4], 0);
    let mut wrong = Vec::new();
    for row in &rows {
        let text = row["expr"].as_str().expect("an expression");
        let answer = |known: &Known| arm::evaluate_text(&template, text, known, &Sources::default());
        let got = answer(&Known::default());
        let problem = compare(row, &got);
        let placed = row.get("placed").and_then(|placed| {
            let got = answer(&known());
            let right = got.as_ref().ok().and_then(json).is_some_and(|got| same(placed, &got));
            (!right).then(|| format!("with its place {:?}, expected {placed}", shown(&got)))
        });
        let is_limit = LIMITS.iter().any(|(part, _)| text.contains(part))
            || BY_KEY_ORDER.iter().any(|start| text.starts_with(start));
        match problem.or(placed) {
            Some(_) if is_limit => limits += 1,
            None => counts[kind(row)] += 1,
            Some(problem) => wrong.push(format!("  {text}: {problem}")),
        }
    }
    let [values, holes, symbolic, errors] = counts;
    println!(
        "{values} values, {holes} with holes, {symbolic} unknown, {errors} errors of {} agree; {limits} cannot",
        rows.len()
    );
    assert!(limits <= 17, "{limits} rows are left out");
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

fn kind(row: &Json) -> usize {
    match () {
        () if row.get("holes").is_some() => 1,
        () if row.get("json").is_some() => 0,
        () if row.get("symbolic").is_some() => 2,
        () => 3,
    }
}

fn shown(got: &Result<Value, String>) -> String {
    match got {
        Ok(value) => json(value)
            .map_or_else(|| format!("unknown {:?}", value.any_why().map(|w| w.text().to_owned())), |v| v.to_string()),
        Err(message) => format!("error {message}"),
    }
}

fn compare(row: &Json, got: &Result<Value, String>) -> Option<String> {
    let differs = |expected: &str| Some(format!("{}, expected {expected}", shown(got)));
    if row.get("error").is_some() {
        return if got.is_err() { None } else { differs("an error") };
    }
    let Ok(value) = got else { return differs(&row.to_string()) };
    let unknown = value.any_why().is_some();
    if row.get("symbolic").is_some() || row.get("unsound").is_some() {
        let may = row.get("may").is_some_and(|may| json(value).is_some_and(|got| same(may, &got)));
        return if unknown || may { None } else { differs("unknown") };
    }
    if let Some(holes) = row.get("holes").and_then(Json::as_array) {
        let holes: Vec<&str> = holes.iter().filter_map(Json::as_str).collect();
        return with_holes(&row["json"], value, "", &holes)
            .map(|at| format!("{value:?} at {at}, expected {}", row["json"]));
    }
    match json(value) {
        Some(got) if same(&row["json"], &got) => None,
        _ => differs(&row["json"].to_string()),
    }
}

/// Where a value differs from the expected one, whose parts at these pointers are unknown.
pub(crate) fn with_holes(expected: &Json, got: &Value, path: &str, holes: &[&str]) -> Option<String> {
    if holes.contains(&path) {
        return if got.any_why().is_some() { None } else { Some(path.to_owned()) };
    }
    match (expected, &got.data) {
        (Json::Array(items), Data::List(list)) if items.len() == list.items.len() && list.open.is_none() => {
            let pairs = items.iter().zip(&list.items).enumerate();
            pairs.into_iter().find_map(|(at, (item, got))| with_holes(item, got, &format!("{path}/{at}"), holes))
        }
        (Json::Object(entries), Data::Map(map)) if map.open.is_none() => {
            let extra = map.entries().iter().find(|e| !entries.contains_key(&*e.key) && !e.value.is_null());
            if let Some(extra) = extra {
                return Some(format!("{path}/{}", extra.key));
            }
            entries.iter().find_map(|(key, item)| {
                let path = format!("{path}/{key}");
                match map.get(key) {
                    Some(entry) => with_holes(item, &entry.value, &path, holes),
                    None if item.is_null() => None,
                    None => Some(path),
                }
            })
        }
        _ => match json(got) {
            Some(got) if same(expected, &got) => None,
            _ => Some(path.to_owned()),
        },
    }
}

/// Every template declares the resources that the engine predicts, with the same values.
#[test]
fn templates_agree() {
    on_large_stack(compare_templates);
}

fn compare_templates() {
    let (mut scenarios, mut resources) = (0, 0);
    let mut wrong = Vec::new();
    let mut dirs: Vec<_> =
        std::fs::read_dir(testdata("arm/templates")).unwrap().map(|entry| entry.unwrap().path()).collect();
    dirs.sort();
    assert!(dirs.len() >= 80, "only {} templates", dirs.len());
    for dir in dirs {
        let dir = dir.canonicalize().unwrap();
        let expected = std::fs::read_to_string(dir.join("expected.json")).expect("the engine's answer");
        let expected: Json = serde_json::from_str(&expected).expect("JSON");
        let sources = Sources::new(vec![dir.clone()]);
        let files: Vec<_> = walkdir::WalkDir::new(&dir).into_iter().map(|entry| entry.unwrap().into_path()).collect();
        let arm = Arm::load(&files, &sources, &|_| false);
        let path = dir.join(expected["template"].as_str().expect("a template"));
        let name = dir.file_name().unwrap().to_string_lossy().into_owned();
        let Some(unit) = arm.units.iter().find(|unit| unit.path == path) else {
            wrong.push(format!("{name}: it is no unit"));
            continue;
        };
        let literals: Vec<&str> =
            expected["literals"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        for scenario in expected["scenarios"].as_array().expect("scenarios") {
            scenarios += 1;
            let file = scenario["name"].as_str().filter(|name| *name != "defaults").map(|name| dir.join(name));
            let values = Scenario { file };
            let (got, outputs) = arm.resources(unit, &values, scenario["cloud"].as_str(), &known());
            let place = format!("{name} ({}{})", scenario["name"], scenario["cloud"]);
            let compare = Comparison { literals: &literals };
            let rows = scenario["resources"].as_array().expect("resources");
            resources += rows.len();
            compare.resources(rows, got, scenario["incomplete"] == true, &place, &mut wrong);
            for (key, value) in scenario["outputs"].as_object().into_iter().flatten() {
                let output = outputs.get(key).and_then(|output| output.get("value"));
                let output = output.unwrap_or_else(|| Value::null(kmslint::value::Trail::nowhere()));
                if let Some(at) = compare.value(value, &output, "") {
                    wrong.push(format!("{place}: output {key}{at}: expected {value}"));
                }
            }
        }
    }
    println!("{resources} resources of {scenarios} scenarios agree");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

struct Comparison<'l> {
    literals: &'l [&'l str],
}

impl Comparison<'_> {
    /// As multisets: each expected resource takes away one that fits.
    fn resources(&self, rows: &[Json], got: Vec<Resource>, incomplete: bool, place: &str, wrong: &mut Vec<String>) {
        let mut left = got;
        for row in rows {
            let kind = row["type"].as_str().expect("a type");
            let mut near = None;
            let fits = left.iter().position(|resource| {
                if !resource.kind.eq_ignore_ascii_case(kind) {
                    return false;
                }
                let difference = self.resource(row, resource);
                if difference.is_some() && near.is_none() {
                    near.clone_from(&difference);
                }
                difference.is_none()
            });
            match fits {
                Some(at) => _ = left.swap_remove(at),
                None => {
                    let near = near.unwrap_or_else(|| "there is none of the type".to_owned());
                    wrong.push(format!("{place}: {kind} {}: {near}", row["name"]));
                }
            }
        }
        if !incomplete {
            wrong.extend(left.iter().map(|it| format!("{place}: {} {:?} is not expected", it.kind, json(&it.name))));
        }
    }

    fn resource(&self, row: &Json, got: &Resource) -> Option<String> {
        let part = |name: &str, value: Option<&Value>| {
            let null = Value::null(kmslint::value::Trail::nowhere());
            let at = self.value(&row[name], value.unwrap_or(&null), "")?;
            let got = value.map(|value| format!("{:?}", at_pointer(value, &at)));
            Some(format!(
                "{name}{at}: expected {}, got {}",
                row[name].pointer(&at).unwrap_or(&row[name]),
                got.unwrap_or_default()
            ))
        };
        if let Some(problem) = part("name", Some(&got.name)) {
            return Some(problem);
        }
        let id = row["id"].as_str().unwrap_or_default();
        let own = json(&got.id).and_then(|id| id.as_str().map(str::to_lowercase));
        if !self.is_symbolic(id) && own.is_some_and(|own| own != id.to_lowercase()) {
            return Some(format!("id: expected {id}, got {:?}", json(&got.id)));
        }
        let doubtful = row.get("condition").is_some_and(|condition| !condition.is_null());
        if doubtful != got.doubtful {
            return Some(format!("condition: expected {:?}", row.get("condition")));
        }
        part("properties", got.properties.as_ref())
            .or_else(|| row.get("kind").and_then(|_| part("kind", got.variant.as_ref())))
    }

    fn is_symbolic(&self, text: &str) -> bool {
        let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let call = inside.and_then(|rest| rest.split_once('('));
        let name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '_');
        call.is_some_and(|(before, _)| name(before)) && !self.literals.contains(&text)
    }

    /// Where a value differs from the engine's.
    fn value(&self, expected: &Json, got: &Value, path: &str) -> Option<String> {
        match (expected, &got.data) {
            (_, Data::Text(text)) if text.hole().is_some_and(|why| why.text().contains("is a hash")) => None,
            // Opaque here, or what the engine answers from the declared properties of another resource.
            (_, Data::Unknown(why)) if why.text().contains("is a hash") || why.text().starts_with("reference(") => None,
            // Known in part at most, or known whatever the unknowns are.
            (Json::String(text), _) if self.is_symbolic(text) => None,
            (Json::Array(items), Data::List(list)) if items.len() == list.items.len() && list.open.is_none() => items
                .iter()
                .zip(&list.items)
                .enumerate()
                .find_map(|(at, (item, got))| self.value(item, got, &format!("{path}/{at}"))),
            (Json::Object(entries), Data::Map(map)) if map.open.is_none() => {
                let extra = map.entries().iter().find(|e| !entries.contains_key(&*e.key) && !e.value.is_null());
                if let Some(extra) = extra {
                    return Some(format!("{path}/{}", extra.key));
                }
                entries.iter().find_map(|(key, item)| {
                    let null = Value::null(kmslint::value::Trail::nowhere());
                    let value = map.get(key).map_or(&null, |entry| &entry.value);
                    self.value(item, value, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")))
                })
            }
            _ => match json(got) {
                Some(got) if same(expected, &got) => None,
                _ => Some(path.to_owned()),
            },
        }
    }
}

fn at_pointer(value: &Value, path: &str) -> String {
    let mut at = value.clone();
    for step in path.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let next = at.get(&step).or_else(|| step.parse().ok().and_then(|n| at.item(n)));
        match next {
            Some(next) => at = next,
            None => return format!("no {step}"),
        }
    }
    json(&at)
        .map_or_else(|| format!("unknown: {:?}", at.any_why().map(|why| why.text().to_owned())), |it| it.to_string())
}
