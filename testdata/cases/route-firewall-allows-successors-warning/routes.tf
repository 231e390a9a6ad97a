resource "azurerm_route_table" "spoke" {
  name                = "rt-spoke"
  resource_group_name = "rg-spoke"
  location            = "westeurope"

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = azurerm_firewall.hub.ip_configuration[0].private_ip_address
  }

  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32" # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
    next_hop_type  = "Internet"
  }
}
