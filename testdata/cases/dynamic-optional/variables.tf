variable "routes" {
  type = list(object({
    name   = string
    prefix = string
    hop = optional(object({
      type = optional(string, "Internet")
      ip   = optional(string)
    }), {})
  }))
  default = [
    {
      name   = "default"
      prefix = "0.0.0.0/0"
      hop    = { type = "VirtualAppliance", ip = "10.66.0.4" }
    },
    {
      name   = "kms"
      prefix = "23.102.135.246/32" # expect: error azure-kms/route-table missing=20.118.99.224,40.83.235.53 legacy="23.102.135.246/32"
    },
  ]
}
