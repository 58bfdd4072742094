variable "deletion_protection" {
  description = "Refuses to delete the tables. To remove an installation, apply with false first, then destroy."
  type        = bool
  nullable    = false
  default     = true
}

variable "point_in_time_recovery_days" {
  description = "How far back the tables can be restored to any second, 1 to 35 days ($0.20/GB-month whatever the number); 0 is off."
  type        = number
  nullable    = false
  default     = 35

  validation {
    condition     = var.point_in_time_recovery_days >= 0 && var.point_in_time_recovery_days <= 35 && floor(var.point_in_time_recovery_days) == var.point_in_time_recovery_days
    error_message = "point_in_time_recovery_days must be a whole number from 0 to 35."
  }
}

variable "throughput_caps" {
  description = "The most that the chunks' table takes, so that a runaway sender cannot run up a bill. null: the account's quota. Once set, -1 lifts a cap; null would leave it as it is."
  default     = null
  type = object({
    write_units_per_second = number
    read_units_per_second  = number
  })

  validation {
    condition = var.throughput_caps == null || alltrue([
      for cap in try([var.throughput_caps.write_units_per_second, var.throughput_caps.read_units_per_second], []) :
      cap == -1 || cap >= 1 && floor(cap) == cap
    ])
    error_message = "throughput_caps must be whole numbers of at least 1, or -1 for none."
  }
}

variable "replicated" {
  description = "Lets the tables have replicas: set it on the first Region's instance before there is a standby."
  type        = bool
  nullable    = false
  default     = false
}

variable "replica_of" {
  description = "Makes this instance a standby: its tables are replicas of these. Each write is paid once more in each Region."
  default     = null
  type = object({
    chunks_table_arn = string
    keys_table_arn   = string
  })

  validation {
    condition = var.replica_of == null || alltrue([
      for arn in try([var.replica_of.chunks_table_arn, var.replica_of.keys_table_arn], []) :
      can(regex("^arn:[^:]+:dynamodb:[^:]+:[0-9]{12}:table/[^/]+$", arn))
    ])
    error_message = "replica_of must hold the ARNs of the first Region's tables."
  }

  validation {
    condition     = var.replica_of == null || !var.replicated && var.throughput_caps == null
    error_message = "replica_of excludes replicated and throughput_caps: a replica takes both from the first Region's table."
  }
}
