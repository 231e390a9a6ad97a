# A map of rule lists from a variable file, flattened into standalone rules; empty text stands for "not set".
variable "nsg" {
  type = map(list(object({
    name                         = string
    priority                     = number
    access                       = optional(string, "Allow")
    destination_port_range       = string
    destination_address_prefix   = string
    destination_address_prefixes = optional(string, "")
  })))
}

locals {
  rules = merge([
    for group, list in var.nsg : {
      for r in list : "${group}-${r.name}" => merge(r, { group = group })
    }
  ]...)
}

resource "azurerm_network_security_group" "this" {
  for_each = var.nsg

  name                = "nsg-${each.key}"
  location            = "germanywestcentral"
  resource_group_name = "rg-estate"
}

resource "azurerm_network_security_rule" "this" {
  for_each = local.rules

  name                         = each.value.name
  resource_group_name          = "rg-estate"
  network_security_group_name  = azurerm_network_security_group.this[each.value.group].name
  priority                     = each.value.priority
  direction                    = "Outbound"
  access                       = each.value.access
  protocol                     = "Tcp"
  source_port_range            = "*"
  source_address_prefix        = "*"
  destination_port_range       = each.value.destination_port_range
  destination_address_prefix   = each.value.destination_address_prefix != "" ? each.value.destination_address_prefix : null
  destination_address_prefixes = each.value.destination_address_prefixes != "" ? split(",", each.value.destination_address_prefixes) : null
}
