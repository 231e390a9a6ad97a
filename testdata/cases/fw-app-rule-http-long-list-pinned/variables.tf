variable "required_fqdns" {
  description = "What a desktop has to reach"
  type        = list(string)
  default = [
    "*.wvd.microsoft.com",
    "*.prod.warm.ingest.monitor.core.windows.net",
    "gcs.prod.monitoring.core.windows.net",
    "catalogartifact.azureedge.net",
    "kms.core.windows.net", # expect: error azure-kms/firewall missing=azkms.core.windows.net legacy="kms.core.windows.net"
    "mrsglobalsteus2prod.blob.core.windows.net",
    "wvdportalstorageblob.blob.core.windows.net",
    "oneocsp.microsoft.com",
    "www.microsoft.com",
    "login.microsoftonline.com",
    "*.events.data.microsoft.com",
    "www.msftconnecttest.com",
    "*.sfx.ms",
    "*.digicert.com",
    "*.azure-dns.com",
    "*.azure-dns.net",
  ]
}
