//! Rule files: their facts hold together, their examples are what they say, their mistakes are found where they are.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop")]

use kmslint::finding::Severity;
use kmslint::rule::{self, CHECKS, Expect, Loaded, Rule};
use kmslint::source::Sources;
use kmslint::workspace::{Options, Workspace};
use std::path::{Path, PathBuf};

fn built_in() -> Vec<Rule> {
    let loaded = rule::load(&Sources::default(), &[]);
    assert!(loaded.findings.is_empty() && loaded.problems.is_empty(), "{:?}", loaded.findings);
    loaded.rules
}

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kmslint-rules-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path.canonicalize().expect("a temporary folder"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn examples_are_what_they_say() {
    let mut seen = 0;
    for rule in built_in() {
        for (at, example) in rule.examples.iter().enumerate() {
            let folder = Folder::new(&format!("{}-{at}", rule.id));
            for (name, text) in &example.files {
                std::fs::write(folder.0.join(name), text).expect("written");
            }
            let options = Options { select: vec![rule.id.clone()], ..Options::default() };
            let report = Workspace::open(&folder.0, &[], options).check().report;
            let of_check = report.findings.iter().filter(|finding| finding.check == Some(example.check.as_str()));
            let worst = of_check.map(|finding| finding.severity).max();
            let got = match worst {
                None => Expect::None,
                Some(Severity::Note) => Expect::Note,
                Some(Severity::Warning) => Expect::Warning,
                Some(Severity::Error) => Expect::Error,
            };
            assert_eq!(got, example.expect, "{}: {}", rule.id, example.title);
            seen += 1;
        }
    }
    assert!(seen >= 5, "only {seen} examples");
}

/// What moved is data: no address and no name of it stands in code.
#[test]
fn no_code_names_an_endpoint() {
    let names: Vec<String> = built_in().iter().flat_map(Rule::endpoint_order).collect();
    assert!(names.len() > 10);
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = 0;
    for entry in walkdir::WalkDir::new(src).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|ext| ext == "rs") {
            files += 1;
            let text = std::fs::read_to_string(entry.path()).expect("readable").to_lowercase();
            let found = names.iter().find(|name| text.contains(name.as_str()));
            assert!(found.is_none(), "{} names {}", entry.path().display(), found.unwrap_or(&String::new()));
        }
    }
    assert!(files > 20, "only {files} files");
}

#[test]
fn every_endpoint_has_a_watch_word_even_where_it_is_composed() {
    for rule in built_in() {
        let words = rule.watch_words();
        for cloud in rule.clouds.iter().filter(|cloud| !cloud.closed) {
            let addresses = cloud.legacy.addresses.iter().map(ToString::to_string);
            let slips = cloud.mistyped.iter().map(|slip| slip.wrong.to_string());
            for name in addresses.chain(cloud.legacy.hosts.iter().cloned()).chain(slips) {
                assert!(words.iter().any(|word| name.starts_with(word.as_str())), "{}: {name}", rule.id);
            }
        }
    }
}

const SMALL: &str = "id: small
title: A small rule
default: false
service: a service
port: 443
protocol: TCP
summary: It moved.
consequence: It fails.
url: https://example.org/
clouds:
  - name: Cloud
    title: A cloud
    legacy:
      addresses: [192.0.2.1]
    successors:
      addresses: [192.0.2.129]
    tags:
      Cloud: [192.0.2.0/25]
intent: [small]
watch-words: ['192.0.2']
checks:
  route-table:
    summary: a table
    why: It fails.
    help: Add {missing}.
";

fn load(name: &str, text: &str) -> (Sources, Loaded) {
    let folder = Folder::new(name);
    let path = folder.0.join("small.yaml");
    std::fs::write(&path, text).expect("written");
    let sources = Sources::new(vec![folder.0.clone()]);
    let loaded = rule::load(&sources, &[path]);
    (sources, loaded)
}

#[test]
fn another_rule_needs_no_code() {
    let (_, loaded) = load("good", SMALL);
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    assert!(loaded.rules.iter().any(|rule| rule.id == "small" && rule.port == 443));
}

/// What is broken, what stands under the caret, what is said.
#[test]
fn mistakes_are_found_where_they_are() {
    let cases = [
        ("addresses: [192.0.2.1]", "adresses: [192.0.2.1]", "adresses", "did you mean `addresses`?"),
        ("id: small", "id: Small Rule", "Small Rule", "kebab-case"),
        ("id: small", "id: azure-kms", "azure-kms", "already"),
        ("addresses: [192.0.2.129]", "addresses: [192.0.2.500]", "192.0.2.500", "IPv4"),
        ("addresses: [192.0.2.129]", "addresses: []", "Cloud", "closed: true"),
        ("[192.0.2.0/25]", "[198.51.100.0/24]", "198.51.100.0/24", "holds none of the addresses"),
        ("{missing}", "{absent}", "Add {absent}.", "unknown placeholder {absent}"),
        ("route-table:", "route-tables:", "route-tables", "unknown check"),
        ("port: 443", "port: many", "many", "u16"),
        ("port: 443", "port: 0", "0", "between 1 and 65535"),
        ("intent: [small]", "intent: [small, '']", "''", "an empty word"),
        ("protocol: TCP", "protocol: SCTP", "SCTP", "TCP or UDP"),
        ("id: small", "id: syntax", "syntax", "kmslint's own"),
        (
            "addresses: [192.0.2.1]",
            "hosts: [a.example.org]\n      addresses: [192.0.2.1]",
            "successors",
            "legacy hosts",
        ),
        ("addresses: [192.0.2.129]", "addresses: [192.0.2.1]", "successors", "stands twice"),
        ("      Cloud: [", "      Cloud: [192.0.2.0/24]\n      Cloud: [", "Cloud", "a second time"),
        ("intent: [small]\n", "", "", "missing field `intent`"),
        ("summary: It moved.", "summary: [It moved", "", ""),
    ];
    for (at, (part, by, caret, message)) in cases.into_iter().enumerate() {
        let (sources, loaded) = load(&format!("broken-{at}"), &SMALL.replacen(part, by, 1));
        let [finding] = loaded.findings.as_slice() else { panic!("{by}: {:?}", loaded.findings) };
        assert_eq!((finding.rule.as_str(), finding.severity), ("rule-file", Severity::Error));
        assert!(finding.message.contains(message), "{by}: {}", finding.message);
        let source = sources.get(finding.primary.source);
        assert!(source.path.ends_with("small.yaml"), "{by}");
        if !caret.is_empty() {
            assert_eq!(source.slice(finding.primary), caret, "{by}: {}", finding.message);
        }
    }
}

#[test]
fn pages_say_everything() {
    let rules = built_in();
    for rule in &rules {
        let page = rule::page(rule, None);
        for name in rule.endpoint_order() {
            assert!(page.contains(&name), "{name} is missing:\n{page}");
        }
        for check in CHECKS.iter().filter(|check| rule.check(check).is_some()) {
            assert!(page.contains(check) && rule::table(&rules).contains(check), "{check}");
            assert!(rule::page(rule, Some(check)).contains("How to fix"), "{check}");
        }
        assert!(!page.contains(['{', '}']) || page.contains("resource \""), "a placeholder is left:\n{page}");
        let wide = page.lines().find(|line| line.chars().count() > 100 && !line.contains("http"));
        assert_eq!(wide, None);
    }
}
