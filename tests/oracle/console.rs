//! Single expressions, as `terraform console` answers them.

use crate::{json, on_large_stack, read_json, same, testdata};
use kmslint::source::{Source, Sources};
use kmslint::terraform::Terraform;
use kmslint::terraform::scenario::Inputs;
use kmslint::value::Value;
use serde_json::Value as Json;
use std::sync::Arc;

/// Answers of Terraform 1.11 that kmslint improves on: 1.12 stops where the left side decides, and so does kmslint.
const KNOWN_HERE: [&str; 2] = ["true || local.unks == \"a\"", "false && local.unks == \"a\""];

/// Every expression that real Terraform was asked is answered with its value, its error, or unknown: never with
/// another value.
#[test]
fn console_answers_agree() {
    on_large_stack(compare_console);
}

fn compare_console() {
    let dir = testdata("terraform/console").canonicalize().expect("the folder of the console");
    let sources = Sources::new(vec![dir.clone()]);
    let terraform = Terraform::load(&[dir.join("main.tf")], &Inputs::default(), &sources);
    let root = &terraform.roots[0];
    let rows = read_json(&testdata("terraform/console.json"));
    let (mut agree, mut unknown, mut wrong) = (0, Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        let text = row["expr"].as_str().expect("an expression");
        let source: Arc<Source> = sources.insert(&dir.join(format!("console-{at}")), text.to_owned());
        let answer = terraform.console(root, &root.scenarios[0], &sources, &source);
        match compare(row, &answer) {
            Agreement::Same => agree += 1,
            Agreement::Unknown(_) | Agreement::Wrong(_) if KNOWN_HERE.contains(&text) => agree += 1,
            Agreement::Unknown(why) => unknown.push(format!("  {text}: unknown: {why}")),
            Agreement::Wrong(got) => wrong.push(format!("  {text}: {got}, but Terraform says {row}")),
        }
    }
    println!("{agree} of {} answers agree", rows.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        unknown.is_empty(),
        "{} of {} answers are unknown here:\n{}",
        unknown.len(),
        rows.len(),
        unknown.join("\n")
    );
}

enum Agreement {
    Same,
    Unknown(String),
    Wrong(String),
}

fn compare(row: &Json, answer: &Result<Value, String>) -> Agreement {
    let value = match (row.get("error"), answer) {
        (Some(_), Err(_)) => return Agreement::Same,
        (Some(_), Ok(value)) => return either_unknown(value),
        (None, Err(message)) => return Agreement::Wrong(format!("error: {message}")),
        (None, Ok(value)) => value,
    };
    if row.get("sensitive").is_some() {
        return if value.trail.is_secret() { Agreement::Same } else { Agreement::Wrong(format!("{:?}", json(value))) };
    }
    match (row.get("json"), json(value)) {
        (None, None) => Agreement::Same,
        (Some(_), None) => either_unknown(value),
        (Some(expected), Some(got)) if same(expected, &got) => Agreement::Same,
        (_, Some(got)) => Agreement::Wrong(got.to_string()),
    }
}

fn either_unknown(value: &Value) -> Agreement {
    match value.any_why() {
        Some(why) => Agreement::Unknown(why.text().to_owned()),
        None => Agreement::Wrong(format!("{:?}", json(value))),
    }
}
