# One table for each spoke; the literal stands in a local that all of them take.
locals {
  spokes = {
    payroll = "10.61.0.4"
    stores  = "10.62.0.4"
  }
  exempt = {
    kms = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 containers=module.spoke["payroll"],module.spoke["stores"]
    crl = "93.184.216.34/32"
  }
}

module "spoke" {
  source   = "Azure/avm-res-network-routetable/azurerm"
  version  = "0.4.1"
  for_each = local.spokes

  name                = "rt-${each.key}"
  location            = "northeurope"
  resource_group_name = "rg-${each.key}"

  routes = merge(
    { for name, prefix in local.exempt : name => { name = "to-${name}", address_prefix = prefix, next_hop_type = "Internet" } },
    { default = { name = "default", address_prefix = "0.0.0.0/0", next_hop_type = "VirtualAppliance", next_hop_in_ip_address = each.value } },
  )
}
