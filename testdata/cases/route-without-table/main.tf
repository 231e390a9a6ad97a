# A lone route to a table that is not in view: what else the table holds is not visible.
variable "site" {
  type    = string
  default = "fra-1"
}

resource "azurerm_route" "kms" {
  name                = "Microsoft-KMS"
  resource_group_name = "rg-${var.site}"
  route_table_name    = replace("${var.site}-via", "-", "_")
  address_prefix      = "23.102.135.246/32" # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53
  next_hop_type       = "Internet"
}
