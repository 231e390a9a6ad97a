# A run command for every machine of a map: its script names the legacy host, in a heredoc.
locals {
  machines = {
    web = "vm-web-01"
    sql = "vm-sql-01"
  }
}

resource "azurerm_virtual_machine_run_command" "kms" {
  for_each = local.machines

  name               = "set-kms"
  location           = "westeurope"
  virtual_machine_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-vm/providers/Microsoft.Compute/virtualMachines/${each.value}"

  source {
    script = <<-EOT
      $log = "C:\Windows\Temp\kms.log"
      cscript //nologo C:\Windows\System32\slmgr.vbs /skms kms.core.windows.net:1688 >> $log # expect: warning azure-kms/client missing=azkms.core.windows.net legacy=kms.core.windows.net
      cscript //nologo C:\Windows\System32\slmgr.vbs /ato >> $log
    EOT
  }
}
