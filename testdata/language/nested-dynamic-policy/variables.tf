variable "location" {
  default = "germanywestcentral"
}

variable "ip_groups" {
  type = map(set(string))
  default = {
    onprem = ["192.168.0.0/16", "172.20.0.0/14", "192.168.0.0/16"]
    azure  = ["10.0.0.0/8"]
  }
}

variable "groups" {
  type = list(object({
    name = string
    collections = optional(list(object({
      kind   = optional(string, "network")
      name   = string
      action = optional(string, "allow")
      rules = optional(list(object({
        name          = string
        protocols     = optional(list(string))
        sources       = optional(list(string))
        source_groups = optional(list(string))
        destinations  = optional(list(string))
        fqdns         = optional(list(string))
        ports         = optional(list(string), ["443"])
      })), [])
    })), [])
  }))
}
