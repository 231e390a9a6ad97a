# Conditional counts, splats over resources that may not exist, element and index with wrap-around.
resource "azurerm_subnet" "s" {
  count                = length(var.subnet_names)
  name                 = var.subnet_names[count.index]
  resource_group_name  = "rg-net"
  virtual_network_name = "vnet"
  address_prefixes     = [cidrsubnet(var.cidr, 4, count.index)]
}

resource "azurerm_firewall" "fw" {
  count               = var.deploy_firewall ? 1 : 0
  name                = "afw"
  location            = "westeurope"
  resource_group_name = "rg-net"
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"
  ip_configuration {
    name      = "cfg"
    subnet_id = one([for s in azurerm_subnet.s : s.id if s.name == "AzureFirewallSubnet"])
  }
}

locals {
  firewall_name = one(azurerm_firewall.fw[*].name)
  firewall_ip   = try(azurerm_firewall.fw[0].ip_configuration[0].private_ip_address, var.nva_ip)
  hop           = coalesce(local.firewall_name == null ? "Internet" : "VirtualAppliance", "None")
  names         = azurerm_subnet.s.*.name
  prefixes      = flatten(azurerm_subnet.s[*].address_prefixes)
  none          = azurerm_route_table.optional[*].id
}

resource "azurerm_route_table" "optional" {
  count               = alltrue([var.deploy_firewall, length(var.subnet_names) > 9]) ? 1 : 0
  name                = "rt-optional"
  location            = "westeurope"
  resource_group_name = "rg-net"
}

resource "azurerm_route_table" "zone" {
  count               = 4
  name                = "rt-${element(var.zones, count.index)}-${count.index}"
  location            = "westeurope"
  resource_group_name = "rg-net"
  tags = {
    firewall = coalesce(local.firewall_name, "none")
    last     = element(local.names, length(local.names) - 1)
    none     = length(local.none)
    cidrs    = join(";", local.prefixes)
    even     = count.index % 2 == 0
  }
}

resource "azurerm_route" "subnet" {
  count                  = length(local.names) * (local.firewall_name == null ? 1 : 0)
  name                   = "to-${lower(local.names[count.index])}"
  resource_group_name    = "rg-net"
  route_table_name       = element(azurerm_route_table.zone[*].name, count.index)
  address_prefix         = azurerm_subnet.s[count.index].address_prefixes[0]
  next_hop_type          = local.hop
  next_hop_in_ip_address = local.hop == "VirtualAppliance" ? local.firewall_ip : null
}

resource "azurerm_route" "default" {
  for_each               = { for i, t in azurerm_route_table.zone : t.name => i }
  name                   = "default-${each.value}"
  resource_group_name    = "rg-net"
  route_table_name       = each.key
  address_prefix         = "0.0.0.0/0"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = local.firewall_ip
}

variable "subnet_names" { default = ["GatewaySubnet", "AzureFirewallSubnet", "app"] }
variable "zones" { default = ["a", "b", "c"] }
variable "cidr" { default = "10.20.0.0/16" }
variable "nva_ip" { default = "10.20.16.4" }
variable "deploy_firewall" { default = false }
