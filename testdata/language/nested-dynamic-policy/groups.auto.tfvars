groups = [
  {
    name = "platform"
    collections = [
      {
        name = "kms"
        rules = [
          { name = "activation", sources = ["10.0.0.0/8"], fqdns = ["kms.core.windows.net", "azkms.core.windows.net"], ports = [1688] },
          { name = "by-address", protocols = ["tcp", "udp"], source_groups = ["onprem", "azure"], destinations = ["23.102.135.246", "20.118.99.224"], ports = ["1688-1688"] },
        ]
      },
      { kind = "application", name = "updates", rules = [{ name = "wu", protocols = ["https:443", "http:80", "https:443"], sources = ["*"], fqdns = ["*.windowsupdate.com"] }] },
      { name = "denied", action = "deny", rules = [{ name = "all", protocols = ["any"], destinations = ["*"], ports = ["*"] }] },
    ]
  },
  { name = "workload" },
]
