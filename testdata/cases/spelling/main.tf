# Letters and white space do not matter to Azure.
resource "azurerm_route_table" "this" {
  name                = "rt-spelling"
  location            = "eastus"
  resource_group_name = "rg-spelling"

  route {
    name           = "DEFAULT"
    address_prefix = "0.0.0.0/0"
    next_hop_type  = "virtualnetworkgateway"
  }

  route {
    name           = "KMS"
    address_prefix = trimspace(" 23.102.135.246/32 ") # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy=23.102.135.246/32
    next_hop_type  = "INTERNET"
  }
}
