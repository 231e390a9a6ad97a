variable "name" {}

variable "subnets" {
  type = list(string)
}

variable "routes" {
  type = list(object({
    name   = string
    prefix = string
    hop    = optional(string, "Internet")
  }))
}

variable "tables" {
  type = number
}

resource "azurerm_route_table" "this" {
  count = var.tables

  name                = "rt-${var.name}-${element(["x", "y"], count.index)}"
  location            = "westus3"
  resource_group_name = "rg-${upper(var.name)}"

  route = [for r in concat(var.routes, [{ name = "sub", prefix = var.subnets[count.index], hop = "VnetLocal" }]) : {
    name                   = r.name
    address_prefix         = r.prefix
    next_hop_type          = r.hop
    next_hop_in_ip_address = null
  }]
}

output "tables" {
  value = azurerm_route_table.this.*.name
}
