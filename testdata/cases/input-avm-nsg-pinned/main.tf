# The group lets the legacy address out and denies the rest; the second hangs on a subnet with a default route.
module "nsg_web" {
  source  = "Azure/avm-res-network-networksecuritygroup/azurerm"
  version = "0.5.0"

  name                = "nsg-web"
  location            = "northeurope"
  resource_group_name = "rg-network"

  security_rules = {
    kms = {
      name                       = "AllowKms"
      access                     = "Allow"
      direction                  = "Outbound"
      priority                   = 200
      protocol                   = "Tcp"
      source_address_prefix      = "*"
      source_port_range          = "*"
      destination_address_prefix = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=module.nsg_web
      destination_port_range     = "1688"
    }
    rest = {
      name                       = "DenyRest"
      access                     = "Deny"
      direction                  = "Outbound"
      priority                   = 4000
      protocol                   = "*"
      source_address_prefix      = "*"
      source_port_range          = "*"
      destination_address_prefix = "Internet"
      destination_port_range     = "*"
    }
  }
}

module "nsg_app" {
  source  = "Azure/avm-res-network-networksecuritygroup/azurerm"
  version = "0.5.0"

  name                = "nsg-app"
  location            = "northeurope"
  resource_group_name = "rg-network"

  security_rules = {
    kms = {
      name                         = "AllowKms"
      access                       = "Allow"
      direction                    = "Outbound"
      priority                     = 200
      protocol                     = "Tcp"
      source_address_prefix        = "*"
      source_port_range            = "*"
      destination_address_prefixes = ["23.102.135.246"] # expect: error azure-kms/security-group missing=20.118.99.224,40.83.235.53 containers=module.nsg_app
      destination_port_ranges      = ["1688"]
    }
    rest = {
      name                       = "DenyRest"
      access                     = "Deny"
      direction                  = "Outbound"
      priority                   = 4000
      protocol                   = "*"
      source_address_prefix      = "*"
      source_port_range          = "*"
      destination_address_prefix = "*"
      destination_port_range     = "*"
    }
  }
}

module "rt_app" {
  source  = "Azure/avm-res-network-routetable/azurerm"
  version = "0.4.1"

  name                = "rt-app"
  location            = "northeurope"
  resource_group_name = "rg-network"

  routes = {
    default = { name = "default", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualAppliance", next_hop_in_ip_address = "10.0.0.4" }
  }
}

resource "azurerm_subnet" "app" {
  name                 = "snet-app"
  resource_group_name  = "rg-network"
  virtual_network_name = "vnet"
  address_prefixes     = ["10.1.0.0/24"]
}

resource "azurerm_subnet_network_security_group_association" "app" {
  subnet_id                 = azurerm_subnet.app.id
  network_security_group_id = module.nsg_app.resource_id
}

resource "azurerm_subnet_route_table_association" "app" {
  subnet_id      = azurerm_subnet.app.id
  route_table_id = module.rt_app.resource_id
}
