# A module call in the manner of verified modules: a map of rules with validated optional members, locks and timeouts.
locals {
  rules_base = {
    for i, svc in ["kms", "ntp", "dns"] : "allow_${svc}" => {
      name                         = "Allow-${upper(svc)}"
      priority                     = 100 + i * 10
      protocol                     = svc == "kms" ? "Tcp" : "Udp"
      destination_port_ranges      = toset([local.ports[svc]])
      destination_address_prefixes = svc == "kms" ? toset(["23.102.135.246/32", "20.118.99.224/32"]) : null
      destination_address_prefix   = svc == "kms" ? null : "*"
      timeouts                     = svc == "ntp" ? { create = "5m" } : null
    }
  }
  ports = { kms = "1688", ntp = "123", dns = "53" }
}

module "nsg" {
  source = "./modules/nsg"

  for_each            = toset([for i in range(1, var.instances + 1) : format("%03d", i)])
  name                = module.name["nsg"].value != "" ? "${module.name["nsg"].value}-${each.key}" : null
  location            = var.location
  resource_group_name = "rg-app"
  enable_telemetry    = false
  tags                = each.key == "001" ? { primary = true } : null
  security_rules      = each.key == "001" ? local.rules_base : { for k, v in local.rules_base : k => v if !endswith(k, "dns") }
}

module "name" {
  for_each = { nsg = "nsg", rt = "rt" }
  source   = "./modules/name"
  parts    = [each.value, "app", lookup({ westeurope = "weu" }, var.location, "any"), ""]
}

variable "location" {
  type    = string
  default = "westeurope"
}

variable "instances" {
  type    = number
  default = 2
}
