# A policy with rules for one region's server.
resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub"
  resource_group_name = "rg-hub"
  location            = "australiaeast"
}

resource "azurerm_firewall_policy_rule_collection_group" "linux" {
  name               = "rcg-linux"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-linux"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "rhui"
      source_addresses      = ["10.8.0.0/16"]
      destination_addresses = ["52.237.203.198"]
      destination_ports     = ["443"]
      protocols             = ["TCP"]
    }

    rule {
      name                  = "rhui-4"
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["52.136.197.163", "20.225.226.182", "52.142.4.99", "20.248.180.252", "20.24.186.80"]
      destination_ports     = ["443"]
      protocols             = ["TCP"]
    }
  }
}
