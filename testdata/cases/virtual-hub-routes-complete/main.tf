# Hub routes as resources of their own, and a static route of a connection: all three addresses in both.
variable "hub_id" {
  type = string
}

variable "firewall_id" {
  type = string
}

locals {
  kms = ["23.102.135.246/32", "20.118.99.224/32", "40.83.235.53/32"]
}

resource "azurerm_virtual_hub_route_table" "spokes" {
  name           = "rt-spokes"
  virtual_hub_id = var.hub_id
}

resource "azurerm_virtual_hub_route_table_route" "kms" {
  for_each = toset(local.kms)

  route_table_id    = azurerm_virtual_hub_route_table.spokes.id
  name              = "kms-${replace(each.value, "/", "-")}"
  destinations_type = "CIDR"
  destinations      = [each.value]
  next_hop_type     = "ResourceId"
  next_hop          = var.firewall_id
}

resource "azurerm_virtual_hub_connection" "nva" {
  name                      = "conn-nva"
  virtual_hub_id            = var.hub_id
  remote_virtual_network_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-nva/providers/Microsoft.Network/virtualNetworks/vnet-nva"

  routing {
    associated_route_table_id = azurerm_virtual_hub_route_table.spokes.id

    static_vnet_route {
      name                = "kms"
      address_prefixes    = local.kms
      next_hop_ip_address = "10.210.0.4"
    }
  }
}
