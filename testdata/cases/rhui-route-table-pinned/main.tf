# Routes for the servers of Red Hat's update infrastructure, everything else through an appliance.
locals {
  rhui3 = ["13.91.47.76", "40.85.190.91", "52.187.75.218", "52.174.163.213", "52.237.203.198"] # expect: error rhui/route-table missing=52.136.197.163,20.225.226.182,52.142.4.99,20.248.180.252,20.24.186.80 cloud=AzureCloud
  rhui4 = ["52.136.197.163", "20.225.226.182", "52.142.4.99", "20.248.180.252", "20.24.186.80"]
}

resource "azurerm_route_table" "rhel" {
  name                          = "rt-rhel"
  location                      = "westeurope"
  resource_group_name           = "rg-rhel"
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.40.0.4"
  }

  dynamic "route" {
    for_each = local.rhui3
    content {
      name           = "rhui-${route.key}"
      address_prefix = "${route.value}/32"
      next_hop_type  = "Internet"
    }
  }
}
