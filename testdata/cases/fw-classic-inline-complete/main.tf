# A classic firewall: one rule by name for each host, the addresses in a third one.
resource "azurerm_firewall" "dmz" {
  name                = "afw-dmz"
  location            = "germanywestcentral"
  resource_group_name = "rg-dmz"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  dns_proxy_enabled   = true
}

resource "azurerm_firewall_network_rule_collection" "windows" {
  name                = "windows"
  azure_firewall_name = azurerm_firewall.dmz.name
  resource_group_name = "rg-dmz"
  priority            = 400
  action              = "Allow"

  rule {
    name              = "kms-name"
    source_addresses  = ["10.100.0.0/16"]
    destination_fqdns = ["kms.core.windows.net"]
    destination_ports = ["1688"]
    protocols         = ["TCP"]
  }

  rule {
    name              = "azkms-name"
    source_addresses  = ["10.100.0.0/16"]
    destination_fqdns = ["azkms.core.windows.net"]
    destination_ports = ["1688"]
    protocols         = ["TCP"]
  }

  rule {
    name                  = "kms-addresses"
    source_addresses      = ["10.100.0.0/16"]
    destination_addresses = ["20.118.99.224", "40.83.235.53", "23.102.135.246"]
    destination_ports     = ["1688"]
    protocols             = ["TCP"]
  }
}
