# Numbers for strings, strings for numbers and booleans, tuples for sets, maps for objects and the other way.
locals {
  tuple  = ["b", 1, true, "1"]
  mixed  = [22, "443", 1688.0, "1688"]
  object = { a = 1, b = "2", c = true }
  nums   = { small = 0.1 + 0.2, exp = 1.5e6, neg = -0, div = 10 / 4, third = 1 / 3, mod = -7 % 3 }
  set    = toset(local.mixed)
  eq     = { n = 1 == "1", s = tostring(1) == "1", b = true == "true", l = [1, 2] == tolist([1, 2]), nul = null == "", o = { a = 1 } == tomap({ a = 1 }) }
}

resource "azurerm_network_security_rule" "r" {
  for_each = local.set

  name                        = "port-${each.value}"
  resource_group_name         = "rg"
  network_security_group_name = "nsg"
  priority                    = "1${format("%02d", index(sort(local.set), each.value))}"
  direction                   = true ? "Outbound" : 0
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  source_address_prefix       = format("10.%d.0.0/16", var.source_count)
  destination_port_ranges     = [each.value, 8000 + length(local.set)]
  destination_address_prefix  = var.object.target
  description                 = "${var.anything[1]} ${var.tuple[0]} ${var.flags.on} ${var.number}"
}

resource "azurerm_route_table" "tags" {
  name                          = 4711
  location                      = "westeurope"
  resource_group_name           = "rg"
  bgp_route_propagation_enabled = "true"
  tags = merge(
    { for k, v in local.object : "o_${k}" => v },
    { for k, v in local.nums : "n_${k}" => v },
    { for k, v in local.eq : "e_${k}" => v },
    {
      joined   = join("|", local.tuple)
      set      = join("|", toset(local.tuple))
      list     = join("|", tolist(local.tuple))
      sorted   = join("|", sort(local.tuple))
      distinct = join("|", distinct(local.tuple))
      number   = tonumber("0010") + "5"
      bool     = tobool("true") && "true"
      hex      = parseint("1F", 16) + 0
      compare  = "10" > 9
      jsonnum  = jsonencode({ a = 1.0, b = 1e21, c = 0.1, d = 100000000000000000000 })
    }
  )
}

resource "azurerm_ip_group" "conv" {
  name                = "ipg"
  location            = "westeurope"
  resource_group_name = "rg"
  cidrs               = values({ z = "10.2.0.0/16", a = "10.1.0.0/16" })
}

resource "azurerm_firewall_network_rule_collection" "conv" {
  name                = "coll"
  azure_firewall_name = "afw"
  resource_group_name = "rg"
  priority            = "0200"
  action              = "Allow"
  rule {
    name                  = 1
    destination_ports     = toset(["443", 1688, 22])
    destination_addresses = toset(["23.102.135.246", "10.0.0.4"])
    protocols             = ["TCP"]
    source_addresses      = var.sources
  }
}
