//! What is written, shape by shape: the lines that are new.

use crate::{folder, repair};

/// A title, files by name, and the lines that are new in all of them.
type Shape = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

#[test]
fn each_shape_has_its_siblings() {
    for (title, files, expected) in SHAPES {
        let folder = folder(files);
        let mut new = Vec::new();
        for change in repair(folder.path(), true).changes {
            let before: Vec<&str> = change.before.text.lines().collect();
            new.extend(change.after.lines().filter(|line| !before.contains(line)).map(str::to_owned));
        }
        assert_eq!(new, *expected, "{title}");
    }
}

const ROUTES: &str = r#"resource "azurerm_route_table" "t" {
  name                = "t"
  resource_group_name = "rg"
  location            = "x"
  dynamic "route" {
    for_each = yamldecode(file("r.yaml")).routes
    content {
      name           = route.value.name
      address_prefix = route.value.prefix
      next_hop_type  = route.value.hop
    }
  }
}
"#;

const SHAPES: &[Shape] = &[
    (
        "YAML: an anchor is a name that a file has once",
        &[
            (
                "r.yaml",
                "routes:\n  - {name: d, prefix: 0.0.0.0/0, hop: None}\n  - &kms\n    name: kms\n    prefix: 23.102.135.246/32\n    hop: Internet\nother: *kms\n",
            ),
            ("main.tf", ROUTES),
        ],
        &[
            "  - ",
            "    name: kms-azkms-1",
            "    prefix: 20.118.99.224/32",
            "  - ",
            "    name: kms-azkms-2",
            "    prefix: 40.83.235.53/32",
        ],
    ),
    (
        "YAML: a list that is not indented, of objects in braces",
        &[
            (
                "r.yaml",
                "routes:\n- {name: d, prefix: 0.0.0.0/0, hop: None}\n- {name: kms, prefix: 23.102.135.246/32, hop: Internet}\n",
            ),
            ("main.tf", ROUTES),
        ],
        &[
            "- {name: kms-azkms-1, prefix: 20.118.99.224/32, hop: Internet}",
            "- {name: kms-azkms-2, prefix: 40.83.235.53/32, hop: Internet}",
        ],
    ),
    (
        "YAML: comments stay where they are",
        &[
            (
                "r.yaml",
                "routes:\n  - name: \"kms\"   # n\n    prefix: 23.102.135.246/32\n    hop: Internet\n    # tail\n  # next\n  - {name: d, prefix: 0.0.0.0/0, hop: None}\n",
            ),
            ("main.tf", ROUTES),
        ],
        &[
            "  - name: \"kms-azkms-1\"",
            "    prefix: 20.118.99.224/32",
            "  - name: \"kms-azkms-2\"",
            "    prefix: 40.83.235.53/32",
        ],
    ),
    (
        "labels without quotes",
        &[(
            "main.tf",
            "resource azurerm_ip_group g {\n  name = \"allowed\"\n  resource_group_name = \"rg\"\n  location = \"x\"\n}\nresource azurerm_ip_group_cidr kms {\n  ip_group_id = azurerm_ip_group.g.id\n  cidr        = \"23.102.135.246\"\n}\n",
        )],
        &[
            "",
            "resource azurerm_ip_group_cidr kms_azkms_1 {",
            "  cidr        = \"20.118.99.224\"",
            "",
            "resource azurerm_ip_group_cidr kms_azkms_2 {",
            "  cidr        = \"40.83.235.53\"",
        ],
    ),
    (
        "comments that line up",
        &[(
            "main.tf",
            "resource \"azurerm_ip_group\" \"g\" {\n  name                = \"allowed\"\n  location            = \"x\"\n  resource_group_name = \"rg\"\n  cidrs               = [\"23.102.135.246\"] # c\n  tags                = { a = \"b\" }        # d\n}\n",
        )],
        &[
            "  cidrs               = [\"23.102.135.246\", \"20.118.99.224\", \"40.83.235.53\"] # c",
            "  tags                = { a = \"b\" }                                         # d",
        ],
    ),
    (
        "JSON in a heredoc",
        &[(
            "main.tf",
            r#"resource "azapi_resource" "rt" {
  type      = "Microsoft.Network/routeTables@2023-04-01"
  name      = "rt"
  parent_id = "/subscriptions/s/resourceGroups/rg"
  body = <<JSON
{
  "properties": {
    "routes": [
      { "name": "all", "properties": { "addressPrefix": "0.0.0.0/0", "nextHopType": "None" } },
      { "name": "kms", "properties": { "addressPrefix": "23.102.135.246/32", "nextHopType": "Internet" } }
    ]
  }
}
JSON
}
"#,
        )],
        &[
            r#"      { "name": "kms", "properties": { "addressPrefix": "23.102.135.246/32", "nextHopType": "Internet" } },"#,
            r#"      { "name": "kms-azkms-1", "properties": { "addressPrefix": "20.118.99.224/32", "nextHopType": "Internet" } },"#,
            r#"      { "name": "kms-azkms-2", "properties": { "addressPrefix": "40.83.235.53/32", "nextHopType": "Internet" } }"#,
        ],
    ),
    (
        "an override file",
        &[
            (
                "main.tf",
                r#"resource "azurerm_ip_group" "g" {
  name                = "allowed"
  location            = "x"
  resource_group_name = "rg"
  cidrs               = ["10.0.0.0/8"]
}
"#,
            ),
            (
                "override.tf",
                r#"resource "azurerm_ip_group" "g" {
  cidrs = ["23.102.135.246"]
}
"#,
            ),
        ],
        &[r#"  cidrs = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]"#],
    ),
    (
        "a resource for each prefix",
        &[(
            "main.tf",
            r#"resource "azurerm_ip_group" "g" {
  name                = "allowed"
  location            = "x"
  resource_group_name = "rg"
  lifecycle {
    ignore_changes = [cidrs]
  }
}

resource "azurerm_ip_group_cidr" "kms" {
  ip_group_id = azurerm_ip_group.g.id
  cidr        = "23.102.135.246/32"
}
"#,
        )],
        &[
            r#"resource "azurerm_ip_group_cidr" "kms_azkms_1" {"#,
            r#"  cidr        = "20.118.99.224/32""#,
            r#"resource "azurerm_ip_group_cidr" "kms_azkms_2" {"#,
            r#"  cidr        = "40.83.235.53/32""#,
        ],
    ),
    (
        "Terraform's JSON syntax",
        &[
            (
                "main.tf.json",
                r#"{
  "resource": {
    "azurerm_route_table": {
      "t": {
        "name": "t", "resource_group_name": "rg", "location": "x",
        "route": [
          { "name": "all", "address_prefix": "0.0.0.0/0", "next_hop_type": "None" },
          { "name": "kms", "address_prefix": "23.102.135.246/32", "next_hop_type": "Internet" }
        ]
      }
    },
    "azurerm_route": {
      "r": {
        "name": "k", "resource_group_name": "rg", "route_table_name": "${azurerm_route_table.u.name}", "address_prefix": "23.102.135.246/32", "next_hop_type": "Internet"
      }
    }
  }
}
"#,
            ),
            (
                "u.tf",
                r#"resource "azurerm_route_table" "u" {
  name                = "u"
  resource_group_name = "rg"
  location            = "x"
  route = [{
    name                   = "all"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "None"
    next_hop_in_ip_address = null
  }]
}
"#,
            ),
        ],
        &[
            r#"          { "name": "kms", "address_prefix": "23.102.135.246/32", "next_hop_type": "Internet" },"#,
            r#"          { "name": "kms-azkms-1", "address_prefix": "20.118.99.224/32", "next_hop_type": "Internet" },"#,
            r#"          { "name": "kms-azkms-2", "address_prefix": "40.83.235.53/32", "next_hop_type": "Internet" }"#,
            r"      },",
            r#"      "r_azkms_1": {"#,
            r#"        "name": "k-azkms-1", "resource_group_name": "rg", "route_table_name": "${azurerm_route_table.u.name}", "address_prefix": "20.118.99.224/32", "next_hop_type": "Internet""#,
            r"      },",
            r#"      "r_azkms_2": {"#,
            r#"        "name": "k-azkms-2", "resource_group_name": "rg", "route_table_name": "${azurerm_route_table.u.name}", "address_prefix": "40.83.235.53/32", "next_hop_type": "Internet""#,
        ],
    ),
    (
        "a host that a function puts together",
        &[(
            "main.tf",
            r#"variable "suffix" {
  default = "core.windows.net"
}

resource "azurerm_firewall_policy" "p" {
  name                = "p"
  resource_group_name = "rg"
  location            = "x"
  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "g" {
  name               = "g"
  firewall_policy_id = azurerm_firewall_policy.p.id
  priority           = 100
  network_rule_collection {
    name     = "c"
    priority = 100
    action   = "Allow"
    rule {
      name              = "kms"
      protocols         = ["TCP"]
      source_addresses  = ["*"]
      destination_ports = ["1688"]
      destination_fqdns = [format("kms.%s", var.suffix), "time.windows.com"]
    }
  }
}
"#,
        )],
        &[
            r#"      destination_fqdns = [format("kms.%s", var.suffix), format("azkms.%s", var.suffix), "time.windows.com"]"#,
        ],
    ),
    (
        "a list of hosts without a proxy",
        &[
            (
                "m/main.tf",
                r#"variable "allowed_fqdns" {
  type = list(string)
}
"#,
            ),
            (
                "main.tf",
                r#"resource "azurerm_kubernetes_cluster" "c" {
  name                = "c"
  location            = "x"
  resource_group_name = "rg"
  http_proxy_config {
    no_proxy = ["localhost", "kms.core.windows.net"]
  }
}
module "hub" {
  source        = "./m"
  allowed_fqdns = ["kms.core.windows.net"]
}
"#,
            ),
        ],
        &[r#"    no_proxy = ["localhost", "kms.core.windows.net", "azkms.core.windows.net"]"#],
    ),
    (
        "a host that an expression puts together",
        &[(
            "t.json",
            r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
      "apiVersion": "2023-04-01",
      "name": "p/g",
      "properties": {
        "priority": 100,
        "ruleCollections": [
          { "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "c", "priority": 100, "action": { "type": "Allow" },
            "rules": [
              { "ruleType": "NetworkRule", "name": "kms", "ipProtocols": ["TCP"], "sourceAddresses": ["*"], "destinationPorts": ["1688"], "destinationFqdns": ["[concat('kms.', 'core.windows.net')]"] }
            ] }
        ]
      }
    }
  ]
}
"#,
        )],
        &[
            r#"              { "ruleType": "NetworkRule", "name": "kms", "ipProtocols": ["TCP"], "sourceAddresses": ["*"], "destinationPorts": ["1688"], "destinationFqdns": ["[concat('kms.', 'core.windows.net')]", "[concat('azkms.', 'core.windows.net')]"] }"#,
        ],
    ),
    (
        "an argument for one address",
        &[(
            "main.tf",
            r#"resource "azurerm_network_security_rule" "kms" {
  name                        = "AllowKMS"
  priority                    = 200
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "1688"
  source_address_prefix       = "*"
  destination_address_prefix  = "23.102.135.246"
  resource_group_name         = "rg"
  network_security_group_name = azurerm_network_security_group.g.name
}
resource "azurerm_network_security_group" "g" {
  name                = "g"
  resource_group_name = "rg"
  location            = "x"
  security_rule {
    name                       = "deny"
    priority                   = 4096
    direction                  = "Outbound"
    access                     = "Deny"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }
}
"#,
        )],
        &[
            r#"  name                         = "AllowKMS""#,
            r"  priority                     = 200",
            r#"  direction                    = "Outbound""#,
            r#"  access                       = "Allow""#,
            r#"  protocol                     = "Tcp""#,
            r#"  source_port_range            = "*""#,
            r#"  destination_port_range       = "1688""#,
            r#"  source_address_prefix        = "*""#,
            r#"  destination_address_prefixes = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]"#,
            r#"  resource_group_name          = "rg""#,
            r"  network_security_group_name  = azurerm_network_security_group.g.name",
        ],
    ),
    (
        "a map of objects on one line",
        &[
            (
                "main.tf",
                r#"variable "routes" {
  type = map(object({ prefix = string, hop = string }))
}
resource "azurerm_route_table" "t" {
  name                = "t"
  resource_group_name = "rg"
  location            = "x"
  dynamic "route" {
    for_each = var.routes
    content {
      name           = route.key
      address_prefix = route.value.prefix
      next_hop_type  = route.value.hop
    }
  }
}
"#,
            ),
            (
                "terraform.tfvars.json",
                r#"{"routes":{"kms":{"prefix":"23.102.135.246/32","hop":"Internet"},"all":{"prefix":"0.0.0.0/0","hop":"None"}}}
"#,
            ),
        ],
        &[
            r#"{"routes":{"kms":{"prefix":"23.102.135.246/32","hop":"Internet"}, "kms-azkms-1":{"prefix":"20.118.99.224/32","hop":"Internet"}, "kms-azkms-2":{"prefix":"40.83.235.53/32","hop":"Internet"},"all":{"prefix":"0.0.0.0/0","hop":"None"}}}"#,
        ],
    ),
];
