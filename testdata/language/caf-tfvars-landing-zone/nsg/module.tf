variable "key" {}
variable "settings" {}
variable "global" {}

resource "azurerm_network_security_group" "nsg_obj" {
  name                = "nsg-${try(var.settings.name, var.key)}"
  location            = var.global.regions[var.global.default_region]
  resource_group_name = "rg-net"

  dynamic "security_rule" {
    for_each = [
      for value in try(var.settings.nsg, []) : value
    ]
    content {
      name                         = lookup(security_rule.value, "name", null)
      priority                     = lookup(security_rule.value, "priority", null)
      direction                    = lookup(security_rule.value, "direction", null)
      access                       = lookup(security_rule.value, "access", null)
      protocol                     = title(lookup(security_rule.value, "protocol", null))
      source_port_range            = lookup(security_rule.value, "source_port_range", null)
      source_port_ranges           = lookup(security_rule.value, "source_port_ranges", null)
      destination_port_range       = lookup(security_rule.value, "destination_port_range", null)
      destination_port_ranges      = lookup(security_rule.value, "destination_port_ranges", null)
      source_address_prefix        = lookup(security_rule.value, "source_address_prefix", null)
      destination_address_prefix   = lookup(security_rule.value, "destination_address_prefix", null)
      destination_address_prefixes = lookup(security_rule.value, "destination_address_prefixes", null)
    }
  }
}
