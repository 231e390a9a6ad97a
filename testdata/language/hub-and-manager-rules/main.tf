# Hub route tables, network manager rules and DNS records from one table of destinations, with labels and next hops.
locals {
  destinations = {
    kms      = { cidrs = ["23.102.135.246/32", "20.118.99.224/32"], hop = "internet" }
    onprem   = { cidrs = ["192.168.0.0/16"], hop = "gateway", note = "ExpressRoute" }
    services = { cidrs = ["Storage", "AzureMonitor"], hop = "nva" }
    empty    = { cidrs = [], hop = "none" }
  }
  hop_types = { internet = "Internet", gateway = "VirtualNetworkGateway", nva = "VirtualAppliance" }

  entries = merge(values({
    for k, d in local.destinations : k => {
      for i, c in d.cidrs : "${k}${length(d.cidrs) > 1 ? "-${i}" : ""}" => {
        cidr = c
        tag  = !can(cidrnetmask(c))
        hop  = d.hop
        note = lookup(d, "note", null)
      }
    }
  })...)
}

resource "azurerm_virtual_hub_route_table" "main" {
  name           = "rt-main"
  virtual_hub_id = var.virtual_hub_id
  labels         = [for l in ["Zeta", "alpha", "ALPHA", ""] : lower(l) if l != ""]

  dynamic "route" {
    for_each = { for k, d in local.destinations : k => d if length(d.cidrs) > 0 && alltrue([for c in d.cidrs : can(cidrhost(c, 0))]) }
    content {
      name              = route.key
      destinations_type = "CIDR"
      destinations      = route.value.cidrs
      next_hop_type     = "ResourceId"
      next_hop          = "${var.virtual_hub_id}/hubVirtualNetworkConnections/${route.value.hop}"
    }
  }
  route {
    name              = "default"
    destinations_type = "CIDR"
    destinations      = setunion(["0.0.0.0/0"], ["10.0.0.0/8"], ["0.0.0.0/0"])
    next_hop          = azurerm_firewall.hub.id
  }
}

resource "azurerm_firewall" "hub" {
  name                = "afw-vhub"
  location            = "westeurope"
  resource_group_name = "rg-vwan"
  sku_name            = "AZFW_Hub"
  sku_tier            = "Standard"
}

resource "azurerm_network_manager_routing_rule" "r" {
  for_each           = local.entries
  name               = each.key
  rule_collection_id = "${var.manager_id}/ruleCollections/c"
  description        = each.value.note

  destination {
    type    = each.value.tag ? "ServiceTag" : "AddressPrefix"
    address = each.value.cidr
  }
  next_hop {
    type    = local.hop_types[each.value.hop]
    address = each.value.hop == "nva" ? "10.0.0.4" : null
  }
}

resource "azurerm_network_manager_admin_rule" "a" {
  for_each                 = { for i, k in ["kms", "onprem"] : k => i }
  name                     = "admin-${each.key}"
  admin_rule_collection_id = "${var.manager_id}/adminRuleCollections/c"
  action                   = each.value > 0 ? "AlwaysAllow" : "Allow"
  direction                = "Outbound"
  priority                 = 10 + each.value
  protocol                 = "Tcp"
  source_port_ranges       = ["0-65535"]
  destination_port_ranges  = each.key == "kms" ? ["1688"] : [for p in range(20, 23) : tostring(p)]

  source {
    address_prefix_type = "IPPrefix"
    address_prefix      = "*"
  }
  dynamic "destination" {
    for_each = toset(local.destinations[each.key].cidrs)
    content {
      address_prefix_type = "IPPrefix"
      address_prefix      = destination.value
    }
  }
}

resource "azurerm_private_dns_a_record" "kms" {
  name                = "azkms"
  zone_name           = "core.windows.net"
  resource_group_name = "rg-dns"
  ttl                 = 60 * 5
  records             = [for c in local.destinations["kms"].cidrs : trimsuffix(c, "/32")]
}

variable "virtual_hub_id" {
  default = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-vwan/providers/Microsoft.Network/virtualHubs/h"
}
variable "manager_id" { default = "/subscriptions/x/networkManagers/m" }
