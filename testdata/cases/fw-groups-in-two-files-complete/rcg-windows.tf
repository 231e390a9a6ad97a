resource "azurerm_firewall_policy_rule_collection_group" "windows" {
  name               = "rcg-windows"
  firewall_policy_id = azurerm_firewall_policy.hub.id
  priority           = 300

  network_rule_collection {
    name     = "nrc-windows"
    priority = 310
    action   = "Allow"

    rule {
      name                  = "azkms"
      protocols             = ["TCP"]
      source_addresses      = ["10.0.0.0/8"]
      destination_addresses = ["20.118.99.224/32", "40.83.235.53/32"]
      destination_ports     = ["1600-1700"]
    }
  }
}
