# Two rule collection groups of one policy in two files complete each other.
variable "location" {
  type    = string
  default = "switzerlandnorth"
}

resource "azurerm_firewall_policy" "hub" {
  name                = "afwp-hub-${var.location}"
  resource_group_name = "rg-hub"
  location            = var.location
}
