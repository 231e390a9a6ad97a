# A deployment template as JSON text inside the code: its security group allows the legacy address before a deny.
resource "azurerm_resource_group_template_deployment" "nsg" {
  name                = "nsg-template"
  resource_group_name = "rg-template"
  deployment_mode     = "Incremental"

  template_content = jsonencode({
    "$schema"      = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    contentVersion = "1.0.0.0"
    resources = [
      {
        type       = "Microsoft.Network/networkSecurityGroups"
        apiVersion = "2023-09-01"
        name       = "nsg-template"
        location   = "westeurope"
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
              name = "DenyAll"
              properties = {
                priority                 = 4096
                direction                = "Outbound"
                access                   = "Deny"
                protocol                 = "*"
                sourcePortRange          = "*"
                sourceAddressPrefix      = "*"
                destinationPortRange     = "*"
                destinationAddressPrefix = "*"
              }
            },
          ]
        }
      },
    ]
  })
}
