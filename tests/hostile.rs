//! Strangers' code: nothing panics, hangs or eats memory, and what stands beside the hostile part is still judged.
#![allow(clippy::expect_used, reason = "a test may stop")]

use kmslint::workspace::{Options, Workspace};
use std::path::{Path, PathBuf};

/// A folder that is gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kmslint-hostile-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path.canonicalize().expect("a temporary folder"))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    /// How many findings about route tables there are.
    fn findings(&self) -> usize {
        let report = Workspace::open(&self.0, &[], Options::default()).check().report;
        report.findings.iter().filter(|finding| finding.check == Some("route-table")).count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const PINNED: &str = r#"
resource "azurerm_route" "kms" {
  name                = "kms"
  resource_group_name = "rg"
  route_table_name    = "rt"
  address_prefix      = "23.102.135.246/32"
  next_hop_type       = "Internet"
}
"#;

/// A route whose prefix is the hostile expression.
fn victim(expression: &str) -> String {
    format!(
        "resource \"azurerm_route\" \"victim\" {{\n  name = \"v\"\n  resource_group_name = \"rg2\"\n  \
         route_table_name = \"rt2\"\n  next_hop_type = \"Internet\"\n  address_prefix = {expression}\n}}\n"
    )
}

#[test]
fn hostile_code_costs_only_itself() {
    let doubled = |first: &str, next: &dyn Fn(usize) -> String| {
        let levels: String = (1..60).map(|level| format!("  a{level} = {}\n", next(level - 1))).collect();
        format!("locals {{\n  a0 = {first}\n{levels}}}\n{}", victim("local.a59"))
    };
    let nested = |open: &str, close: &str| victim(&format!("{}1{}", open.repeat(10_000), close.repeat(10_000)));
    let cases = [
        ("range", victim("join(\",\", range(1000000000))")),
        ("for", victim("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : c]]][0][0][0]")),
        ("text", doubled("\"x\"", &|level| format!("\"${{local.a{level}}}${{local.a{level}}}\""))),
        ("list", doubled("[1]", &|level| format!("concat(local.a{level}, local.a{level})"))),
        ("map", doubled("{ a = 1 }", &|level| format!("{{ a = local.a{level}, b = local.a{level} }}"))),
        ("self", "locals {\n  a = local.b\n  b = local.a\n}\n".to_owned() + &victim("local.a")),
        ("lists", nested("[", "]")),
        ("objects", nested("{ a = ", "}")),
        ("parentheses", nested("(", ")")),
        ("operators", victim(&format!("1{}", " + 1".repeat(50_000)))),
        ("not", victim(&format!("{}true", "!".repeat(50_000)))),
        ("count", victim("\"x\"\n  count = 1000000000")),
        ("pattern", victim("regex(\"(a*)*(b*)*c{1000}{1000}\", \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\")")),
        ("width", victim("format(\"%999999999d\", 1)")),
        ("outside", victim("file(\"../../../../../../etc/passwd\")")),
        ("module", "module \"m\" {\n  source = \"./.\"\n}\n".to_owned()),
        ("aliases", victim("yamldecode(\"a: &a [1, 1]\\nb: &b [*a, *a]\\nc: [*b, *b]\")")),
    ];
    for (name, text) in cases {
        let folder = Folder::new(name);
        folder.write("pinned.tf", PINNED);
        folder.write("hostile.tf", &text);
        assert_eq!(folder.findings(), 1, "{name}");
    }
}

#[test]
fn modules_in_a_circle_end() {
    let folder = Folder::new("circle");
    folder.write("main.tf", &format!("{PINNED}\nmodule \"a\" {{\n  source = \"./a\"\n}}\n"));
    folder.write("a/main.tf", "module \"b\" {\n  source = \"../b\"\n  count = 3\n}\n");
    folder.write("b/main.tf", "module \"a\" {\n  source = \"../a\"\n  count = 3\n}\n");
    assert_eq!(folder.findings(), 1);
}

/// Every fixture, cut off at many places, with a byte changed, is read without a panic.
#[test]
fn no_damage_to_a_fixture_panics() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases");
    let mut texts = Vec::new();
    for entry in walkdir::WalkDir::new(cases).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|kind| kind == "tf")
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            texts.push(text);
        }
    }
    assert!(texts.len() > 90, "only {} fixtures", texts.len());
    let folder = Folder::new("damage");
    let signs = ['"', '{', '}', '[', '$', '\n', '<', '/', '\0', '%'];
    let mut files = 0;
    for (at, text) in texts.iter().enumerate() {
        for part in 1..8 {
            let mut cut = text.len() * part / 8;
            while !text.is_char_boundary(cut) {
                cut -= 1;
            }
            let sign = signs[(at + part) % signs.len()];
            folder.write(&format!("cut{at}-{part}/main.tf"), &text[..cut]);
            folder.write(&format!("sign{at}-{part}/main.tf"), &format!("{}{sign}{}", &text[..cut], &text[cut..]));
            files += 2;
        }
    }
    let report = Workspace::open(&folder.0, &[], Options::default()).check().report;
    assert!(report.files >= files && !report.findings.is_empty());
}

const PINNED_TEMPLATE: &str = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.Network/routeTables",
      "name": "rt",
      "properties": {
        "routes": [
          { "name": "default", "properties": { "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualNetworkGateway" } },
          { "name": "kms", "properties": { "addressPrefix": "23.102.135.246/32", "nextHopType": "Internet" } }
        ]
      }
    }
  ]
}"#;

/// A template with variables and resources as they are given.
fn template(variables: &str, resources: &str) -> String {
    format!(
        "{{ \"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \
         \"contentVersion\": \"1.0.0.0\", \"variables\": {{ {variables} }}, \"resources\": [ {resources} ] }} \
         // 23.102.135.246"
    )
}

/// A route table whose routes are the hostile expression.
fn table(routes: &str) -> String {
    format!(
        "{{ \"type\": \"Microsoft.Network/routeTables\", \"name\": \"v\", \"properties\": {{ \"routes\": \"{routes}\" }} }}"
    )
}

#[test]
fn hostile_templates_end() {
    let doubled: String = (1..2000)
        .map(|at| format!(", \"v{at}\": \"[concat(variables('v{}'), variables('v{}'))]\"", at - 1, at - 1))
        .collect();
    let loops = "[map(range(0, 10000), lambda('i', map(range(0, 10000), lambda('j', range(0, 10000)))))]";
    let mut nested = table("[createArray()]");
    for at in 0..60 {
        nested = format!(
            "{{ \"type\": \"Microsoft.Resources/deployments\", \"name\": \"d{at}\", \"properties\": {{ \"template\": {} }} }}",
            template("", &nested).replace(" // 23.102.135.246", "")
        );
    }
    let copy = "{ \"type\": \"Microsoft.Network/routeTables\", \"name\": \"v\", \"copy\": { \"name\": \"c\", \"count\": 1000000 } }";
    let cases = [
        template("", &table("[range(0, 1000000000)]")),
        template("", &table(loops)),
        template("", copy),
        template("\"a\": \"[variables('b')]\", \"b\": \"[variables('a')]\"", &table("[variables('a')]")),
        template(&format!("\"v0\": \"x\" {doubled}"), &table("[variables('v1999')]")),
        template("", &table(&format!("[{}1{}]", "concat(".repeat(5000), ")".repeat(5000)))),
        template("", &nested),
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
    ];
    for (at, text) in cases.iter().enumerate() {
        let folder = Folder::new(&format!("template-{at}"));
        folder.write("hostile.json", text);
        folder.write("pinned.json", PINNED_TEMPLATE);
        assert_eq!(folder.findings(), 1, "{}", &text[..text.len().min(200)]);
    }
}
