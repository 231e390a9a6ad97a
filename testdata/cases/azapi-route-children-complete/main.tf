# A route table and its routes as azapi child resources from a map, complete.
terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
    }
  }
}

locals {
  routes = {
    default = { prefix = "0.0.0.0/0", type = "VirtualNetworkGateway" }
    kms     = { prefix = "23.102.135.246/32", type = "Internet" }
    azkms01 = { prefix = "20.118.99.224/32", type = "Internet" }
    azkms02 = { prefix = "40.83.235.53/32", type = "Internet" }
  }
}

resource "azapi_resource" "rt" {
  type      = "Microsoft.Network/routeTables@2024-05-01"
  name      = "rt-spoke"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-spoke"
  location  = "westeurope"
  body      = { properties = {} }
}

resource "azapi_resource" "route" {
  for_each = local.routes

  type      = "Microsoft.Network/routeTables/routes@2024-05-01"
  name      = each.key
  parent_id = azapi_resource.rt.id

  body = {
    properties = {
      addressPrefix = each.value.prefix
      nextHopType   = each.value.type
    }
  }
}
