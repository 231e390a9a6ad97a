# The successors are added to the same table by another module of the root.
module "table" {
  source = "./modules/table"
}

module "activation" {
  source = "./modules/activation"

  route_table_name    = module.table.name
  resource_group_name = module.table.resource_group_name
}
