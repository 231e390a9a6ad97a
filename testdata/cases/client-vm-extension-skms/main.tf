# A script extension tells a machine to activate at the legacy host.
resource "azurerm_virtual_machine_extension" "activate" {
  name                 = "activate-windows"
  virtual_machine_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-vm/providers/Microsoft.Compute/virtualMachines/vm-app-01"
  publisher            = "Microsoft.Compute"
  type                 = "CustomScriptExtension"
  type_handler_version = "1.10"

  settings = jsonencode({
    commandToExecute = "cscript //nologo C:\\Windows\\System32\\slmgr.vbs /skms kms.core.windows.net:1688 && cscript //nologo C:\\Windows\\System32\\slmgr.vbs /ato" # expect: warning azure-kms/client missing=azkms.core.windows.net legacy=kms.core.windows.net
  })
}
