# A policy with DNS proxy; its rule collection group, in a file of its own, allows both hosts by name.
resource "azurerm_resource_group" "hub" {
  name     = "rg-hub-cac"
  location = "canadacentral"
}

resource "azurerm_firewall_policy" "hub" {
  name                     = "afwp-hub-cac"
  resource_group_name      = azurerm_resource_group.hub.name
  location                 = azurerm_resource_group.hub.location
  threat_intelligence_mode = "Deny"

  dns {
    proxy_enabled = true
    servers       = ["168.63.129.16"]
  }
}
