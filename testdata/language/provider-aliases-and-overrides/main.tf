# Aliased providers, override files that replace arguments and blocks, and one file in JSON syntax.
module "spoke_we" {
  source    = "./spoke"
  providers = { azurerm = azurerm, azurerm.hub = azurerm.connectivity }
  name      = "weu"
  routes    = var.routes
}

module "spoke_ne" {
  source = "./spoke"
  providers = {
    azurerm     = azurerm
    azurerm.hub = azurerm.connectivity
  }
  name   = "neu"
  routes = {}
}

resource "azurerm_route_table" "base" {
  provider            = azurerm.connectivity
  name                = "rt-base"
  location            = var.location
  resource_group_name = "rg-base"
  tags                = { source = "main", file = basename(abspath("${path.module}/main.tf")) }

  route {
    name           = "from-main"
    address_prefix = "10.0.0.0/8"
    next_hop_type  = "VnetLocal"
  }
  route {
    name           = "also-from-main"
    address_prefix = "172.16.0.0/12"
    next_hop_type  = "None"
  }
}

resource "azurerm_route" "kept" {
  name                = "kept"
  resource_group_name = "rg-base"
  route_table_name    = azurerm_route_table.base.name
  address_prefix      = local.kms
  next_hop_type       = local.hop
}

locals {
  kms = "40.83.235.53/32"
  hop = "Internet"
}

variable "location" {
  type    = string
  default = "westus"
}

variable "routes" {
  type    = map(string)
  default = { a = "10.0.0.0/8" }
}
