# Resources whose for_each is another resource or module, grouped results, references between instances by key.
resource "azurerm_resource_group" "rg" {
  for_each = { for r in var.regions : lookup(local.codes, r, substr(r, 0, 4)) => r }
  name     = "rg-${each.key}"
  location = each.value
}

resource "azurerm_route_table" "rt" {
  for_each            = azurerm_resource_group.rg
  name                = replace(each.value.name, "rg-", "rt-")
  location            = each.value.location
  resource_group_name = each.value.name
  tags                = { id = each.value.id, key = each.key, peers = join(",", [for k, g in azurerm_resource_group.rg : g.name if k != each.key]) }
}

resource "azurerm_network_security_group" "nsg" {
  for_each            = { for k, t in azurerm_route_table.rt : upper(k) => t if t.location != "northeurope" }
  name                = "nsg-${each.value.name}"
  location            = each.value.location
  resource_group_name = each.value.resource_group_name
}

locals {
  codes     = { westeurope = "weu", northeurope = "neu" }
  prefixes  = { kms = "23.102.135.246/32", azkms = "20.118.99.224/32", "all traffic" = "0.0.0.0/0" }
  by_length = { for k, p in local.prefixes : split("/", p)[1] => k... }
  cross     = { for pair in setproduct(keys(azurerm_route_table.rt), keys(local.prefixes)) : join("|", pair) => { rt = pair[0], name = pair[1] } }
  names     = { for k, t in azurerm_route_table.rt : t.location => t.name... }
  first_key = sort(keys(azurerm_route_table.rt))[0]
}

resource "azurerm_route" "r" {
  for_each               = local.cross
  name                   = replace(each.value.name, " ", "_")
  resource_group_name    = azurerm_resource_group.rg[each.value.rt].name
  route_table_name       = azurerm_route_table.rt[each.value.rt].name
  address_prefix         = local.prefixes[each.value.name]
  next_hop_type          = contains(local.by_length["32"], each.value.name) ? "Internet" : "VirtualAppliance"
  next_hop_in_ip_address = contains(lookup(local.by_length, "0", []), each.value.name) ? cidrhost("10.${index(keys(azurerm_route_table.rt), each.value.rt)}.0.0/16", 4) : null
}

resource "azurerm_ip_group" "sum" {
  name                = "ipg-${azurerm_route_table.rt[local.first_key].name}"
  location            = azurerm_resource_group.rg["weu"].location
  resource_group_name = azurerm_route_table.rt["weu"].resource_group_name
  cidrs               = distinct([for k, r in azurerm_route.r : r.address_prefix if r.next_hop_type == "Internet"])
  tags = {
    names = jsonencode(local.names)
    rules = length(azurerm_route.r)
    nsgs  = join(",", keys(azurerm_network_security_group.nsg))
  }
}

resource "azurerm_ip_group_cidr" "c" {
  for_each    = azurerm_ip_group.sum.cidrs
  ip_group_id = azurerm_ip_group.sum.id
  cidr        = each.value
}

variable "regions" {
  type    = set(string)
  default = ["westeurope", "northeurope", "germanywestcentral", "westeurope"]
}
