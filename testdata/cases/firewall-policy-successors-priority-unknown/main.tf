resource "azurerm_resource_group" "hub" {
  name     = "rg"
  location = "westeurope"
}
resource "azurerm_firewall_policy" "p" {
  name                = "p"
  resource_group_name = "rg"
  dns { proxy_enabled = true }
}
resource "azurerm_firewall_policy_rule_collection_group" "g" {
  name               = "g"
  firewall_policy_id = azurerm_firewall_policy.p.id
  priority           = 200
  network_rule_collection {
    name     = "a"
    priority = 100
    action   = "Allow"
    rule {
      name                  = "kms"
      protocols             = ["TCP"]
      source_addresses      = ["*"]
      destination_addresses = ["23.102.135.246"] # expect: note azure-kms/firewall missing=20.118.99.224,40.83.235.53
      destination_ports     = ["1688"]
    }
  }
  network_rule_collection {
    name     = "d"
    priority = 300
    action   = "Deny"
    rule {
      name                  = "deny"
      protocols             = ["Any"]
      source_addresses      = ["*"]
      destination_addresses = ["*"]
      destination_ports     = ["*"]
    }
  }
  network_rule_collection {
    name     = "n"
    priority = length(azurerm_resource_group.hub.id)
    action   = "Allow"
    rule {
      name                  = "new"
      protocols             = ["TCP"]
      source_addresses      = ["*"]
      destination_addresses = ["20.118.99.224", "40.83.235.53"]
      destination_ports     = ["1688"]
    }
  }
}
