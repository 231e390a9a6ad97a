# A folder of variable files alone: they are one landing zone, whatever file a key stands in.
route_tables = {
  spoke = {
    name               = "rt-spoke"
    resource_group_key = "network"
  }
}
