# One table in two regions, with a bypass for activation beside the appliance's default route.
variable "regions" {
  type = map(string)
  default = {
    neu = "10.10.0.4"
    weu = "10.20.0.4"
  }
}

resource "azurerm_route_table" "spoke" {
  for_each = var.regions

  name                          = "rt-spoke-${each.key}"
  resource_group_name           = "rg-spoke-${each.key}"
  location                      = each.key == "neu" ? "northeurope" : "westeurope"
  bgp_route_propagation_enabled = false

  route {
    name                   = "default"
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = each.value
  }

  route {
    name           = "bypass"
    address_prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
    next_hop_type  = "Internet"
  }

  route {
    name           = "backup"
    address_prefix = "AzureBackup"
    next_hop_type  = "Internet"
  }
}
