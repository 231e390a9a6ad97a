# A security group written with azapi, its body as JSON text.
terraform {
  required_providers {
    azapi = {
      source  = "Azure/azapi"
      version = "~> 1.15"
    }
  }
}

resource "azapi_resource" "nsg" {
  type      = "Microsoft.Network/networkSecurityGroups@2023-09-01"
  name      = "nsg-workers"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-workers"
  location  = "northeurope"

  body = jsonencode({
    properties = {
      securityRules = [
        {
          name = "AllowKms"
          properties = {
            priority                 = 200
            direction                = "Outbound"
            access                   = "Allow"
            protocol                 = "Tcp"
            sourcePortRange          = "*"
            sourceAddressPrefix      = "*"
            destinationPortRange     = "1688"
            destinationAddressPrefix = "23.102.135.246" # expect: warning azure-kms/security-group missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246"
          }
        },
        {
          name = "DenyInternet"
          properties = {
            priority                 = 4000
            direction                = "Outbound"
            access                   = "Deny"
            protocol                 = "*"
            sourcePortRange          = "*"
            sourceAddressPrefix      = "*"
            destinationPortRange     = "*"
            destinationAddressPrefix = "Internet"
          }
        },
      ]
    }
  })
}
