# China: half migrated.
resource "azurerm_route_table" "cn" {
  name                = "rt-cn"
  location            = "chinanorth3"
  resource_group_name = "rg-cn"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.160.0.4"
  }

  route {
    name           = "kms"
    address_prefix = "42.159.7.249/32" # expect: error azure-kms/route-table cloud=AzureChinaCloud missing=163.228.64.161
    next_hop_type  = "Internet"
  }

  route {
    name           = "azkms"
    address_prefix = "159.27.28.100/32"
    next_hop_type  = "Internet"
  }
}
