# Bodies read from JSON and YAML files and from a template, merged with values of the configuration.
terraform {
  required_providers {
    azapi = {
      source = "azure/azapi"
    }
  }
}

locals {
  doc   = jsondecode(file("${path.module}/bodies/table.json"))
  nsg   = yamldecode(file("${path.module}/bodies/nsg.yaml"))
  group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-files"

  body = merge(local.doc, {
    properties = merge(local.doc.properties, {
      routes = concat(local.doc.properties.routes, [
        for i, p in var.extra_prefixes : {
          name       = "extra-${i}"
          properties = { addressPrefix = p, nextHopType = "Internet", hasBgpOverride = false }
        }
      ])
    })
  })
}

resource "azapi_resource" "table" {
  type      = "Microsoft.Network/routeTables@2023-09-01"
  name      = "rt-files"
  parent_id = local.group
  location  = "westeurope"
  body      = local.body
  tags      = { for k, v in local.doc.tags : k => v if v != null }
}

resource "azapi_resource" "table_json" {
  type      = "Microsoft.Network/routeTables@2023-09-01"
  name      = "rt-files-json"
  parent_id = local.group
  location  = "westeurope"
  body      = jsonencode({ for k, v in local.body : k => v if k != "tags" })
}

resource "azapi_resource" "nsg" {
  for_each  = { for n in local.nsg.groups : n.name => n }
  type      = "Microsoft.Network/networkSecurityGroups@2023-09-01"
  name      = each.key
  parent_id = local.group
  location  = try(each.value.location, local.nsg.location)
  body = {
    properties = {
      securityRules = [
        for r in try(each.value.rules, []) : {
          name = r.name
          properties = {
            for k, v in merge(local.nsg.defaults, r) : k => v if k != "name" && v != null
          }
        }
      ]
    }
  }
}

resource "azapi_resource" "templated" {
  type      = "Microsoft.Network/firewallPolicies/ruleCollectionGroups@2023-09-01"
  name      = "rcg"
  parent_id = "${local.group}/providers/Microsoft.Network/firewallPolicies/p"
  body      = jsondecode(templatefile("${path.module}/bodies/rcg.json.tftpl", { addresses = var.extra_prefixes, ports = [1688], deny = false }))
}

variable "extra_prefixes" {
  type    = list(string)
  default = ["20.118.99.224/32", "40.83.235.53/32"]
}
