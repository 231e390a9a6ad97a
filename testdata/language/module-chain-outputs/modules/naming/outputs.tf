variable "prefix" { type = list(string) }

locals {
  stem = join("-", var.prefix)
  all  = { for k in ["rt", "nsg", "ipg"] : k => "${k}-${local.stem}" }
}

output "route_table" { value = local.all["rt"] }
output "all" { value = local.all }
output "upper" { value = { for k, v in local.all : upper(k) => upper(v)... } }
