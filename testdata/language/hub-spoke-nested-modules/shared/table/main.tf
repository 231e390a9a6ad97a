variable "name" {}
variable "location" {}
variable "routes" {
  type = list(object({
    name     = string
    prefixes = optional(list(string), [])
    ip       = optional(string)
  }))
}

resource "azurerm_route_table" "this" {
  name                = var.name
  location            = var.location
  resource_group_name = replace(var.name, "/^rt/", "rg")
}

resource "azurerm_route" "this" {
  for_each = {
    for e in flatten([
      for r in var.routes : [
        for i, p in r.prefixes : merge(r, { prefix = p, key = length(r.prefixes) == 1 ? r.name : "${r.name}-${i + 1}" })
      ]
    ]) : e.key => e
  }
  name                   = each.key
  resource_group_name    = azurerm_route_table.this.resource_group_name
  route_table_name       = azurerm_route_table.this.name
  address_prefix         = each.value.prefix
  next_hop_type          = each.value.ip == null ? "Internet" : "VirtualAppliance"
  next_hop_in_ip_address = each.value.ip
}

output "name" { value = azurerm_route_table.this.name }
output "id" { value = azurerm_route_table.this.id }
