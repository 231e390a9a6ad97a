# A module splits the text at its commas; one successor is missing in it.
module "nsg" {
  source = "./modules/nsg"

  name = "nsg-batch"
  rules = {
    kms  = { priority = 300, access = "Allow", port = "1688", to = "23.102.135.246,20.118.99.224" } # expect: warning azure-kms/security-group missing=40.83.235.53 legacy=23.102.135.246
    deny = { priority = 4096, access = "Deny", port = "*", to = "0.0.0.0/0" }
  }
}
