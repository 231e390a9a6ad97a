# Conditionals whose arms have different types: objects, null, empty collections, numbers and strings.
variable "mode" {
  type    = string
  default = "internet"
  validation {
    condition     = contains(["internet", "nva", "off"], var.mode)
    error_message = "Unknown mode."
  }
}

variable "maybe" {
  type = object({
    ip   = optional(string)
    tags = optional(map(string))
    list = optional(list(string))
  })
  default = null
}

locals {
  number_or_text = var.mode == "internet" ? 1688 : "any"
  bool_or_text   = var.mode == "nva" ? "yes" : false
  map_or_empty   = var.mode == "internet" ? { kms = "23.102.135.246/32", n = 5 } : {}
  list_or_empty  = var.mode == "off" ? [] : ["20.118.99.224/32", "40.83.235.53/32"]
  object_or_null = var.mode == "nva" ? null : { name = "x", nested = { ip = "10.0.0.4" } }
  objects        = var.mode == "internet" ? { a = "1", b = true } : { a = 2, b = "false" }
  chain          = var.mode == "off" ? null : var.mode == "nva" ? "VirtualAppliance" : var.mode == "internet" ? "Internet" : "None"
  set_or_list    = var.mode == "internet" ? toset(["b", "a", "b"]) : ["c"]
  tuples         = var.mode != "internet" ? [1, "two"] : ["one", 2]
  negated        = !(var.mode == "off") && -1 < 0 || false
  prec           = 1 + 2 * 3 - 4 / 2 % 3 == 5 ? "math" : "no"
  fallback       = try(var.maybe.ip, "not reached", "x")
  coalesced      = coalesce(try(var.maybe.ip, null), "", "10.0.0.9")
  lists          = coalescelist(try(coalescelist(var.maybe.list), []), [], ["default"])
  cond_null      = var.maybe != null ? var.maybe.tags : { none = "true" }
}

resource "azurerm_route_table" "c" {
  name                          = "rt-${local.number_or_text}-${local.bool_or_text}"
  location                      = "westeurope"
  resource_group_name           = "rg"
  bgp_route_propagation_enabled = var.mode == "internet" ? null : false
  tags = merge(local.cond_null, null, {
    port     = local.number_or_text
    negated  = local.negated
    prec     = local.prec
    objects  = jsonencode(local.objects)
    sets     = jsonencode(local.set_or_list)
    tuples   = jsonencode(local.tuples)
    map      = jsonencode(local.map_or_empty)
    null     = jsonencode(local.object_or_null)
    fallback = local.fallback == null ? "null" : local.fallback
    coalesce = local.coalesced
    lists    = join(",", local.lists)
    nested   = try(local.object_or_null.nested.ip, "none")
    gone     = try(local.object_or_null.missing.ip, "gone")
    defined  = can(var.maybe.ip)
  }, var.maybe != null ? { never = "here" } : {})
}

resource "azurerm_route" "map" {
  for_each            = { for k, v in local.map_or_empty : k => v if can(cidrhost(v, 0)) }
  name                = each.key
  resource_group_name = "rg"
  route_table_name    = azurerm_route_table.c.name
  address_prefix      = each.value
  next_hop_type       = local.chain
}

resource "azurerm_route" "list" {
  for_each               = var.mode == "off" ? toset([]) : toset(local.list_or_empty)
  name                   = replace(replace(each.value, "/", "_"), ".", "-")
  resource_group_name    = "rg"
  route_table_name       = azurerm_route_table.c.name
  address_prefix         = each.value
  next_hop_type          = local.chain
  next_hop_in_ip_address = local.chain == "VirtualAppliance" ? local.object_or_null.nested.ip : null
}

resource "azurerm_route" "none" {
  for_each            = var.maybe == null ? {} : { a = var.maybe.ip }
  name                = each.key
  resource_group_name = "rg"
  route_table_name    = "rt"
  address_prefix      = each.value
  next_hop_type       = "None"
}
