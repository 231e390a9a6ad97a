# Settings objects with lists of rules that are flattened into one resource each; attribute-as-block for a group.
provider "azurerm" {
  features {}
}

locals {
  settings = {
    subnets = {
      app = { nsg = "nsg-app", rules = ["kms", "web"] }
      db  = { nsg = "nsg-db", rules = ["kms", "deny"] }
    }
    rules = {
      kms  = { priority = 200, access = "Allow", direction = "Outbound", port = 1688, dest = "23.102.135.246" }
      web  = { priority = 300, access = "Allow", direction = "Inbound", port = "443", dest = "*" }
      deny = { priority = "4096", access = "Deny", direction = "Outbound", port = "*", dest = "Internet" }
    }
  }

  flat = flatten([
    for subnet, s in local.settings.subnets : [
      for position, rule in s.rules : {
        key  = format("%s-%02d-%s", subnet, position + 1, rule)
        nsg  = s.nsg
        name = rule
        rule = local.settings.rules[rule]
      }
    ]
  ])
  by_key = { for item in local.flat : item.key => item }
}

resource "azurerm_network_security_group" "this" {
  for_each = toset(distinct([for s in local.settings.subnets : s.nsg]))

  name                = each.value
  location            = "germanywestcentral"
  resource_group_name = "rg-net"
}

resource "azurerm_network_security_rule" "this" {
  for_each = local.by_key

  name                        = each.value.name
  priority                    = each.value.rule.priority
  direction                   = each.value.rule.direction
  access                      = each.value.rule.access
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = each.value.rule.port
  source_address_prefix       = "VirtualNetwork"
  destination_address_prefix  = each.value.rule.dest
  resource_group_name         = azurerm_network_security_group.this[each.value.nsg].resource_group_name
  network_security_group_name = azurerm_network_security_group.this[each.value.nsg].name
}

resource "azurerm_network_security_group" "inline" {
  name                = "nsg-inline"
  location            = "germanywestcentral"
  resource_group_name = "rg-net"

  security_rule = [
    for name, r in local.settings.rules : {
      name                                       = name
      description                                = ""
      priority                                   = r.priority
      direction                                  = r.direction
      access                                     = r.access
      protocol                                   = "Tcp"
      source_port_range                          = "*"
      source_port_ranges                         = []
      destination_port_range                     = null
      destination_port_ranges                    = [r.port]
      source_address_prefix                      = "*"
      source_address_prefixes                    = null
      destination_address_prefix                 = null
      destination_address_prefixes               = r.dest == "*" ? ["0.0.0.0/1", "128.0.0.0/1"] : [r.dest]
      destination_application_security_group_ids = null
      source_application_security_group_ids      = null
    } if r.direction == "Outbound"
  ]
}
