# Classic network rule collections from a map in locals; the one for activation has the legacy address alone.
locals {
  collections = {
    identity = {
      priority = 1100
      rules = {
        ldap = { to = ["10.2.0.4", "10.2.0.5"], ports = ["389", "636"] }
        dns  = { to = ["10.2.0.4"], ports = ["53"] }
      }
    }
    windows = {
      priority = 1200
      rules = {
        kms  = { to = ["23.102.135.246"], ports = ["1688"] } # expect: error azure-kms/firewall missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
        wsus = { to = ["10.2.4.10"], ports = ["8530", "8531"] }
      }
    }
  }
}

resource "azurerm_firewall" "hub" {
  name                = "afw-hub-nor"
  location            = "norwayeast"
  resource_group_name = "rg-hub-nor"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
}

resource "azurerm_firewall_network_rule_collection" "this" {
  for_each = local.collections

  name                = "nrc-${each.key}"
  azure_firewall_name = azurerm_firewall.hub.name
  resource_group_name = azurerm_firewall.hub.resource_group_name
  priority            = each.value.priority
  action              = "Allow"

  dynamic "rule" {
    for_each = each.value.rules
    content {
      name                  = rule.key
      source_addresses      = ["10.2.0.0/16"]
      destination_addresses = rule.value.to
      destination_ports     = rule.value.ports
      protocols             = ["TCP"]
    }
  }
}
