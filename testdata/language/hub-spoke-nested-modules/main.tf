# Modules three levels deep; objects are passed down whole, results come up through for expressions.
locals {
  regions = {
    for i, r in ["westeurope", "northeurope"] : r => {
      cidr   = cidrsubnet("10.96.0.0/11", 3, i)
      short  = join("", [for w in regexall("west|north|europe", r) : substr(w, 0, 1)])
      spokes = i == 0 ? ["app", "data"] : ["dr"]
    }
  }
}

module "region" {
  for_each = local.regions
  source   = "./region"

  location = each.key
  config   = each.value
  egress = {
    kms   = ["23.102.135.246/32", "20.118.99.224/32"]
    extra = each.key == "westeurope" ? ["40.83.235.53/32"] : []
  }
}

resource "azurerm_ip_group" "all" {
  name                = "ipg-all"
  location            = "westeurope"
  resource_group_name = "rg-global"
  cidrs               = flatten(values(module.region)[*].spoke_cidrs)
  tags                = merge([for k, r in module.region : { for n, t in r.tables : "${k}.${n}" => t.name }]...)
}
