# An empty list removes all routes; the variable beside it feeds nothing.
variable "kms" {
  type    = list(string)
  default = ["23.102.135.246/32"]
}

resource "azurerm_route_table" "this" {
  name                = "rt-empty"
  location            = "switzerlandnorth"
  resource_group_name = "rg-attribute"
  route               = []
}
