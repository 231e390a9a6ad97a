# The addresses stand in a heredoc, one a line; the endpoint's own text is marked.
locals {
  direct = compact(split("\n", trimspace(<<-EOT
    20.118.99.224/32
    23.102.135.246/32
    104.40.0.0/13
  EOT
  )))
}

resource "azurerm_route_table" "this" {
  name                = "rt-heredoc"
  location            = "eastus"
  resource_group_name = "rg-heredoc"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  dynamic "route" {
    for_each = local.direct
    content {
      name           = "direct-${route.key}"
      address_prefix = trimspace(route.value)
      next_hop_type  = "Internet"
    }
  }
}
