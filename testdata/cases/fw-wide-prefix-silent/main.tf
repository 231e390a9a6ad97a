# Wide prefixes of a region, any port, nothing that says activation: they hold the legacy address by accident.
locals {
  region_prefixes = [
    "13.65.0.0/16",
    "23.102.128.0/18",
    "40.124.0.0/16",
    "104.210.128.0/19",
  ]
}

resource "azurerm_firewall_policy" "scus" {
  name                = "afwp-scus"
  resource_group_name = "rg-scus"
  location            = "southcentralus"
}

resource "azurerm_firewall_policy_rule_collection_group" "scus" {
  name               = "rcg-scus"
  firewall_policy_id = azurerm_firewall_policy.scus.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-region"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "backbone"
      protocols             = ["TCP"]
      source_addresses      = ["10.3.0.0/16"]
      destination_addresses = local.region_prefixes
      destination_ports     = ["*"]
    }
  }
}
