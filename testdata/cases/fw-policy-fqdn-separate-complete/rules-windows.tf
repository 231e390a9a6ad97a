locals {
  windows_sources = ["10.30.0.0/16", "10.31.0.0/16"]
}

resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-windows"
    priority = 310
    action   = "Allow"

    rule {
      name              = "activation"
      protocols         = ["TCP"]
      source_addresses  = local.windows_sources
      destination_fqdns = ["kms.core.windows.net", "azkms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}
