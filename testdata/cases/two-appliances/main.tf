# Two appliances, of which the code shows neither's rules.
variable "appliances" {
  type = object({
    internet = string
    legacy   = string
  })
  default = {
    internet = "10.77.0.4"
    legacy   = "10.77.1.4"
  }
}

resource "azurerm_route_table" "ot" {
  name                = "rt-ot"
  location            = "koreacentral"
  resource_group_name = "rg-ot"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = var.appliances.internet
  }

  route {
    name                   = "windows-licensing"
    address_prefix         = "23.102.135.246/32" # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = var.appliances.legacy
  }
}
