variable "name" { type = string }
variable "naming" {
  type = object({ all = map(string), route_table = optional(string), unused = optional(list(string), ["u"]) })
}
variable "cidr" {}

locals {
  appliance_ip = cidrhost(var.cidr, 4)
}

output "appliance_ip" {
  value = local.appliance_ip
}
output "cidr" { value = var.cidr }
output "name" { value = "${var.naming.all.ipg}-${var.name}-${var.naming.unused[0]}" }
output "routes" {
  value = [
    { name = "default", prefix = "0.0.0.0/0", ip = local.appliance_ip },
    { name = "hub", prefix = var.cidr, ip = null },
  ]
}
