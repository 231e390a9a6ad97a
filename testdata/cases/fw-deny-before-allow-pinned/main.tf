# A deny collection that runs first takes one successor out of a rule that allows all three addresses.
resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-sea"
  resource_group_name = "rg-hub-sea"
  location            = "southeastasia"
}

resource "azurerm_firewall_policy_rule_collection_group" "base" {
  name               = "rcg-base"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 100

  network_rule_collection {
    name     = "nrc-allow-windows"
    priority = 200
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["*"]
      destination_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"] # expect: error azure-kms/firewall missing=40.83.235.53 legacy="23.102.135.246"
      destination_ports     = ["1688"]
    }
  }

  network_rule_collection {
    name     = "nrc-deny-unwanted"
    priority = 150
    action   = "Deny"

    rule {
      name                  = "blocked-ranges"
      protocols             = ["Any"]
      source_addresses      = ["*"]
      destination_addresses = ["40.83.224.0/20", "185.220.101.0/24"]
      destination_ports     = ["*"]
    }
  }
}
