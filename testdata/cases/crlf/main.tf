# Lines end as on Windows, in the heredoc as well.
locals {
  note = <<-EOT
    23.102.135.246 was the only address until 2022.
  EOT
}

resource "azurerm_route_table" "this" {
  name                = "rt-crlf"
  location            = "eastus"
  resource_group_name = "rg-crlf"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table legacy="23.102.135.246/32"
    next_hop_type  = "Internet"
  }

  tags = {
    note = local.note
  }
}
