# Computed ids and addresses in lists, maps and objects; lengths, counts and keys stay known.
resource "azurerm_resource_group" "net" {
  name     = "rg-net"
  location = "westeurope"
}

resource "azurerm_public_ip" "fw" {
  count               = 2
  name                = "pip-fw-${count.index}"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  allocation_method   = "Static"
}

resource "azurerm_firewall" "hub" {
  name                = "afw-hub"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  sku_name            = "AZFW_VNet"
  sku_tier            = "Standard"

  ip_configuration {
    name                 = "ipconfig"
    subnet_id            = azurerm_subnet.fw.id
    public_ip_address_id = azurerm_public_ip.fw[0].id
  }
}

resource "azurerm_subnet" "fw" {
  name                 = "AzureFirewallSubnet"
  resource_group_name  = azurerm_resource_group.net.name
  virtual_network_name = "vnet-hub"
  address_prefixes     = ["10.0.1.0/26"]
}

locals {
  fw_ip   = azurerm_firewall.hub.ip_configuration[0].private_ip_address
  pips    = azurerm_public_ip.fw[*].ip_address
  ids     = concat([azurerm_subnet.fw.id], azurerm_public_ip.fw[*].id)
  targets = { kms = "23.102.135.246/32", pip0 = "${local.pips[0]}/32", azkms = "20.118.99.224/32" }
  mixed   = [for k, v in local.targets : { key = k, value = v, static = k != "pip0" }]
}

resource "azurerm_route_table" "spoke" {
  name                = "rt-spoke"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  tags = {
    firewall = azurerm_firewall.hub.id
    ids      = length(local.ids)
    first    = local.ids[0]
    list     = join(",", local.ids)
    known    = join(",", [for m in local.mixed : m.value if m.static])
  }

  dynamic "route" {
    for_each = local.targets
    content {
      name                   = "to-${route.key}"
      address_prefix         = route.value
      next_hop_type          = route.key == "kms" ? "Internet" : "VirtualAppliance"
      next_hop_in_ip_address = route.key == "kms" ? null : local.fw_ip
    }
  }
}

resource "azurerm_route" "pip" {
  count                  = length(local.pips)
  name                   = "pip-${count.index}"
  resource_group_name    = azurerm_resource_group.net.name
  route_table_name       = azurerm_route_table.spoke.name
  address_prefix         = "${element(local.pips, count.index)}/32"
  next_hop_type          = "VirtualAppliance"
  next_hop_in_ip_address = local.fw_ip
}

resource "azurerm_ip_group" "pips" {
  name                = "ipg-pips"
  location            = azurerm_resource_group.net.location
  resource_group_name = azurerm_resource_group.net.name
  cidrs               = concat(local.pips, ["40.83.235.53"])
}

resource "azurerm_firewall_network_rule_collection" "kms" {
  name                = "kms"
  azure_firewall_name = azurerm_firewall.hub.name
  resource_group_name = azurerm_resource_group.net.name
  priority            = 100
  action              = "Allow"
  rule {
    name                  = "kms"
    source_ip_groups      = [azurerm_ip_group.pips.id]
    destination_addresses = concat(["23.102.135.246"], local.pips, [local.fw_ip])
    destination_ports     = ["1688"]
    protocols             = ["TCP"]
  }
}
