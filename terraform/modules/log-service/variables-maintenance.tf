variable "maintenance" {
  description = "The function that erases; as ingest. timeout_seconds: how long one invocation works before the next one goes on."
  nullable    = false
  type = object({
    package_path         = string
    version              = optional(string)
    memory_mb            = optional(number, 1024)
    timeout_seconds      = optional(number, 900)
    reserved_concurrency = optional(number)
    authorization        = optional(string, "NONE")
    environment          = optional(map(string), {})
  })

  validation {
    condition     = var.maintenance.version == null || can(regex("^[1-9][0-9]*$", var.maintenance.version))
    error_message = "maintenance.version must be the number of a published version, as in \"12\"."
  }

  validation {
    # It holds some hundred chunks at once.
    condition     = var.maintenance.memory_mb >= 512 && var.maintenance.memory_mb <= 10240 && floor(var.maintenance.memory_mb) == var.maintenance.memory_mb
    error_message = "maintenance.memory_mb must be a whole number from 512 to 10240."
  }

  validation {
    # It stops 20 s before its end, so that the next one can go on from there; 900 is Lambda's own limit.
    condition     = var.maintenance.timeout_seconds >= 60 && var.maintenance.timeout_seconds <= 900
    error_message = "maintenance.timeout_seconds must be from 60 to 900."
  }

  validation {
    # One works, and one answers meanwhile.
    condition     = try(var.maintenance.reserved_concurrency >= 2, var.maintenance.reserved_concurrency == null)
    error_message = "maintenance.reserved_concurrency must be null or at least 2: one works while another answers."
  }

  validation {
    condition     = contains(["NONE", "AWS_IAM"], var.maintenance.authorization)
    error_message = "maintenance.authorization must be NONE or AWS_IAM."
  }

  validation {
    condition     = length(setintersection(keys(var.maintenance.environment), ["LOG_SERVICE_TABLE", "LOG_SERVICE_KEYS_TABLE", "LOG_SERVICE_RETENTION_DAYS", "LOG_SERVICE_INVOKE_MODE"])) == 0
    error_message = "maintenance.environment must not hold LOG_SERVICE_TABLE, LOG_SERVICE_KEYS_TABLE, LOG_SERVICE_RETENTION_DAYS or LOG_SERVICE_INVOKE_MODE: the module sets them."
  }
}
