# Data files of every kind and templates that make more of them.
terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
    }
  }
}

provider "azurerm" {
  features {}
}

locals {
  csv   = csvdecode(file("${path.module}/routes.csv"))
  doc   = jsondecode(file("${path.module}/settings.json"))
  made  = yamldecode(templatefile("${path.module}/routes.yaml.tftpl", { addresses = local.doc.kms, prefix = "azkms", enabled = true }))
  lines = [for line in split("\n", trimspace(file("${path.module}/list.txt"))) : trimspace(line) if !startswith(trimspace(line), "#") && trimspace(line) != ""]
}

resource "azurerm_route_table" "csv" {
  name                          = "rt-${local.doc.name}"
  location                      = local.doc.location
  resource_group_name           = "rg-data"
  bgp_route_propagation_enabled = local.doc.bgp

  dynamic "route" {
    for_each = { for r in local.csv : r.name => r }
    content {
      name                   = route.value.name
      address_prefix         = route.value.prefix
      next_hop_type          = route.value.type
      next_hop_in_ip_address = route.value.hop == "" ? null : route.value.hop
    }
  }

  dynamic "route" {
    for_each = local.made.routes
    content {
      name           = route.value.name
      address_prefix = route.value.prefix
      next_hop_type  = try(route.value.type, "Internet")
    }
  }
}

resource "azurerm_ip_group" "lines" {
  name                = "ipg-lines"
  location            = local.doc.location
  resource_group_name = "rg-data"
  cidrs               = local.lines
}

resource "azapi_resource" "table" {
  type      = "Microsoft.Network/routeTables@2024-05-01"
  name      = "rt-azapi"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data"
  location  = local.doc.location
  body = {
    properties = {
      disableBgpRoutePropagation = !local.doc.bgp
      routes = [for i, r in local.csv : {
        name       = "${r.name}-${i}"
        properties = merge({ addressPrefix = r.prefix, nextHopType = r.type }, r.hop == "" ? {} : { nextHopIpAddress = r.hop })
      }]
    }
  }
}

resource "azapi_update_resource" "text" {
  type      = "Microsoft.Network/networkSecurityGroups@2024-05-01"
  name      = "nsg"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-data"
  body = jsonencode({
    properties = { securityRules = [for n in range(2) : { name = "r${n}", properties = { priority = 100 * (n + 1), access = "Allow" } }] }
  })
}
