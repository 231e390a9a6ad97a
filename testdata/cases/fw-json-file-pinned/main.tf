# Classic rules from a JSON file below a folder of data.
locals {
  rules = jsondecode(file("${path.root}/data/network-rules.json"))
}

resource "azurerm_firewall" "hub" {
  name                = "afw-hub"
  resource_group_name = "rg-hub"
  location            = "westeurope"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall_network_rule_collection" "data" {
  name                = "nrc-data"
  azure_firewall_name = azurerm_firewall.hub.name
  resource_group_name = azurerm_firewall.hub.resource_group_name
  priority            = 300
  action              = "Allow"

  dynamic "rule" {
    for_each = local.rules
    content {
      name                  = rule.value["name"]
      protocols             = rule.value["protocols"]
      source_addresses      = rule.value["from"]
      destination_addresses = rule.value["to"]
      destination_ports     = rule.value["ports"]
    }
  }
}
