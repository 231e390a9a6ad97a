variable "name" { type = string }

variable "hops" {
  type = map(object({
    ip     = optional(string)
    weight = optional(number, 1)
  }))
}

variable "subnets" { type = map(string) }
variable "prefixes" { type = list(string) }
variable "anything" { type = any }

resource "azurerm_route_table" "this" {
  name                = "${var.name}-${length(var.subnets)}"
  location            = "westeurope"
  resource_group_name = "rg"

  dynamic "route" {
    for_each = var.hops
    content {
      name                   = route.key
      address_prefix         = cidrsubnet("10.128.0.0/9", 7, route.value.weight)
      next_hop_type          = route.key == "none" ? "None" : "VirtualAppliance"
      next_hop_in_ip_address = route.value.ip
    }
  }
}

resource "azurerm_route" "p" {
  count               = length(var.prefixes)
  name                = "p${count.index}"
  resource_group_name = "rg"
  route_table_name    = azurerm_route_table.this.name
  address_prefix      = var.prefixes[count.index]
  next_hop_type       = "Internet"
}

output "name" { value = "${azurerm_route_table.this.name}-out" }
output "hops" { value = var.hops }
output "count_subnets" { value = length(var.subnets) }
output "anything" { value = var.anything }
output "prefixes" {
  value      = var.prefixes
  depends_on = [azurerm_route.p]
}
