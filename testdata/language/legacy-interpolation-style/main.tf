# Old habits that still work: parallel lists by index, string booleans, legacy splats, needless templates, lookup without a fallback.
variable "route_names" {
  type    = list(any)
  default = ["default", "kms", "kms2"]
}

variable "route_prefixes" {
  default = ["0.0.0.0/0", "23.102.135.246/32", "20.118.99.224/32"]
}

variable "route_nexthop_types" {
  default = ["VirtualAppliance", "Internet", "Internet"]
}

variable "route_ips" {
  default = ["10.0.0.4", "", ""]
}

variable "enabled" {
  default = "true"
}

variable "tags" {
  type = map(any)
  default = {
    source = "terraform"
    "a.b"  = "dotted"
  }
}

locals {
  rules = {
    "kms"   = ["100", "Outbound", "Allow", "Tcp", "*", "1688", "*", "23.102.135.246"]
    "https" = ["110", "Outbound", "Allow", "Tcp", "*", "443"]
  }
  custom = [
    {
      name     = "custom"
      priority = "200"
      port     = "1688"
    },
    {
      name                       = "other"
      priority                   = 201
      destination_address_prefix = "40.83.235.53"
    },
  ]
}

resource "azurerm_route_table" "rtable" {
  count               = var.enabled == "true" ? 1 : 0
  name                = format("rt-%s", "legacy")
  location            = "westeurope"
  resource_group_name = "rg"
  tags                = merge(var.tags, tomap({ "count" = "${length(var.route_names)}" }))
}

resource "azurerm_route" "route" {
  count                  = length(var.route_names)
  name                   = var.route_names[count.index]
  resource_group_name    = element(azurerm_route_table.rtable.*.resource_group_name, 0)
  route_table_name       = join("", azurerm_route_table.rtable.*.name)
  address_prefix         = element(var.route_prefixes, count.index)
  next_hop_type          = element(var.route_nexthop_types, count.index)
  next_hop_in_ip_address = element(var.route_ips, count.index) != "" ? element(var.route_ips, count.index) : null
}

resource "azurerm_network_security_rule" "predefined" {
  count                       = length(keys(local.rules))
  name                        = element(keys(local.rules), count.index)
  priority                    = element(local.rules[element(keys(local.rules), count.index)], 0)
  direction                   = local.rules[keys(local.rules)[count.index]][1]
  access                      = values(local.rules)[count.index][2]
  protocol                    = values(local.rules)[count.index][3]
  source_port_range           = "*"
  destination_port_range      = element(values(local.rules)[count.index], 5)
  source_address_prefix       = "*"
  destination_address_prefix  = length(values(local.rules)[count.index]) > 7 ? element(values(local.rules)[count.index], 7) : "*"
  resource_group_name         = "rg"
  network_security_group_name = "nsg"
}

resource "azurerm_network_security_rule" "custom" {
  count                       = length(local.custom)
  name                        = lookup(local.custom[count.index], "name", "default_rule_name")
  priority                    = lookup(local.custom[count.index], "priority")
  direction                   = lookup(local.custom[count.index], "direction", "Outbound")
  access                      = lookup(local.custom[count.index], "access", "Allow")
  protocol                    = lookup(local.custom[count.index], "protocol", "*")
  source_port_ranges          = split(",", replace("${lookup(local.custom[count.index], "source_port_range", "*")}", "*", "0-65535"))
  destination_port_ranges     = split(",", replace(lookup(local.custom[count.index], "port", "*"), "*", "0-65535"))
  source_address_prefix       = lookup(local.custom[count.index], "source_address_prefixes", null) == null ? "*" : null
  destination_address_prefix  = lookup(local.custom[count.index], "destination_address_prefix", "*")
  description                 = lookup(local.custom[count.index], "description", "Security rule for ${lookup(local.custom[count.index], "name", "default_rule_name")}")
  resource_group_name         = "rg"
  network_security_group_name = "nsg"
}
