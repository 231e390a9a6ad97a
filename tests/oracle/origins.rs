//! Every literal that reaches an argument can be found back in the file that it is written in.

use crate::plan::{cases, load};
use crate::{on_large_stack, testdata};
use kmslint::source::{Source, Sources};
use kmslint::syntax::hcl;
use kmslint::value::{Data, Piece, Value, number_text};
use std::collections::BTreeSet;
use std::path::Path;

/// The text at the origin of each known piece of text, decoded, is the piece, or the text that it is a part of.
#[test]
fn literals_are_found_back() {
    on_large_stack(find_back);
}

#[derive(Default)]
struct Found {
    literal: usize,
    made: usize,
    lost: BTreeSet<String>,
}

fn find_back() {
    let mut found = Found::default();
    for dir in cases() {
        let sources = Sources::new(vec![dir.clone()]);
        let terraform = load(&dir, &sources);
        for root in &terraform.roots {
            for scenario in &root.scenarios {
                for (address, value) in terraform.resources(root, scenario, &sources, &|_| true) {
                    let place = format!("{}: {address}", dir.strip_prefix(testdata("")).unwrap().display());
                    walk(&value, &place, &sources, &mut found);
                }
            }
        }
    }
    println!("{} pieces of text are literals, {} are made of others", found.literal, found.made);
    assert!(found.lost.is_empty(), "{} are lost:\n{}", found.lost.len(), Vec::from_iter(found.lost).join("\n"));
    assert!(found.literal > 1000 && found.literal > 5 * found.made, "too little is found as written");
}

fn walk(value: &Value, place: &str, sources: &Sources, found: &mut Found) {
    match &value.data {
        Data::Text(text) => {
            for piece in text.pieces().iter().filter(|piece| piece.why().is_none() && !piece.text().is_empty()) {
                check(piece, place, sources, found);
            }
        }
        Data::List(list) => list.items.iter().for_each(|item| walk(item, place, sources, found)),
        Data::Map(map) => map.entries().iter().for_each(|entry| walk(&entry.value, place, sources, found)),
        Data::Unknown(why) => why.candidates().iter().for_each(|value| walk(value, place, sources, found)),
        Data::Null | Data::Bool(_) | Data::Number(_) => {}
    }
}

fn check(piece: &Piece, place: &str, sources: &Sources, found: &mut Found) {
    let lost = |what: &str| format!("  {place}: {:?}: {what}", piece.text());
    let Some(origin) = piece.trail.origin() else {
        found.lost.insert(lost("it has no origin"));
        return;
    };
    let Some(spelled) = piece.trail.spelled() else {
        found.made += 1;
        if origin.is_empty() {
            found.lost.insert(lost("it is made nowhere"));
        }
        return;
    };
    found.literal += 1;
    let source = sources.get(origin.source);
    let written = decoded(&source, source.slice(spelled));
    // `lower` and its like keep the place.
    let same = |whole: &String| whole.to_uppercase().contains(&piece.text().to_uppercase());
    if !written.iter().any(same) {
        found.lost.insert(lost(&format!("{} has {:?} there", source.path.display(), source.slice(spelled))));
    }
}

/// What a literal may stand for: as it is, with the escapes of its notation, as the number or truth value that it is.
fn decoded(source: &Source, raw: &str) -> Vec<String> {
    let quoted = format!("\"{raw}\"");
    let as_hcl = |text: String| {
        let text = Sources::default().insert(Path::new("/literal"), text);
        hcl::parse_expression(&text).ok().and_then(|expr| expr.as_text())
    };
    let is = |end: &str| source.path.extension().is_some_and(|it| it == end);
    let as_json = |text: &str| serde_json::from_str::<String>(text).ok().filter(|_| is("json"));
    let yaml = is("yaml").then(|| raw.replace("''", "'"));
    let truth = ["yes", "on", "y"].contains(&raw.to_lowercase().as_str()).then(|| "true".to_owned());
    let number = raw.parse().ok().map(number_text);
    let date = Some(format!("{raw}T00:00:00Z")).filter(|_| is("yaml"));
    let all = [date, Some(raw.to_owned()), as_hcl(quoted.clone()), as_json(&quoted), as_json(raw), yaml, truth, number];
    all.into_iter().flatten().collect()
}
