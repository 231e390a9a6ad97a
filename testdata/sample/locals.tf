locals {
  name = "contoso-${var.environment}"

  # Windows activation has to reach Azure from an Azure address, so it goes around the firewall.
  activation_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table

  management_routes = {
    kms         = "23.102.135.246/32"
    azkms-1     = "20.118.99.224/32"
    azkms-2     = "40.83.235.53/32"
    time-sync   = "20.101.57.9/32"
    arm-gateway = "AzureResourceManager"
  }

  hub_subnets = {
    identity   = cidrsubnet(var.hub_address_space, 4, 1)
    management = cidrsubnet(var.hub_address_space, 4, 2)
    jumphost   = cidrsubnet(var.hub_address_space, 4, 3)
    perimeter  = cidrsubnet(var.hub_address_space, 4, 4)
  }

  hub_route_tables = {
    identity   = azurerm_route_table.identity.id
    management = azurerm_route_table.management.id
    jumphost   = azurerm_route_table.jumphost.id
    perimeter  = azurerm_route_table.perimeter.id
  }

  tags = {
    environment = var.environment
    owner       = "network-platform"
  }
}
