# Comments, names, descriptions, tags, outputs and a denied rule: 23.102.135.246 and kms.core.windows.net pin nothing here.
variable "old_kms" {
  description = "Was allowed until 2022: 23.102.135.246, kms.core.windows.net"
  type        = list(string)
  default     = ["23.102.135.246"]
}

resource "azurerm_network_security_group" "clean" {
  name                = "nsg-clean"
  location            = "westeurope"
  resource_group_name = "rg-clean"

  # security_rule {
  #   name                       = "kms"
  #   destination_address_prefix = "23.102.135.246"
  # }

  security_rule {
    name        = "kms-23.102.135.246-denied"
    description = "No activation by kms.core.windows.net from here"
    priority    = 300
    direction   = "Outbound"
    access      = "Deny"
    protocol    = "Tcp"

    source_port_range            = "*"
    destination_port_range       = "1688"
    source_address_prefix        = "*"
    destination_address_prefixes = var.old_kms
  }

  security_rule {
    name                       = "ssh-from-office"
    priority                   = 310
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "20.118.99.224"
    destination_address_prefix = "*"
  }

  tags = {
    kms  = "23.102.135.246"
    typo = "20.118.99.244"
  }
}

output "kms" {
  description = "kms.core.windows.net"
  value       = "kms.core.windows.net:1688"
}
