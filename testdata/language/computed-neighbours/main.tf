# Values that exist only after deployment, beside known ones: ids, addresses, counts over lists that hold them.
provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "net" {
  name     = "rg-net"
  location = "uksouth"
}

resource "azurerm_public_ip" "egress" {
  count = 2

  name                = "pip-${count.index}"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  allocation_method   = "Static"
}

resource "azurerm_firewall" "hub" {
  name                = "afw"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"

  dynamic "ip_configuration" {
    for_each = azurerm_public_ip.egress
    content {
      name                 = "ipconf-${ip_configuration.key}"
      public_ip_address_id = ip_configuration.value.id
    }
  }
}

locals {
  kms     = ["23.102.135.246"]
  egress  = azurerm_public_ip.egress[*].ip_address
  targets = concat(local.kms, local.egress)
  hop     = azurerm_firewall.hub.ip_configuration[0].private_ip_address
}

resource "azurerm_ip_group" "direct" {
  name                = "ipg-direct"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  cidrs               = [for a in local.kms : "${a}/32"]
}

resource "azurerm_ip_group_cidr" "more" {
  for_each = { for i, name in azurerm_public_ip.egress[*].name : name => i }

  ip_group_id = azurerm_ip_group.direct.id
  cidr        = cidrsubnet("10.9.0.0/16", 8, each.value)
}

resource "azurerm_route_table" "spoke" {
  name                = "rt-spoke"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name

  dynamic "route" {
    for_each = { for i, target in local.targets : "direct-${i}" => target }
    content {
      name           = route.key
      address_prefix = "${route.value}/32"
      next_hop_type  = "Internet"
    }
  }

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = local.hop
  }
}

resource "azurerm_firewall_network_rule_collection" "out" {
  name                = "out"
  azure_firewall_name = azurerm_firewall.hub.name
  resource_group_name = azurerm_firewall.hub.resource_group_name
  priority            = 100 + length(local.targets)
  action              = length(local.egress) > 1 ? "Allow" : "Deny"

  rule {
    name                  = "kms"
    source_ip_groups      = [azurerm_ip_group.direct.id]
    destination_addresses = local.targets
    destination_ports     = [1688]
    protocols             = ["TCP"]
  }
}
