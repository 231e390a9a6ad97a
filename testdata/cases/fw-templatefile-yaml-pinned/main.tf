# Rules from a YAML template that takes the sources from the code.
locals {
  rules = yamldecode(templatefile("${path.module}/rules.yaml.tftpl", {
    sources = jsonencode(["10.20.0.0/16", "10.21.0.0/16"])
  }))
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "hub" {
  name               = "rcg-hub"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-hub"
    priority = 310
    action   = "Allow"

    dynamic "rule" {
      for_each = local.rules
      content {
        name              = rule.value.name
        protocols         = ["TCP"]
        source_addresses  = rule.value.sources
        destination_fqdns = rule.value.fqdns
        destination_ports = rule.value.ports
      }
    }
  }
}
