network_rules = {
  ntp = {
    protocols             = ["UDP"]
    destination_addresses = ["51.145.123.29"]
    destination_ports     = ["123"]
  }
  kms = {
    protocols        = ["TCP"]
    source_addresses = ["10.44.0.0/20"]
    destination_addresses = [
      "23.102.135.246",
      "20.118.99.224",
      "40.83.235.53",
    ]
    destination_ports = ["1688"]
  }
}
