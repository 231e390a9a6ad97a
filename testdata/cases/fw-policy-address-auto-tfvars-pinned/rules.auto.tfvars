collections = [
  {
    name     = "nrc-avd-base"
    priority = 1210
    rules = [
      {
        name      = "time"
        to        = ["40.119.6.228"]
        ports     = ["123"]
        protocols = ["UDP"]
      },
      {
        name  = "KMS"
        to    = ["23.102.135.246", "20.118.99.224"] # expect: error azure-kms/firewall missing=40.83.235.53 legacy="23.102.135.246"
        ports = ["1688"]
      },
    ]
  },
]
