# Loosely typed objects, read with lookup, try and coalesce.
variable "routes" {
  type = any
  default = [
    { name = "default", cidr = "0.0.0.0/0", type = "VirtualAppliance", ip = "10.0.0.4" },
    { name = "kms", prefix = "23.102.135.246/32" }, # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
    { name = "azkms", prefix = "20.118.99.224/32", type = "VirtualNetworkGateway" },
  ]
}

resource "azurerm_route_table" "this" {
  name                = "rt-any"
  location            = "eastus"
  resource_group_name = "rg-any"

  dynamic "route" {
    for_each = { for r in var.routes : r.name => r }
    content {
      name                   = route.key
      address_prefix         = try(route.value.prefix, route.value.cidr)
      next_hop_type          = coalesce(lookup(route.value, "type", null), "Internet")
      next_hop_in_ip_address = lookup(route.value, "ip", null)
    }
  }
}
