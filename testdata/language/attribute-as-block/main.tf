# Routes and security rules assigned as lists of objects rather than blocks, built with concat and for.
locals {
  baseline = [
    {
      name                                       = "allow-kms"
      description                                = "activation"
      priority                                   = 100
      direction                                  = "Outbound"
      access                                     = "Allow"
      protocol                                   = "Tcp"
      source_port_range                          = "*"
      source_port_ranges                         = null
      destination_port_range                     = 1688
      destination_port_ranges                    = []
      source_address_prefix                      = "*"
      source_address_prefixes                    = []
      destination_address_prefix                 = ""
      destination_address_prefixes               = ["23.102.135.246/32", "20.118.99.224/32"]
      source_application_security_group_ids      = []
      destination_application_security_group_ids = null
    }
  ]

  empty_rule = {
    description                                = ""
    direction                                  = "Outbound"
    source_port_range                          = "*"
    source_port_ranges                         = []
    destination_port_range                     = ""
    destination_port_ranges                    = []
    source_address_prefix                      = "*"
    source_address_prefixes                    = []
    destination_address_prefix                 = ""
    destination_address_prefixes               = []
    source_application_security_group_ids      = []
    destination_application_security_group_ids = []
  }

  denied = { internet = "Internet", storage = "Storage.WestEurope" }
}

resource "azurerm_network_security_group" "app" {
  name                = "nsg-app"
  location            = "westeurope"
  resource_group_name = "rg-app"

  security_rule = concat(local.baseline, [
    for k, tag in local.denied : merge(local.empty_rule, {
      name                       = "deny-${k}"
      priority                   = 4000 + index(keys(local.denied), k)
      access                     = "Deny"
      protocol                   = "*"
      destination_port_range     = "*"
      destination_address_prefix = tag
    })
  ])
}

resource "azurerm_network_security_group" "empty" {
  name                = "nsg-empty"
  location            = "westeurope"
  resource_group_name = "rg-app"
  security_rule       = []
}

resource "azurerm_route_table" "list" {
  name                = "rt-list"
  location            = "westeurope"
  resource_group_name = "rg-app"
  route = [for i, p in ["0.0.0.0/0", "40.83.235.53/32", "0.0.0.0/0"] : {
    name                   = "r${i % 2}"
    address_prefix         = p
    next_hop_type          = i == 1 ? "Internet" : "VirtualAppliance"
    next_hop_in_ip_address = i == 1 ? null : "10.0.0.4"
  }]
}

resource "azurerm_route_table" "single" {
  name                = "rt-single"
  location            = "westeurope"
  resource_group_name = "rg-app"
  route = toset([
    {
      name                   = "only"
      address_prefix         = cidrsubnet("10.0.0.0/8", 8, 3)
      next_hop_type          = "VnetLocal"
      next_hop_in_ip_address = ""
    }
  ])
}
