//! When a repair is made unseen, when it wants a look, and when there is none.

use crate::{findings, folder, repair};
use kmslint::finding::{Finding, Safety};
use kmslint::workspace::{Options, Workspace};

const GATEWAY: &str = "  route {\n    name           = \"default\"\n    address_prefix = \"0.0.0.0/0\"\n    \
                       next_hop_type  = \"VirtualNetworkGateway\"\n  }\n";

/// A table that sends everything to a gateway but what `routes` say.
fn table(name: &str, routes: &str) -> String {
    format!(
        "resource \"azurerm_route_table\" \"{name}\" {{\n  name                = \"rt-{name}\"\n  location            = \
         \"westeurope\"\n  resource_group_name = \"rg\"\n\n{GATEWAY}\n{routes}}}\n"
    )
}

fn each(list: &str, hop: &str) -> String {
    format!(
        "  dynamic \"route\" {{\n    for_each = {list}\n    content {{\n      name           = replace(route.value, \"/\", \"-\")\n      \
         address_prefix = route.value\n      next_hop_type  = \"{hop}\"\n    }}\n  }}\n"
    )
}

const DIRECT: &str = "locals {\n  direct = toset([\"23.102.135.246/32\"])\n}\n";

fn only(files: &[(&str, &str)]) -> Finding {
    let mut found = findings(files);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// The safety of the only finding's repair, and why it wants a look.
fn safety(text: &str) -> (Option<Safety>, String) {
    let finding = only(&[("main.tf", text)]);
    (finding.fix.map(|fix| fix.safety), finding.cautions.join("; "))
}

#[test]
fn what_nobody_else_uses_is_repaired_unseen() {
    assert_eq!(safety(&format!("{DIRECT}{}", table("a", &each("local.direct", "Internet")))).0, Some(Safety::Safe));
}

#[test]
fn a_repair_wants_a_look() {
    let listed = format!("{DIRECT}{}", table("a", &each("local.direct", "Internet")));
    let account = "resource \"azurerm_storage_account\" \"s\" {\n  name = \"s\"\n  network_rules {\n    ip_rules = local.direct\n  }\n}\n";
    let route = |hop: &str, name: &str| {
        format!(
            "  route {{\n    name           = {name}\n    address_prefix = \"23.102.135.246/32\"\n    next_hop_type  = {hop}\n  }}\n"
        )
    };
    let appliance = "\"VirtualAppliance\"\n    next_hop_in_ip_address = \"10.0.0.4\"";
    let loose = |head: &str, name: &str| {
        format!(
            "variable \"x\" {{\n  default = {{ a = \"a\" }}\n}}\n{}resource \"azurerm_route\" \"kms\" {{\n{head}  name                = {name}\n  \
             resource_group_name = \"rg\"\n  route_table_name    = azurerm_route_table.a.name\n  address_prefix      = \
             \"23.102.135.246/32\"\n  next_hop_type       = \"Internet\"\n}}\n",
            table("a", "")
        )
    };
    let chosen = "variable \"gov\" {\n  default = false\n}\n".to_owned()
        + &table("a", &route("\"Internet\"", "\"kms\""))
            .replace("\"23.102.135.246/32\"", "var.gov ? \"10.0.0.0/8\" : \"23.102.135.246/32\"");
    for (text, why) in [
        (
            format!("{listed}output \"direct\" {{\n  value = local.direct\n}}\n"),
            "outputs, conditions or other resources use",
        ),
        (format!("{listed}{account}"), "outputs, conditions or other resources use"),
        (table("a", &route(appliance, "\"kms\"")), "an appliance of its own"),
        (loose("", "upper(\"kms\")"), "the name of the copy is made of an expression"),
        (loose("  for_each = var.x\n", "\"kms-${each.key}\""), "repeated by for_each"),
        (loose("  provisioner \"local-exec\" {\n    command = \"true\"\n  }\n", "\"kms\""), "provisioners"),
        (chosen, "a condition decides"),
        (
            table("a", &route("\"Internet\"", "\"kms\"")).replace("246/32", "0/24"),
            "holds more than the legacy endpoint",
        ),
    ] {
        let (safety, cautions) = safety(&text);
        assert_eq!(safety, Some(Safety::Review), "{cautions}\n{text}");
        assert!(cautions.contains(why), "{cautions}\n{text}");
    }
    // Copied as it is.
    assert_eq!(safety(&loose("  count = 1\n", "\"kms\"")).0, Some(Safety::Safe));
    assert_eq!(safety(&loose("", "\"${var.x.a}-kms\"")).0, Some(Safety::Safe));
}

/// Whatever else a value reaches, however it is put there.
#[test]
fn what_others_use_wants_a_look() {
    let listed = format!("{DIRECT}{}", table("a", &each("local.direct", "Internet")));
    for other in [
        "module \"waf\" {\n  source      = \"git::https://example.com/waf.git\"\n  blocked_ips = local.direct\n}\n",
        "resource \"azurerm_public_ip\" \"p\" {\n  count = length(local.direct)\n  name  = \"p\"\n}\n",
        "resource \"local_file\" \"f\" {\n  for_each = toset(local.direct)\n  filename = \"f\"\n}\n",
        "resource \"azurerm_public_ip\" \"p\" {\n  name = \"p\"\n  lifecycle {\n    precondition {\n      condition     = length(local.direct) == 1\n      error_message = \"one\"\n    }\n  }\n}\n",
        "resource \"azurerm_public_ip\" \"p\" {\n  name = \"p\"\n  provisioner \"local-exec\" {\n    command = \"block ${join(\" \", local.direct)}\"\n  }\n}\n",
        "data \"http\" \"h\" {\n  url = \"https://example.com/?${join(\",\", local.direct)}\"\n}\n",
        "output \"n\" {\n  value = length(local.direct)\n}\n",
        "output \"rest\" {\n  value = setsubtract([\"10.0.0.0/8\"], local.direct)\n}\n",
        "resource \"azurerm_route_table\" \"b\" {\n  name                = \"b\"\n  location            = \"x\"\n  resource_group_name = \"rg\"\n  tags = {\n    direct = join(\",\", local.direct)\n  }\n}\n",
    ] {
        let found = findings(&[("main.tf", &format!("{listed}{other}"))]);
        let tables = found.iter().filter(|finding| finding.check == Some("route-table"));
        for finding in tables {
            let safety = finding.fix.as_ref().map(|fix| fix.safety);
            assert_eq!(safety, Some(Safety::Review), "{other}");
        }
    }
    let variable = "variable \"direct\" {\n  type    = list(string)\n  default = [\"23.102.135.246/32\"]\n  validation {\n    condition     = length(var.direct) <= 1\n    error_message = \"one\"\n  }\n}\n";
    assert_eq!(
        safety(&format!("{variable}{}", table("a", &each("toset(var.direct)", "Internet")))).0,
        Some(Safety::Review)
    );
    // What reads another part of the same object is nobody's concern.
    let parts = "locals {\n  all = {\n    direct = [\"23.102.135.246/32\"]\n    names  = [\"a\", \"b\"]\n  }\n}\noutput \"n\" {\n  value = length(local.all.names)\n}\nresource \"azurerm_public_ip\" \"p\" {\n  for_each = toset(local.all.names)\n  name     = each.key\n}\n";
    assert_eq!(safety(&format!("{parts}{}", table("a", &each("local.all.direct", "Internet")))).0, Some(Safety::Safe));
}

/// What blocks traffic, or says where it comes from, gets nothing new: what uses the value gets a copy, after a look.
#[test]
fn what_blocks_traffic_is_left_alone() {
    let group = |direction: &str, access: &str, from: &str, to: &str| {
        format!(
            "resource \"azurerm_network_security_group\" \"g\" {{\n  name                = \"g\"\n  location            = \"westeurope\"\n  \
             resource_group_name = \"rg\"\n\n  security_rule {{\n    name = \"r\"\n    priority = 100\n    direction = \"{direction}\"\n    \
             access = \"{access}\"\n    protocol = \"Tcp\"\n    source_port_range = \"*\"\n    destination_port_range = \"1688\"\n    \
             source_address_prefix{from}\n    destination_address_prefix{to}\n  }}\n}}\n"
        )
    };
    let (list, any) = ("es = local.direct", " = \"*\"");
    let pinned = table("a", &each("local.direct", "Internet"));
    for other in [
        group("Outbound", "Deny", any, list),
        group("Inbound", "Allow", list, any),
        group("Inbound", "Allow", any, list),
        group("Outbound", "Allow", list, any),
        table("b", &each("local.direct", "None")),
    ] {
        let finding = only(&[("main.tf", &format!("{DIRECT}{pinned}{other}"))]);
        let Some(fix) = &finding.fix else {
            assert!(finding.help.contains("wants a hand"), "{}", finding.help);
            continue;
        };
        assert_eq!(fix.safety, Safety::Review, "{other}");
        let in_locals = fix.edits.iter().any(|edit| (edit.span.start as usize) < DIRECT.len());
        assert!(!in_locals, "{other}\n{:?}", fix.edits);
    }
}

/// Where Azure or Terraform would refuse the result, there is no repair, and the finding says so.
#[test]
fn what_would_be_refused_is_withheld() {
    let routes = |count: usize| -> String {
        let one = |n: usize| format!("{{ name = \"r{n}\", prefix = \"10.{}.{}.0/24\" }},\n", n / 256, n % 256);
        let all: String = (0..count).map(one).collect();
        format!("locals {{\n  all = [\n{all}{{ name = \"kms\", prefix = \"23.102.135.246/32\" }},\n  ]\n}}\n")
    };
    let dynamic = "  dynamic \"route\" {\n    for_each = local.all\n    content {\n      name           = route.value.name\n      \
                   address_prefix = route.value.prefix\n      next_hop_type  = \"Internet\"\n    }\n  }\n";
    // With the default route and the two new ones 400.
    assert!(only(&[("main.tf", &(routes(396) + &table("a", dynamic)))]).fix.is_some());
    let full = only(&[("main.tf", &(routes(397) + &table("a", dynamic)))]);
    assert!(full.fix.is_none() && full.help.contains("wants a hand"), "{}", full.help);
    // All routes are called the same.
    let constant = dynamic.replace("route.value.name", "\"kms\"");
    let one = "locals {\n  all = [{ prefix = \"23.102.135.246/32\" }]\n}\n";
    assert!(only(&[("main.tf", &format!("{one}{}", table("a", &constant)))]).fix.is_none());
}

/// A label that another file of the module has is taken.
#[test]
fn labels_are_free_in_the_whole_module() {
    let route = |label: &str, prefix: &str| {
        format!(
            "resource \"azurerm_route\" \"{label}\" {{\n  name                = \"{label}-x\"\n  resource_group_name = \"rg\"\n  \
             route_table_name    = azurerm_route_table.a.name\n  address_prefix      = \"{prefix}\"\n  next_hop_type       = \"Internet\"\n}}\n"
        )
    };
    let main = table("a", "") + &route("kms", "23.102.135.246/32");
    let finding = only(&[("main.tf", &main), ("other.tf", &route("kms_azkms_1", "10.0.0.0/8"))]);
    let text: String = finding.fix.expect("a repair").edits.iter().map(|edit| edit.text.clone()).collect();
    assert!(!text.contains("\"kms_azkms_1\""), "{text}");
}

/// Nobody edits what a machine writes.
#[test]
fn files_that_others_write_are_left_alone() {
    let code = "locals {\n  direct = toset(yamldecode(file(\"${path.module}/made.yaml\")))\n}\n".to_owned()
        + &table("a", &each("local.direct", "Internet"));
    let made = "- 23.102.135.246/32\n";
    assert!(only(&[("main.tf", &code), ("made.yaml", made)]).fix.is_some());
    let folder = folder(&[("main.tf", &code), ("made.yaml", made), (".gitignore", "made.yaml\n")]);
    let repaired = repair(folder.path(), true);
    assert!(repaired.changes.iter().all(|change| change.before.path.ends_with("main.tf")));
    // Nor if it is named, or if ignored files are looked into.
    let options = || Options { repair: true, jobs: Some(1), ..Options::default() };
    std::fs::write(folder.path().join(".gitignore"), "main.tf\nmade.yaml\n").unwrap();
    let named = Workspace::open(folder.path(), &["main.tf".into()], options()).repaired(true);
    let all = Options { no_ignore: true, ..options() };
    let all = Workspace::open(folder.path(), &[".".into()], all).repaired(true);
    for repaired in [named, all] {
        assert_eq!(repaired.checked.report.findings.len(), 1);
        assert!(repaired.changes.is_empty() && repaired.checked.report.findings[0].help.contains("ignored by git"));
    }
    std::fs::write(folder.path().join(".gitignore"), "made.yaml\n").unwrap();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(code.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    std::fs::write(folder.path().join("main.tf"), utf16).unwrap();
    assert!(repair(folder.path(), true).changes.is_empty());
}
