//! How long a check takes: `cargo bench`. Read the figures as ratios within one run.
//!
//! - `module`: a module of 300 files and 3 MB, of which little is about routes.
//! - `for_each`: one route resource over a variable with N routes; the cost must grow with N, not with its square.
//! - `nested`: a value that comes through N modules.
//! - `repairs`: 200 findings in 100 roots, with repairs and without; proving may cost as much as finding, no more.
//! - `template`: an ARM template with 5,000 resources.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::print_stdout, reason = "a test may stop")]

use kmslint::workspace::{Options, Workspace};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
}

/// A folder that is gone when the benchmark is.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kmslint-bench-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn check(dir: &Path, findings: usize) {
    let report = Workspace::open(dir, &[], Options::default()).check().report;
    assert_eq!(report.findings.len(), findings, "{:?}", report.findings);
}

const TABLE: &str = r#"
resource "azurerm_route_table" "hub" {
  name                = "rt-hub"
  location            = "westeurope"
  resource_group_name = "rg-hub"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }
}
"#;

#[divan::bench(sample_count = 20)]
fn module(bencher: divan::Bencher) {
    let folder = Folder::new("module");
    for file in 0..300 {
        let mut text = String::new();
        for block in 0..24 {
            let _ = write!(
                text,
                r#"
resource "azurerm_storage_account" "s{file}_{block}" {{
  name                     = "${{var.prefix}}s{file}x{block}"
  location                 = var.location
  resource_group_name      = "rg-${{var.prefix}}-{block}"
  account_tier             = lookup(var.tiers, "tier{block}", "Standard")
  account_replication_type = var.location == "westeurope" ? "ZRS" : "LRS"
  # settings that were measured in the pilot and are kept as they are
  tags = merge(var.tags, {{ file = "{file}", block = "{block}" }})
}}
"#
            );
        }
        folder.write(&format!("f{file}.tf"), &text);
    }
    let variables = "variable \"prefix\" {}\nvariable \"location\" {}\nvariable \"tiers\" {}\nvariable \"tags\" {}\n";
    folder.write("variables.tf", variables);
    let route = r#"
resource "azurerm_route" "kms" {
  name                = "kms"
  resource_group_name = "rg-hub"
  route_table_name    = azurerm_route_table.hub.name
  address_prefix      = "23.102.135.246/32"
  next_hop_type       = "Internet"
}
"#;
    folder.write("hub.tf", &format!("{TABLE}{route}"));
    bencher.bench(|| check(&folder.0, 1));
}

#[divan::bench(args = [200, 2_000, 20_000], sample_count = 10)]
fn for_each(bencher: divan::Bencher, routes: usize) {
    let folder = Folder::new(&format!("for-each-{routes}"));
    let resource = r#"
variable "routes" {
  type = map(object({ prefix = string, hop = optional(string, "Internet") }))
}

resource "azurerm_route" "this" {
  for_each = var.routes

  name                = each.key
  resource_group_name = azurerm_route_table.hub.resource_group_name
  route_table_name    = azurerm_route_table.hub.name
  address_prefix      = var.routes[each.key].prefix
  next_hop_type       = each.value.hop
}
"#;
    let mut values = String::from("routes = {\n  kms = { prefix = \"23.102.135.246/32\" }\n");
    for route in 1..routes {
        let _ = writeln!(values, "  r{route} = {{ prefix = \"10.{}.{}.0/24\" }}", route / 256, route % 256);
    }
    values.push_str("}\n");
    folder.write("main.tf", &format!("{TABLE}{resource}"));
    folder.write("terraform.tfvars", &values);
    bencher.bench(|| check(&folder.0, 1));
}

#[divan::bench(args = [1, 5, 20], sample_count = 10)]
fn nested(bencher: divan::Bencher, depth: usize) {
    let folder = Folder::new(&format!("nested-{depth}"));
    let mut prefixes = String::from("\"23.102.135.246/32\"");
    for route in 1..1_000 {
        let _ = write!(prefixes, ", \"10.{}.{}.0/24\"", route / 256, route % 256);
    }
    let call = |source: &str, value: &str| {
        format!(
            "variable \"prefixes\" {{\n  default = []\n}}\nmodule \"m\" {{\n  source = \"{source}\"\n  prefixes = {value}\n}}\n"
        )
    };
    folder.write("main.tf", &call("./m1", &format!("[{prefixes}]")));
    for level in 1..depth {
        folder.write(&format!("m{level}/main.tf"), &call(&format!("../m{}", level + 1), "var.prefixes"));
    }
    let leaf = r#"
variable "prefixes" { type = list(string) }
resource "azurerm_route" "this" {
  for_each            = toset(var.prefixes)
  name                = "to-${replace(each.value, "/", "-")}"
  resource_group_name = "rg-hub"
  route_table_name    = azurerm_route_table.hub.name
  address_prefix      = each.value
  next_hop_type       = "Internet"
}
"#;
    folder.write(&format!("m{depth}/main.tf"), &format!("{TABLE}{leaf}"));
    bencher.bench(|| check(&folder.0, 1));
}

/// What a template begins with.
const HEAD: &str = "\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\", \
                    \"contentVersion\": \"1.0.0.0\", \"parameters\": { \"env\": { \"type\": \"string\", \"defaultValue\": \"x\" } }";

/// An ARM template of 8 MB with 50 deployments and 5,000 resources.
#[divan::bench(sample_count = 5)]
fn template(bencher: divan::Bencher) {
    let folder = Folder::new("template");
    let routes: String = (0..8)
        .map(|at| format!("{{ \"name\": \"r{at}\", \"properties\": {{ \"addressPrefix\": \"10.{at}.0.0/16\", \"nextHopType\": \"Internet\" }} }},\n"))
        .collect();
    let table = |at: usize| {
        format!(
            "{{ \"type\": \"Microsoft.Network/routeTables\", \"name\": \"[format('rt-{{0}}-{at}', parameters('env'))]\",\n\
             \"properties\": {{ \"routes\": [ {} ] }} }}",
            routes.trim_end_matches(",\n")
        )
    };
    let deployment = |at: usize| {
        let tables: Vec<String> = (0..100).map(|n| table(at * 100 + n)).collect();
        format!(
            "{{ \"type\": \"Microsoft.Resources/deployments\", \"name\": \"d{at}\", \"properties\": {{\n\
             \"expressionEvaluationOptions\": {{ \"scope\": \"inner\" }}, \"template\": {{ {HEAD}, \"resources\": [ {} ] }} }} }}",
            tables.join(",\n")
        )
    };
    let all: Vec<String> = (0..50).map(deployment).collect();
    folder.write("main.json", &format!("{{ {HEAD}, \"resources\": [ {} ] }} // 23.102.135.246", all.join(",\n")));
    bencher.bench_local(|| check(&folder.0, 0));
}

/// 100 roots with two findings each: a route with a copy behind it, and a list that a variable file holds.
#[divan::bench(args = [false, true], sample_count = 20)]
fn repairs(bencher: divan::Bencher, repair: bool) {
    let folder = Folder::new("repairs");
    for root in 0..100 {
        let main = format!(
            "{TABLE}\nvariable \"allowed\" {{\n  type = list(string)\n}}\n\nresource \"azurerm_ip_group\" \"allowed\" {{\n  name = \
             \"ipg-{root}\"\n  resource_group_name = \"rg\"\n  location = \"westeurope\"\n  cidrs = var.allowed\n}}\n"
        );
        let mut routes = String::new();
        for route in 0..40 {
            let prefix = if route == 20 { "23.102.135.246/32".to_owned() } else { format!("10.{route}.0.0/16") };
            let _ = write!(
                routes,
                "resource \"azurerm_route\" \"r{route}\" {{\n  name = \"r{route}\"\n  resource_group_name = \"rg-hub\"\n  \
                 route_table_name = azurerm_route_table.hub.name\n  address_prefix = \"{prefix}\"\n  next_hop_type = \"Internet\"\n}}\n"
            );
        }
        folder.write(&format!("r{root}/main.tf"), &main);
        folder.write(&format!("r{root}/routes.tf"), &routes);
        folder.write(&format!("r{root}/terraform.tfvars"), "allowed = [\"10.0.0.0/8\", \"23.102.135.246\"]\n");
    }
    bencher.bench(|| {
        let options = Options { repair, ..Options::default() };
        let report = Workspace::open(&folder.0, &[], options).check().report;
        assert_eq!(report.findings.len(), 200);
        assert_eq!(report.findings.iter().filter(|finding| finding.fix.is_some()).count(), 200 * usize::from(repair));
    });
}
