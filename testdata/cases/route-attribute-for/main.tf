# Attribute mode with a for expression over a variable.
variable "direct" {
  type = list(object({
    name   = string
    prefix = string
  }))
  default = [
    { name = "monitor", prefix = "AzureMonitor" },
    { name = "kms", prefix = "23.102.135.246/32" }, # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
  ]
}

resource "azurerm_route_table" "this" {
  name                = "rt-attribute"
  location            = "switzerlandnorth"
  resource_group_name = "rg-attribute"

  route = concat(
    [{
      name                   = "default"
      address_prefix         = "0.0.0.0/0"
      next_hop_type          = "VirtualAppliance"
      next_hop_in_ip_address = "10.5.0.4"
    }],
    [for r in var.direct : {
      name                   = r.name
      address_prefix         = r.prefix
      next_hop_type          = "Internet"
      next_hop_in_ip_address = null
    }],
  )
}
