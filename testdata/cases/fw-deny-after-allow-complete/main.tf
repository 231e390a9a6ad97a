# A deny for everything with a later priority, and an earlier one for UDP alone: neither touches the activation rule.
resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-eas"
  resource_group_name = "rg-hub-eas"
  location            = "eastasia"
}

resource "azurerm_firewall_policy_rule_collection_group" "base" {
  name               = "rcg-base"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 100

  network_rule_collection {
    name     = "nrc-deny-all"
    priority = 60000
    action   = "Deny"

    rule {
      name                  = "everything"
      protocols             = ["Any"]
      source_addresses      = ["*"]
      destination_addresses = ["*"]
      destination_ports     = ["*"]
    }
  }

  network_rule_collection {
    name     = "nrc-deny-udp"
    priority = 150
    action   = "Deny"

    rule {
      name                  = "udp"
      protocols             = ["UDP"]
      source_addresses      = ["*"]
      destination_addresses = ["20.0.0.0/8", "40.0.0.0/8"]
      destination_ports     = ["*"]
    }
  }

  network_rule_collection {
    name     = "nrc-allow-windows"
    priority = 200
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["*"]
      destination_addresses = ["23.102.135.246", "20.118.99.224", "40.83.235.53"]
      destination_ports     = ["1688"]
    }
  }
}
