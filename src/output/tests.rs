//! What people and tools see, over reports made by hand.

use super::*;
use crate::finding::{ContainerRef, Edit, Fix, Gap, Inspection, Related, Safety, Seen, SeenEntry};
use std::time::{Duration, Instant};

struct Desk {
    sources: Sources,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Desk {
        let sources = Sources::new(Vec::new());
        for (path, text) in files {
            sources.insert(Path::new(path), (*text).to_owned());
        }
        Desk { sources }
    }

    fn view(&self) -> View<'_> {
        let cwd = Path::new("/w");
        View { sources: &self.sources, cwd, color: false, width: 100, verbose: false, quiet: false }
    }

    /// The first place of a text in a file; `""` is the end of the file.
    fn span(&self, path: &str, text: &str) -> Span {
        let source = self.sources.read(Path::new(path)).expect("inserted");
        let start = if text.is_empty() { source.text.len() } else { source.text.find(text).expect("there") };
        Span::new(source.id, start..start + text.len())
    }

    fn full(&self, findings: Vec<Finding>) -> String {
        let report = Report { findings, files: 3, evaluated: 1, ..Report::default() };
        shown(|out| full::write(&report, &self.view(), out))
    }
}

fn shown(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}

fn finding(primary: Span) -> Finding {
    Finding {
        rule: "azure-kms".to_owned(),
        check: Some("route-table"),
        severity: Severity::Error,
        cloud: Some("AzureCloud".to_owned()),
        message: "only the legacy address is routed to the Internet".to_owned(),
        why: "The successors follow the default route to a firewall.".to_owned(),
        help: "Add routes for 203.0.113.224 and 203.0.113.53.".to_owned(),
        url: Some("https://example.org/kms".to_owned()),
        containers: Vec::new(),
        legacy: vec!["198.51.100.246/32".to_owned()],
        missing: vec!["203.0.113.224".to_owned(), "203.0.113.53".to_owned()],
        primary,
        deciding: Vec::new(),
        related: Vec::new(),
        scenarios: Vec::new(),
        fix: None,
        home: String::new(),
        fingerprint: "f00d".to_owned(),
        harmless: false,
        guessed: false,
    }
}

/// A finding that lacks nothing in particular, so that nothing is said under its literal.
fn plain(primary: Span) -> Finding {
    Finding { missing: Vec::new(), ..finding(primary) }
}

fn related(span: Span, message: &str) -> Related {
    Related { span, message: message.to_owned() }
}

const TFVARS: &str = "routes = {\n  kms = \"198.51.100.246/32\"\n}\n";
const MAIN: &str = "variable \"routes\" {}\n\nresource \"azurerm_route\" \"kms\" {\n  for_each = var.routes\n}\n";

#[test]
fn a_finding_shows_its_literal_and_the_way_to_it() {
    let desk = Desk::new(&[("/w/env/prod.tfvars", TFVARS), ("/hub/main.tf", MAIN)]);
    let mut it = finding(desk.span("/w/env/prod.tfvars", "\"198.51.100.246/32\""));
    it.cloud = Some("AzureUSGovernment".to_owned());
    it.related = vec![
        related(desk.span("/w/env/prod.tfvars", "routes"), "one route for each"),
        related(desk.span("/hub/main.tf", MAIN.split_once("\n\n").expect("two").1), "used here"),
    ];
    it.scenarios = vec!["env/prod.tfvars".to_owned(), "env/test.tfvars".to_owned()];
    let named = |address: &str| ContainerRef { address: address.to_owned(), kind: "route-table", name: None };
    it.containers = vec![named("module.a.rt"), ContainerRef { name: Some("rt-b".to_owned()), ..named("module.b.rt") }];
    let expected = r#"error[azure-kms/route-table] in AzureUSGovernment: only the legacy address is routed to the Internet
   ╭─[env/prod.tfvars:2:9]
 1 │ routes = {
   · ───┬──
   ·    ╰── one route for each
 2 │   kms = "198.51.100.246/32"
   ·         ─────────┬─────────
   ·                  ╰── this is named, 203.0.113.224 and 203.0.113.53 not
 3 │ }
   ╰────
   ╭─[../hub/main.tf:3:1]
 3 │ resource "azurerm_route" "kms" {
   · ────────────────┬───────────────
   ·                 ╰── used here
 4 │   for_each = var.routes
   ╰────
  why: The successors follow the default route to a firewall.
  help: Add routes for 203.0.113.224 and 203.0.113.53.
  holds for: env/prod.tfvars, env/test.tfvars
  affects: route-table module.a.rt, route-table module.b.rt ("rt-b")
  see: https://example.org/kms

Found 1 error in 3 files (1 configuration evaluated).
"#;
    assert_eq!(desk.full(vec![it]), expected);
}

#[test]
fn a_long_line_is_cut_round_the_literal() {
    let line = format!("{{{}\"é\":\"198.51.100.246\",{}}}", "\"é\":1,".repeat(20_000), "\"x\":2,".repeat(20_000));
    let desk = Desk::new(&[("/w/a.json", &line)]);
    let text = desk.full(vec![plain(desk.span("/w/a.json", "\"198.51.100.246\""))]);
    let drawn: Vec<&str> = text.lines().skip(1).take(4).collect();
    assert_eq!(drawn[0], "   ╭─[a.json:1:120006]");
    assert!(drawn[1].starts_with(" 1 │ …") && drawn[1].ends_with('…'), "{}", drawn[1]);
    assert_eq!(drawn[1].chars().count(), 5 + 200 + 2);
    let column = |line: &str, what: char| line.chars().position(|c| c == what);
    let quote = drawn[1].find("\"198.").map(|at| drawn[1][..at].chars().count());
    assert_eq!(column(drawn[2], '─'), quote);
    assert_eq!(drawn[2].matches('─').count(), "\"198.51.100.246\"".len());
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let source = "\u{1b}[2J\u{202e}é\t\"kms\" # ##vso[x]\u{9b}\rnext\r\nlast\r\n";
    let desk = Desk::new(&[("/w/\u{1b}x.tf", source)]);
    let mut it = plain(desk.span("/w/\u{1b}x.tf", "\"kms\""));
    it.message = "a\u{1b}]8;;evil\u{7}b".to_owned();
    let text = desk.full(vec![it]);
    let expected = "error[azure-kms/route-table]: a␛]8;;evil␇b
   ╭─[␛x.tf:1:8]
 1 │ ␛[2J�é  \"kms\" # ♯#vso[x]�␍next
   ·         ─────
 2 │ last
   ╰────
";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn every_span_of_every_text_can_be_drawn() {
    let texts = ["", "\n", "a", "é\u{301}\r\n\r\n", "\tx\n\u{feff}日本\n", "##vso[\r\rz", "a\n\n\nb"];
    for text in texts {
        let desk = Desk::new(&[("/w/a", text)]);
        let id = desk.span("/w/a", "").source;
        for start in 0..text.len() + 2 {
            for end in start..text.len() + 3 {
                let mut it = finding(Span::new(id, start..end));
                it.related = vec![related(Span::new(id, 0..start), "one"), related(it.primary, "two")];
                assert!(desk.full(vec![it]).contains("╭─[a:"));
            }
        }
    }
    let desk = Desk::new(&[("/w/a", "")]);
    let drawn = "   ╭─[a:1:1]\n 1 │\n   · ▲\n   ╰────\n";
    assert!(desk.full(vec![plain(desk.span("/w/a", ""))]).contains(drawn));
}

#[test]
fn notes_take_a_line_and_silence_is_explained() {
    let desk = Desk::new(&[("/w/prod.tfvars", TFVARS)]);
    let primary = desk.span("/w/prod.tfvars", "\"198");
    let note = Finding { severity: Severity::Note, ..finding(primary) };
    let line = "prod.tfvars:2:9: note[azure-kms/route-table] only the legacy address is routed to the Internet\n";
    let end = "Found 1 note in 3 files (1 configuration evaluated).\n";
    assert_eq!(desk.full(vec![note.clone()]), format!("{line}\n{end}"));
    let report = Report { findings: vec![note], files: 3, evaluated: 1, ..Report::default() };
    assert_eq!(shown(|out| concise::write(&report, &desk.view(), out)), format!("{line}{end}"));
    let gap = Gap { container: "azurerm_route_table.a".to_owned(), span: primary, why: "unknown".to_owned() };
    let report = Report { unknown: vec![gap], files: 1, evaluated: 2, ..Report::default() };
    let silent = "1 place could not be evaluated; --verbose tells which and why.\n\
                  All clear: nothing to report in 1 file (2 configurations evaluated).\n";
    assert_eq!(shown(|out| full::write(&report, &desk.view(), out)), silent);
    let all = shown(|out| full::write(&report, &View { verbose: true, ..desk.view() }, out));
    assert!(all.starts_with("Not evaluated:\n  prod.tfvars:2:9: azurerm_route_table.a: unknown\n"));
}

#[test]
fn a_thousand_findings_in_a_long_file_are_shown_at_once() {
    let text = "  address_prefix = \"198.51.100.246/32\"\n".repeat(20_000);
    let desk = Desk::new(&[("/w/a.tf", &text)]);
    let first = desk.span("/w/a.tf", "\"198.51.100.246/32\"");
    let at = |line: u32| Span { start: first.start + line * 39, end: first.end + line * 39, ..first };
    let findings = (0..1000).map(|n| Finding { related: vec![related(at(n * 20 + 1), "here")], ..finding(at(n * 20)) });
    let findings = findings.collect();
    let start = Instant::now();
    let shown = desk.full(findings);
    // Far above what it takes without optimization.
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    assert_eq!(shown.matches("╰── here").count(), 1000);
}

#[test]
fn json_says_all_in_a_fixed_order() {
    let desk = Desk::new(&[("/w/env/prod.tfvars", TFVARS)]);
    let primary = desk.span("/w/env/prod.tfvars", "\"198.51.100.246/32\"");
    let mut first = finding(primary);
    first.message = "a\u{1b}b\u{202e}".to_owned();
    first.containers =
        vec![ContainerRef { address: "rt".to_owned(), kind: "route-table", name: Some("rt-hub".to_owned()) }];
    first.related = vec![related(desk.span("/w/env/prod.tfvars", "routes"), "used here")];
    first.scenarios = vec!["default".to_owned()];
    let edit = Edit { span: Span { start: primary.end, ..primary }, text: ", \"x\"".to_owned() };
    first.fix = Some(Fix { title: "add".to_owned(), safety: Safety::Review, edits: vec![edit] });
    let plain = Finding { rule: "syntax".to_owned(), check: None, cloud: None, url: None, ..finding(primary) };
    let gap = Gap { container: "rt".to_owned(), span: primary, why: "because".to_owned() };
    let elapsed = Duration::from_millis(41);
    let report = Report { findings: vec![first, plain], unknown: vec![gap], files: 8, evaluated: 2, elapsed };
    let text = shown(|out| json::write(&report, &desk.view(), out));
    assert!(text.contains("\"a\\u001bb\\u202e\"") && text.ends_with("}\n") && !text.ends_with("\n\n"));
    let location =
        r#"{"path":"env/prod.tfvars","start":{"line":2,"column":9,"byte":19},"end":{"line":2,"column":28,"byte":38}}"#;
    let expected = format!(
        r#"{{"version":1,"tool":{{"name":"kmslint","version":"{version}"}},"findings":[
{{"rule":"azure-kms","check":"route-table","severity":"error","cloud":"AzureCloud","message":"a\u001bb\u202e",
"help":"Add routes for 203.0.113.224 and 203.0.113.53.","url":"https://example.org/kms",
"containers":[{{"kind":"route-table","address":"rt","name":"rt-hub"}}],"legacy":["198.51.100.246/32"],
"missing":["203.0.113.224","203.0.113.53"],"location":{location},
"related":[{{"path":"env/prod.tfvars","start":{{"line":1,"column":1,"byte":0}},"end":{{"line":1,"column":7,"byte":6}},
"message":"used here"}}],"scenarios":["default"],
"fix":{{"title":"add","safety":"review","edits":[{{"path":"env/prod.tfvars","start":38,"end":38,"text":", \"x\""}}]}},
"fingerprint":"f00d"}},
{{"rule":"syntax","check":null,"severity":"error","cloud":null,
"message":"only the legacy address is routed to the Internet",
"help":"Add routes for 203.0.113.224 and 203.0.113.53.","url":null,"containers":[],"legacy":["198.51.100.246/32"],
"missing":["203.0.113.224","203.0.113.53"],"location":{location},"related":[],"scenarios":[],"fix":null,
"fingerprint":"f00d"}}],"ignored":[],
"unknown":[{{"container":"rt","path":"env/prod.tfvars","line":2,"why":"because"}}],
"summary":{{"files":8,"evaluated":2,"errors":2,"warnings":0,"notes":0,"fixable":1,"elapsed_ms":41}}}}"#,
        version = env!("CARGO_PKG_VERSION")
    );
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    // Compared as text too, as equal objects may differ in the order of their keys.
    assert_eq!(parsed(&text).to_string(), parsed(&expected).to_string());
}

#[test]
fn inspect_lines_up_what_was_understood() {
    let desk = Desk::new(&[("/w/main.tf", MAIN)]);
    let span = desk.span("/w/main.tf", "resource");
    let route = |name: &str, target: &str, effect: &str, hop: Option<&str>| SeenEntry {
        name: Some(name.to_owned()),
        targets: vec![target.to_owned()],
        effect: effect.to_owned(),
        next_hop: hop.map(str::to_owned),
        order: Vec::new(),
        sources: Vec::new(),
        ports: Vec::new(),
        protocols: Vec::new(),
        span,
        doubt: None,
    };
    let doubtful = SeenEntry {
        doubt: Some("var.kms is not known".to_owned()),
        ..route("kms", "198.51.100.246/32", "Internet", None)
    };
    let table = Seen {
        kind: "route-table".to_owned(),
        address: "azurerm_route_table.hub".to_owned(),
        name: Some("rt-hub".to_owned()),
        scenario: Some("prod.tfvars".to_owned()),
        span,
        complete: false,
        unknown: vec!["routes come from data.x.y".to_owned()],
        decisions: Vec::new(),
        entries: vec![route("default", "0.0.0.0/0", "VirtualAppliance", Some("10.0.0.4")), doubtful],
    };
    let values =
        serde_json::json!({"root": {"locals": {"a": 1}, "variables": {"b": {"unknown": "not given"}}, "outputs": {}}});
    let seen = Inspection { containers: vec![table], values: Some(values) };
    let expected = r#"route-table azurerm_route_table.hub "rt-hub" with prod.tfvars  main.tf:3:1
  name     targets            effect                        written at
  default  0.0.0.0/0          -> VirtualAppliance 10.0.0.4  main.tf:3:1
  kms      198.51.100.246/32  -> Internet                   main.tf:3:1
                                                            (may be absent: var.kms is not known)
  unknown: routes come from data.x.y

values of root
  var.b = unknown: not given
  local.a = 1
"#;
    assert_eq!(shown(|out| inspect::write_text(&seen, &desk.view(), out)), expected);
    let json: serde_json::Value =
        serde_json::from_str(&shown(|out| inspect::write_json(&seen, &desk.view(), out))).expect("JSON");
    let entry = &json["containers"][0]["entries"][0];
    assert_eq!((&entry["next_hop"], &entry["location"]["start"]["line"]), (&"10.0.0.4".into(), &3.into()));
    assert_eq!(json["containers"][0]["complete"], false);
}
