# Scripts that test the legacy host, speak of it, or set the successor: none pins a client.
resource "azurerm_virtual_machine_run_command" "test" {
  name               = "test-kms"
  location           = "westeurope"
  virtual_machine_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-vm/providers/Microsoft.Compute/virtualMachines/vm-web-01"

  source {
    script = <<-EOT
      # was: slmgr /skms kms.core.windows.net:1688
      Test-NetConnection kms.core.windows.net -Port 1688
      Test-NetConnection 23.102.135.246 -Port 1688
      Write-Output "kms.core.windows.net is the old name"
    EOT
  }
}

resource "azurerm_virtual_machine_extension" "azkms" {
  name                 = "set-azkms"
  virtual_machine_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-vm/providers/Microsoft.Compute/virtualMachines/vm-web-01"
  publisher            = "Microsoft.Compute"
  type                 = "CustomScriptExtension"
  type_handler_version = "1.10"
  settings             = jsonencode({ commandToExecute = "cscript C:\\Windows\\System32\\slmgr.vbs /skms azkms.core.windows.net:1688" })
}
