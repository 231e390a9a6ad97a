# 23.102.135.246 (kms.core.windows.net) is spoken of in many places here, and routed nowhere.
variable "old_kms" {
  description = "Was 23.102.135.246/32 until the change of 2022."
  type        = string
  default     = "23.102.135.246/32"
}

resource "azurerm_route_table" "app" {
  name                = "rt-app"
  location            = "uksouth"
  resource_group_name = "rg-app"

  route {
    name                   = "default" # not 23.102.135.246
    address_prefix         = "0.0.0.0/0"
    next_hop_type          = "VirtualAppliance"
    next_hop_in_ip_address = "10.1.0.4"
  }

  /*
  route {
    name           = "kms"
    address_prefix = "23.102.135.246/32"
    next_hop_type  = "Internet"
  }
  */

  tags = {
    note = "activation: kms.core.windows.net, 23.102.135.246"
    kms  = var.old_kms
  }
}

// address_prefix = "23.102.135.246/32"
output "legacy" {
  description = "23.102.135.246"
  value       = var.old_kms
}
