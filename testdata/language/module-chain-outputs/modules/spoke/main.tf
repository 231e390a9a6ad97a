resource "azurerm_route_table" "rt" {
  name                = lower(var.name)
  location            = "westeurope"
  resource_group_name = "rg-spoke"
  tags                = { hub = var.hub.name, peers = join("+", var.peers), open = var.secrets["open"] }

  dynamic "route" {
    for_each = concat(var.hub.routes, [for k, v in var.extra : { name = k, prefix = v, ip = null }])
    content {
      name                   = route.value.name
      address_prefix         = route.value.prefix
      next_hop_type          = route.value.ip == null ? (strcontains(route.value.name, "hub") ? "VnetLocal" : "Internet") : "VirtualAppliance"
      next_hop_in_ip_address = route.value.ip
    }
  }
}

variable "name" { type = string }
variable "hub" {
  type = object({
    name   = string
    routes = list(object({ name = string, prefix = string, ip = string }))
  })
}
variable "extra" {
  type    = map(string)
  default = {}
}
variable "peers" {
  type    = set(string)
  default = []
}
variable "secrets" {
  type    = map(string)
  default = { pin = "0", open = "no" }
}

output "table_name" { value = azurerm_route_table.rt.name }
output "table_id" { value = azurerm_route_table.rt.id }
output "prefixes" { value = azurerm_route_table.rt.route[*].address_prefix }
output "counts" { value = { routes = length(azurerm_route_table.rt.route), peers = length(var.peers) } }
output "missing" { value = lookup(var.extra, "none", null) }
output "pin" {
  value     = var.secrets.pin
  sensitive = true
}
