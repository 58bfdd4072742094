variable "alarms" {
  description = "Alarms, and whom they tell. topic_arn: a topic that is there; without it one is made, with a subscription for each address."
  nullable    = false
  default     = {}
  type = object({
    enabled                = optional(bool, true)
    topic_arn              = optional(string)
    email_addresses        = optional(list(string), [])
    error_count            = optional(number, 1)
    server_error_count     = optional(number, 10)
    ingest_duration_p99_ms = optional(number, 3000)
    read_duration_p99_ms   = optional(number, 15000)
    rejected_share_percent = optional(number, 5)
  })

  validation {
    condition     = alltrue([for address in var.alarms.email_addresses : can(regex("^[^@\\s]+@[^@\\s]+$", address))])
    error_message = "alarms.email_addresses must be e-mail addresses."
  }

  validation {
    condition     = var.alarms.topic_arn == null || length(var.alarms.email_addresses) == 0
    error_message = "alarms.email_addresses goes with the module's own topic: subscribe to alarms.topic_arn where that topic is made."
  }

  validation {
    condition     = var.alarms.enabled || var.alarms.topic_arn == null && length(var.alarms.email_addresses) == 0
    error_message = "alarms.topic_arn and alarms.email_addresses do nothing with alarms.enabled = false."
  }

  validation {
    condition     = var.alarms.error_count >= 1 && var.alarms.server_error_count >= 1
    error_message = "alarms.error_count and alarms.server_error_count must be at least 1."
  }

  validation {
    condition     = var.alarms.ingest_duration_p99_ms < var.ingest.timeout_seconds * 1000 && var.alarms.read_duration_p99_ms < var.read.timeout_seconds * 1000
    error_message = "alarms.*_duration_p99_ms must be below the function's timeout: no invocation ever takes longer."
  }

  validation {
    condition     = var.alarms.rejected_share_percent > 0 && var.alarms.rejected_share_percent < 100
    error_message = "alarms.rejected_share_percent must be between 0 and 100, both excluded."
  }
}

variable "dashboard" {
  description = "Makes a CloudWatch dashboard (an account has three for nothing, each more is $3 a month)."
  type        = bool
  nullable    = false
  default     = true
}

variable "budget" {
  description = "Mails when the month's cost of this installation nears the limit. Activate the cost allocation tag \"LogService\" first."
  default     = null
  type = object({
    limit_usd       = number
    email_addresses = list(string)
  })

  validation {
    condition     = var.budget == null || try(var.budget.limit_usd > 0, false)
    error_message = "budget.limit_usd must be above 0."
  }

  validation {
    condition     = var.budget == null || try(length(var.budget.email_addresses) >= 1 && alltrue([for address in var.budget.email_addresses : can(regex("^[^@\\s]+@[^@\\s]+$", address))]), false)
    error_message = "budget.email_addresses must hold an e-mail address."
  }
}
