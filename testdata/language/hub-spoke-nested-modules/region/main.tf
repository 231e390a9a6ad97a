variable "location" { type = string }
variable "config" {
  type = object({
    cidr   = string
    short  = string
    spokes = list(string)
    nva    = optional(object({ offset = optional(number, 4) }), {})
  })
}
variable "egress" {
  type = map(list(string))
}

locals {
  spokes = { for i, s in var.config.spokes : s => cidrsubnet(var.config.cidr, 8, i + 1) }
  nva    = cidrhost(cidrsubnet(var.config.cidr, 8, 0), var.config.nva.offset)
}

module "table" {
  source   = "../shared/table"
  for_each = local.spokes

  name     = "rt-${var.config.short}-${each.key}"
  location = var.location
  routes = concat(
    [for kind, prefixes in var.egress : { name = kind, prefixes = prefixes }],
    [for other, cidr in local.spokes : { name = other, prefixes = [cidr], ip = local.nva } if other != each.key],
    [{ name = "default", prefixes = ["0.0.0.0/0"], ip = local.nva }],
  )
}

output "spoke_cidrs" { value = values(local.spokes) }
output "tables" {
  value = { for k, t in module.table : k => { name = t.name, id = t.id } }
}
