# Bodies as objects and as JSON text, with properties that appear only under conditions and nulls that stay.
locals {
  routes = [
    { name = "default", prefix = "0.0.0.0/0", hop = "10.0.0.4" },
    { name = "kms", prefix = "23.102.135.246/32", hop = null },
  ]
  api = { net = "2023-11-01", nm = "2024-01-01" }
}

resource "azurerm_resource_group" "this" {
  name     = "rg-azapi"
  location = "uksouth"
}

resource "azapi_resource" "table" {
  type      = "Microsoft.Network/routeTables@${local.api.net}"
  parent_id = azurerm_resource_group.this.id
  name      = "rt-object"
  location  = azurerm_resource_group.this.location
  body = {
    properties = {
      disableBgpRoutePropagation = var.propagate ? false : true
      routes = [for r in local.routes : {
        name = r.name
        properties = merge(
          { addressPrefix = r.prefix, nextHopType = r.hop == null ? "Internet" : "VirtualAppliance" },
          r.hop == null ? {} : { nextHopIpAddress = r.hop }
        )
      }]
    }
  }
}

resource "azapi_resource" "table_text" {
  type      = "Microsoft.Network/routeTables@${local.api["net"]}"
  parent_id = azurerm_resource_group.this.id
  name      = "rt-text"
  location  = azurerm_resource_group.this.location
  body = jsonencode({
    properties = {
      disableBgpRoutePropagation = var.propagate
      "routes" : [
        for i, r in local.routes : {
          name = "${r.name}<${i}>&"
          properties = {
            addressPrefix    = r.prefix
            nextHopType      = r.hop == null ? "Internet" : "VirtualAppliance"
            nextHopIpAddress = try(coalesce(r.hop), null)
          }
        }
      ]
    }
  })
}

resource "azapi_resource" "route" {
  for_each  = { for r in local.routes : r.name => r if r.hop == null }
  type      = "Microsoft.Network/routeTables/routes@2023-11-01"
  parent_id = azapi_resource.table.id
  name      = each.key
  body = {
    properties = {
      addressPrefix = "40.83.235.53/32"
      nextHopType   = "Internet"
    }
  }
  locks                  = [azapi_resource.table.id, "static"]
  response_export_values = ["*"]
}

resource "azapi_resource" "mixed" {
  type      = "Microsoft.Network/networkSecurityGroups@2023-11-01"
  parent_id = azurerm_resource_group.this.id
  name      = "nsg-mixed"
  location  = "uksouth"
  body = {
    properties = {
      flushConnection = null
      securityRules = concat(
        [{ name = "kms", properties = { priority = 100, destinationPortRange = "1688", destinationAddressPrefixes = ["20.118.99.224/32"] } }],
        [{ name = "any", properties = { priority = 4096, destinationPortRange = "*", destinationAddressPrefix = "*", id = azapi_resource.table.id } }],
        var.propagate ? [{ name = "extra", properties = {} }] : []
      )
    }
  }
}
