# A vendor's module style: the table is joined by a computed name, and the bypass for activation stands as a lone route.
variable "site_name" {
  type    = string
  default = "Osaka-DC 1"
}

locals {
  table = replace(replace("${var.site_name}-viaVendor", "-", "_"), " ", "_")
}

resource "azurerm_route_table" "lan" {
  name                = replace(replace("${var.site_name}-viaVendor", "-", "_"), " ", "_")
  resource_group_name = "rg-sdwan"
  location            = "japanwest"
}

resource "azurerm_route" "lan_default" {
  name                   = "default"
  resource_group_name    = "rg-sdwan"
  route_table_name       = azurerm_route_table.lan.name
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = "10.3.0.5"
}

resource "azurerm_route" "public_rt" {
  name                = "Microsoft-KMS"
  resource_group_name = "rg-sdwan"
  route_table_name    = local.table
  address_prefix      = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
  next_hop_type       = "Internet"

  depends_on = [azurerm_route_table.lan]
}
