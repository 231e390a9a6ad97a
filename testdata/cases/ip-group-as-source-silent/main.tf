# IP groups with the legacy address as a source, and in a rule that denies: no pin.
resource "azurerm_ip_group" "callers" {
  name                = "ipg-callers"
  resource_group_name = "rg-hub"
  location            = "westus"
  cidrs               = ["23.102.135.246", "198.51.100.7"]
}

resource "azurerm_ip_group" "blocked" {
  name                = "ipg-blocked"
  resource_group_name = "rg-hub"
  location            = "westus"
  cidrs               = ["23.102.135.246/32"]
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "westus"
}

resource "azurerm_firewall_policy_rule_collection_group" "hub" {
  name               = "rcg-hub"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-callers"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "callers"
      protocols             = ["TCP"]
      source_ip_groups      = [azurerm_ip_group.callers.id]
      destination_addresses = ["10.4.0.10"]
      destination_ports     = ["443"]
    }
  }

  network_rule_collection {
    name     = "nrc-blocked"
    priority = 300
    action   = "Deny"

    rule {
      name                  = "blocked"
      protocols             = ["Any"]
      source_addresses      = ["*"]
      destination_ip_groups = [azurerm_ip_group.blocked.id]
      destination_ports     = ["*"]
    }
  }
}
