resource "azurerm_route_table" "this" {
  name                = "rt"
  resource_group_name = "rg"
  location            = "westeurope"

  dynamic "route" {
    for_each = jsondecode(file("${path.module}/allowed.json")).allowed
    content {
      name           = "r${route.key}"
      address_prefix = "${route.value}/32"
      next_hop_type  = "Internet"
    }
  }

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.0.0.4"
  }
}
