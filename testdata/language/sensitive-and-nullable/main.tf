# Sensitive variables, nonsensitive results, nullable arguments of a module and null passed through.
variable "appliance" {
  type      = object({ ip = string, key = optional(string, "k") })
  sensitive = true
  default   = { ip = "10.0.0.4" }
}

variable "public" {
  type    = list(string)
  default = ["23.102.135.246", "20.118.99.224"]
}

locals {
  ip     = var.appliance.ip
  open   = nonsensitive(local.ip)
  joined = "${sensitive("se")}-cret"
  hidden = issensitive(local.ip) && !issensitive(var.public)
  map    = { a = sensitive("10.1.0.0/16"), b = "10.2.0.0/16" }
}

resource "azurerm_route_table" "s" {
  name                = "rt-${nonsensitive(var.appliance.key)}"
  location            = "westeurope"
  resource_group_name = "rg"
  tags = {
    joined = local.joined
    hidden = local.hidden
    keys   = join(",", keys(local.map))
    count  = length(local.map)
  }

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = local.ip
  }

  dynamic "route" {
    for_each = nonsensitive(toset(sensitive(var.public)))
    content {
      name           = "kms-${route.key}"
      address_prefix = "${route.value}/32"
      next_hop_type  = "Internet"
    }
  }
}

resource "azurerm_route" "each" {
  for_each               = toset(keys(local.map))
  name                   = each.key
  resource_group_name    = "rg"
  route_table_name       = azurerm_route_table.s.name
  address_prefix         = local.map[each.key]
  next_hop_type          = local.ip == "10.0.0.4" ? "VirtualAppliance" : "Internet"
  next_hop_in_ip_address = local.open
}

module "defaults" {
  source       = "./modules/group"
  name         = null
  cidrs        = null
  keep_null    = null
  no_default   = null
  with_default = { cidrs = null, other = null }
}

module "given" {
  source       = "./modules/group"
  cidrs        = var.public
  no_default   = "x"
  with_default = { other = 7 }
}
