# Makes a security group of rules whose destinations are joined in one text.
variable "name" {
  type = string
}

variable "rules" {
  type = map(object({
    priority = number
    access   = string
    port     = string
    to       = string
  }))
}

resource "azurerm_network_security_group" "this" {
  name                = var.name
  location            = "westeurope"
  resource_group_name = "rg-batch"

  dynamic "security_rule" {
    for_each = var.rules
    iterator = r
    content {
      name                         = r.key
      priority                     = r.value.priority
      direction                    = "Outbound"
      access                       = r.value.access
      protocol                     = "Tcp"
      source_port_range            = "*"
      source_address_prefix        = "*"
      destination_port_range       = r.value.port
      destination_address_prefixes = split(",", r.value.to)
    }
  }
}
