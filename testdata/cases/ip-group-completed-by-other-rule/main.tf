# An IP group with the legacy address alone; the rule beside the one that uses it allows the successors.
resource "azurerm_ip_group" "kms" {
  name                = "ipg-kms"
  resource_group_name = "rg-hub"
  location            = "westeurope"
  cidrs               = ["23.102.135.246"]
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"
}

resource "azurerm_firewall_policy_rule_collection_group" "hub" {
  name               = "rcg-hub"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-hub"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_ip_groups = [azurerm_ip_group.kms.id]
      destination_ports     = ["1688"]
    }

    rule {
      name                  = "azkms"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["20.118.99.224", "40.83.235.53"]
      destination_ports     = ["1688"]
    }
  }
}
