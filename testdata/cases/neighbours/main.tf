# Addresses that look alike, and a name that says KMS but routes something else.
resource "azurerm_route_table" "app" {
  name                = "rt-kms-23-102-135-246"
  location            = "uksouth"
  resource_group_name = "rg-app"

  route {
    name           = "default"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "VirtualNetworkGateway"
  }

  route {
    name           = "kms-23.102.135.246"
    address_prefix = "23.102.135.245/32"
    next_hop_type  = "Internet"
  }

  route {
    name           = "vault"
    address_prefix = "123.102.135.246/32"
    next_hop_type  = "Internet"
  }

  route {
    name           = "range"
    address_prefix = "23.102.135.240/30"
    next_hop_type  = "Internet"
  }
}
