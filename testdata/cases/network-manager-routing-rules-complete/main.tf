# Routing rules of a network manager: all traffic to an appliance, all three addresses straight to the Internet.
variable "routing_configuration_id" {
  type = string
}

resource "azurerm_network_manager_routing_rule_collection" "spokes" {
  name                     = "rc-spokes"
  routing_configuration_id = var.routing_configuration_id
  network_group_ids        = ["/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-avnm/providers/Microsoft.Network/networkManagers/avnm/networkGroups/spokes"]
}

resource "azurerm_network_manager_routing_rule" "default" {
  name               = "default"
  rule_collection_id = azurerm_network_manager_routing_rule_collection.spokes.id

  destination {
    type    = "AddressPrefix"
    address = "0.0.0.0/0"
  }

  next_hop {
    type    = "VirtualAppliance"
    address = "10.0.0.4"
  }
}

resource "azurerm_network_manager_routing_rule" "kms" {
  for_each = { kms = "23.102.135.246/32", azkms1 = "20.118.99.224/32", azkms2 = "40.83.235.53/32" }

  name               = each.key
  rule_collection_id = azurerm_network_manager_routing_rule_collection.spokes.id

  destination {
    type    = "AddressPrefix"
    address = each.value
  }

  next_hop {
    type = "Internet"
  }
}
