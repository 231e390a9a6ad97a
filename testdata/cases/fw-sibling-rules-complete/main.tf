# One rule for each host in one collection: complete together, as desktop landing zones have it.
resource "azurerm_firewall_policy" "avd" {
  name                = "afwp-avd-ae"
  resource_group_name = "rg-avd-ae"
  location            = "uaenorth"

  dns {
    proxy_enabled = true
  }
}

resource "azurerm_firewall_policy_rule_collection_group" "avd" {
  name               = "rcg-avd"
  firewall_policy_id = azurerm_firewall_policy.avd.id
  priority           = 1000

  network_rule_collection {
    name     = "NetworkRules"
    priority = 100
    action   = "Allow"

    rule {
      name              = "KMS"
      protocols         = ["TCP"]
      source_addresses  = ["10.100.0.0/24"]
      destination_fqdns = ["kms.core.windows.net"]
      destination_ports = ["1688"]
    }

    rule {
      name              = "AzKMS"
      protocols         = ["TCP"]
      source_addresses  = ["10.100.0.0/24"]
      destination_fqdns = ["azkms.core.windows.net"]
      destination_ports = ["1688"]
    }
  }
}
