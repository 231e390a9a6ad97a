global_settings = {
  regions  = { region1 = "westeurope", region2 = "northeurope" }
  prefixes = ["caf", "p"]
  tags     = { env = "prod" }
}
remote_objects = {
  route_tables = {
    shared = {
      central = { name = "rt-central", id = "/x/rt-central", resource_group_name = "rg-central" }
    }
  }
}
