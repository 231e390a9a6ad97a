# A hub's route table sends the legacy address alone to the firewall; nothing in the code says where the successors go.
resource "azurerm_virtual_hub" "weu" {
  name                = "vhub-weu"
  resource_group_name = "rg-vwan"
  location            = "westeurope"
  address_prefix      = "10.200.0.0/23"
}

resource "azurerm_firewall" "weu" {
  name                = "afw-vhub-weu"
  resource_group_name = "rg-vwan"
  location            = "westeurope"
  sku_name            = "AZFW_Hub"
  sku_tier            = "Standard"

  virtual_hub {
    virtual_hub_id = azurerm_virtual_hub.weu.id
  }
}

resource "azurerm_virtual_hub_route_table" "spokes" {
  name           = "rt-spokes"
  virtual_hub_id = azurerm_virtual_hub.weu.id
  labels         = ["spokes"]

  route {
    name              = "kms"
    destinations_type = "CIDR"
    destinations      = ["23.102.135.246/32"] # expect: warning azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
    next_hop_type     = "ResourceId"
    next_hop          = azurerm_firewall.weu.id
  }
}
