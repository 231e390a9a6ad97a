variable "name" {
  type     = string
  default  = "default-name"
  nullable = false
}

variable "cidrs" {
  type     = set(string)
  default  = ["10.0.0.0/8", "172.16.0.0/12"]
  nullable = false
}

variable "keep_null" {
  type    = string
  default = "was not given"
}

variable "no_default" { type = string }

variable "with_default" {
  type = object({
    cidrs = optional(list(string), ["192.168.0.0/16"])
    other = optional(string)
    bool  = optional(bool, true)
  })
}

resource "azurerm_ip_group" "g" {
  name                = "ipg-${var.name}"
  location            = "westeurope"
  resource_group_name = "rg"
  cidrs               = setunion(var.cidrs, var.with_default.cidrs)
  tags = {
    keep  = var.keep_null == null ? "null" : var.keep_null
    given = coalesce(var.no_default, "nothing")
    other = var.with_default.other
    bool  = var.with_default.bool
  }
}
