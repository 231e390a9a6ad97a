# Modules with for_each and count whose outputs feed each other; outputs as maps, lists, nulls and sensitive values.
module "naming" {
  source = "./modules/naming"
  prefix = ["corp", var.env]
}

module "hub" {
  source   = "./modules/hub"
  for_each = var.hubs
  name     = each.key
  naming   = module.naming
  cidr     = each.value
}

module "spoke" {
  source = "./modules/spoke"
  count  = length(var.spokes)

  name    = "${module.naming.route_table}-${var.spokes[count.index].name}"
  hub     = module.hub[var.spokes[count.index].hub]
  extra   = try(var.spokes[count.index].extra, {})
  peers   = [for s in var.spokes : s.name if s.name != var.spokes[count.index].name]
  secrets = { pin = sensitive("4711"), open = "yes" }
}

module "optional" {
  source = "./modules/spoke"
  count  = contains(keys(module.hub), "neu") ? 1 : 0
  name   = "optional"
  hub    = module.hub["neu"]
}

resource "azurerm_route_table" "summary" {
  name                = one(module.optional[*].table_name)
  location            = "westeurope"
  resource_group_name = "rg-summary"
  tags = {
    hubs     = join(",", sort(keys(module.hub)))
    ips      = join(",", [for h in module.hub : h.appliance_ip])
    tables   = join(",", module.spoke[*].table_name)
    prefixes = join(",", distinct(flatten(module.spoke[*].prefixes)))
    counts   = jsonencode({ for s in module.spoke : s.table_name => s.counts.routes })
    pin      = nonsensitive(module.spoke[0].pin)
    missing  = module.spoke[1].missing == null ? "null" : module.spoke[1].missing
    id       = module.spoke[0].table_id
    object   = module.naming.all.nsg
    json     = jsonencode(module.hub["weu"])
  }
}

variable "env" { default = "prod" }

variable "hubs" {
  type    = map(string)
  default = { weu = "10.0.0.0/16", neu = "10.1.0.0/16" }
}

variable "spokes" {
  default = [
    { name = "app", hub = "weu", extra = { kms = "23.102.135.246/32" } },
    { name = "db", hub = "neu" },
    { name = "web", hub = "weu", extra = { kms = "20.118.99.224/32", x = "40.83.235.53/32" } },
  ]
}
