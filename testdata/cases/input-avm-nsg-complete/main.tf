# A second rule for the successors; an inbound rule, a denied address and another port pin nothing.
module "nsg" {
  source  = "Azure/avm-res-network-networksecuritygroup/azurerm"
  version = "0.5.0"

  name                = "nsg-web"
  location            = "northeurope"
  resource_group_name = "rg-network"

  security_rules = {
    for name, rule in {
      old    = { priority = 200, access = "Allow", direction = "Outbound", to = ["23.102.135.246"], port = "1688" }
      new    = { priority = 210, access = "Allow", direction = "Outbound", to = ["20.118.99.224", "40.83.235.53"], port = "1688" }
      web    = { priority = 220, access = "Allow", direction = "Outbound", to = ["23.102.135.246"], port = "443" }
      answer = { priority = 230, access = "Allow", direction = "Inbound", to = ["23.102.135.246"], port = "1688" }
      stop   = { priority = 240, access = "Deny", direction = "Outbound", to = ["23.102.135.246"], port = "80" }
      rest   = { priority = 4000, access = "Deny", direction = "Outbound", to = ["0.0.0.0/0"], port = "*" }
      } : name => {
      name                         = name
      access                       = rule.access
      direction                    = rule.direction
      priority                     = rule.priority
      protocol                     = "Tcp"
      source_address_prefix        = "*"
      source_port_range            = "*"
      destination_address_prefixes = rule.to
      destination_port_range       = rule.port
    }
  }
}
