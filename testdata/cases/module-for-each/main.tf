# The module is called once a spoke; two spokes share a pinned list, a third has its own.
locals {
  shared = ["23.102.135.246/32"] # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32" containers=module.spoke["a"].azurerm_route_table.this,module.spoke["b"].azurerm_route_table.this

  spokes = {
    a = local.shared
    b = local.shared
    c = ["23.102.135.246/32", "20.118.99.224/32", "40.83.235.53/32"]
  }
}

module "spoke" {
  source   = "./spoke"
  for_each = local.spokes

  name   = each.key
  direct = each.value
}
