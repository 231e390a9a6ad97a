terraform {
  required_providers {
    azurerm = {
      source                = "hashicorp/azurerm"
      configuration_aliases = [azurerm.hub]
    }
  }
}

variable "name" {}
variable "routes" { type = map(string) }

resource "azurerm_route_table" "this" {
  name                = "rt-${var.name}"
  location            = "westeurope"
  resource_group_name = "rg-${var.name}"
  dynamic "route" {
    for_each = var.routes
    content {
      name           = route.key
      address_prefix = route.value
      next_hop_type  = "Internet"
    }
  }
}

resource "azurerm_ip_group" "hub" {
  provider            = azurerm.hub
  name                = "ipg-${var.name}"
  location            = "westeurope"
  resource_group_name = "rg-hub"
  cidrs               = values(var.routes)
}
