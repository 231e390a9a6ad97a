# Objects with defaults three levels down, where a level may be missing, null or partly given.
module "route_table" {
  source   = "./modules/route-table"
  for_each = var.route_tables

  name                = coalesce(each.value.name, "rt-${each.key}")
  location            = coalesce(each.value.location, var.location)
  resource_group_name = var.resource_group_name
  routes              = each.value.routes
  settings            = each.value.settings
  tags                = merge(var.tags, each.value.tags)
}

output "resource_ids" {
  value = { for k, m in module.route_table : k => m.resource_id }
}
