# Computed values pass through typed module variables with optional members, sets and maps, and come back in outputs.
resource "azurerm_subnet" "s" {
  for_each             = { app = 1, db = 2 }
  name                 = "snet-${each.key}"
  resource_group_name  = "rg"
  virtual_network_name = "vnet"
  address_prefixes     = [cidrsubnet("10.0.0.0/16", 8, each.value)]
}

resource "azurerm_public_ip" "nat" {
  count               = 1
  name                = "pip-nat"
  location            = "westeurope"
  resource_group_name = "rg"
  allocation_method   = "Static"
}

module "table" {
  source = "./table"
  name   = "rt"
  hops = {
    nat   = { ip = azurerm_public_ip.nat[0].ip_address }
    fixed = { ip = "10.0.0.4", weight = "7" }
    none  = {}
  }
  subnets  = { for k, s in azurerm_subnet.s : k => s.id }
  prefixes = ["23.102.135.246/32", "${one(azurerm_public_ip.nat[*].ip_address)}/32"]
  anything = { id = azurerm_subnet.s["app"].id, list = [azurerm_subnet.s["db"].id, "x"], text = "t" }
}

resource "azurerm_route_table" "out" {
  name                = module.table.name
  location            = "westeurope"
  resource_group_name = "rg"
  tags = {
    weights = join(",", [for k, h in module.table.hops : "${k}=${h.weight}"])
    fixed   = module.table.hops["fixed"].ip
    nat     = module.table.hops["nat"].ip
    none    = module.table.hops["none"].ip == null ? "null" : "set"
    count   = module.table.count_subnets
    text    = module.table.anything.text
    list    = module.table.anything.list[1]
    id      = module.table.anything.id
    try     = try(module.table.anything.missing, module.table.anything.text)
    prefix  = module.table.prefixes[0]
  }
}
