# A route table written with azapi, its body an object.
terraform {
  required_providers {
    azapi = {
      source = "Azure/azapi"
    }
  }
}

resource "azapi_resource" "rt" {
  type      = "Microsoft.Network/routeTables@2024-05-01"
  name      = "rt-spoke"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-spoke"
  location  = "westeurope"

  body = {
    properties = {
      disableBgpRoutePropagation = true
      routes = [
        {
          name = "default"
          properties = {
            addressPrefix    = "0.0.0.0/0"
            nextHopType      = "VirtualAppliance"
            nextHopIpAddress = "10.0.0.4"
          }
        },
        {
          name = "kms"
          properties = {
            addressPrefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
            nextHopType   = "Internet"
          }
        },
      ]
    }
  }
}
