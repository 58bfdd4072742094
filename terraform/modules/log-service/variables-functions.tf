variable "ingest" {
  description = "The function that stores logs. package_path: the zip that `npm run build` makes. version: pins the address to an earlier version (rollback); null follows the newest. authorization: NONE (the function checks keys) or AWS_IAM (only signed requests reach it). reserved_concurrency: null reserves nothing; it also caps the rate at ten times as many requests/s. environment: further settings."
  nullable    = false
  type = object({
    package_path         = string
    version              = optional(string)
    memory_mb            = optional(number, 512)
    timeout_seconds      = optional(number, 15)
    reserved_concurrency = optional(number)
    authorization        = optional(string, "NONE")
    environment          = optional(map(string), {})
  })

  validation {
    condition     = var.ingest.version == null || can(regex("^[1-9][0-9]*$", var.ingest.version))
    error_message = "ingest.version must be the number of a published version, as in \"12\"."
  }

  validation {
    condition     = var.ingest.memory_mb >= 128 && var.ingest.memory_mb <= 10240 && floor(var.ingest.memory_mb) == var.ingest.memory_mb
    error_message = "ingest.memory_mb must be a whole number from 128 to 10240."
  }

  validation {
    # Past 30 s a sender has given up, and CloudFront too.
    condition     = var.ingest.timeout_seconds >= 3 && var.ingest.timeout_seconds <= 30
    error_message = "ingest.timeout_seconds must be from 3 to 30."
  }

  validation {
    condition     = try(var.ingest.reserved_concurrency >= 1, var.ingest.reserved_concurrency == null)
    error_message = "ingest.reserved_concurrency must be null or at least 1: with 0 the function never runs."
  }

  validation {
    condition     = contains(["NONE", "AWS_IAM"], var.ingest.authorization)
    error_message = "ingest.authorization must be NONE or AWS_IAM."
  }

  validation {
    condition     = length(setintersection(keys(var.ingest.environment), ["LOG_SERVICE_TABLE", "LOG_SERVICE_KEYS_TABLE", "LOG_SERVICE_RETENTION_DAYS"])) == 0
    error_message = "ingest.environment must not hold LOG_SERVICE_TABLE, LOG_SERVICE_KEYS_TABLE or LOG_SERVICE_RETENTION_DAYS: the module sets them."
  }
}

variable "read" {
  description = "The function that finds logs; as ingest, and invoke_mode: BUFFERED (answers up to 6 MB) or RESPONSE_STREAM (exports of up to 200 MB, for as long as timeout_seconds; not in a VPC)."
  nullable    = false
  type = object({
    package_path         = string
    version              = optional(string)
    memory_mb            = optional(number, 1024)
    timeout_seconds      = optional(number, 30)
    reserved_concurrency = optional(number)
    authorization        = optional(string, "NONE")
    invoke_mode          = optional(string, "BUFFERED")
    environment          = optional(map(string), {})
  })

  validation {
    condition     = var.read.version == null || can(regex("^[1-9][0-9]*$", var.read.version))
    error_message = "read.version must be the number of a published version, as in \"12\"."
  }

  validation {
    condition     = var.read.memory_mb >= 128 && var.read.memory_mb <= 10240 && floor(var.read.memory_mb) == var.read.memory_mb
    error_message = "read.memory_mb must be a whole number from 128 to 10240."
  }

  validation {
    # An export that streams may take minutes; 900 is Lambda's own limit.
    condition     = var.read.timeout_seconds >= 3 && var.read.timeout_seconds <= 900
    error_message = "read.timeout_seconds must be from 3 to 900."
  }

  validation {
    condition     = try(var.read.reserved_concurrency >= 1, var.read.reserved_concurrency == null)
    error_message = "read.reserved_concurrency must be null or at least 1: with 0 the function never runs."
  }

  validation {
    condition     = contains(["NONE", "AWS_IAM"], var.read.authorization)
    error_message = "read.authorization must be NONE or AWS_IAM."
  }

  validation {
    condition     = contains(["BUFFERED", "RESPONSE_STREAM"], var.read.invoke_mode)
    error_message = "read.invoke_mode must be BUFFERED or RESPONSE_STREAM."
  }

  validation {
    condition     = var.read.invoke_mode == "BUFFERED" || var.vpc == null
    error_message = "read.invoke_mode must be BUFFERED in a VPC: Lambda does not stream from there through a URL."
  }

  validation {
    condition     = length(setintersection(keys(var.read.environment), ["LOG_SERVICE_TABLE", "LOG_SERVICE_KEYS_TABLE", "LOG_SERVICE_RETENTION_DAYS", "LOG_SERVICE_INVOKE_MODE"])) == 0
    error_message = "read.environment must not hold LOG_SERVICE_TABLE, LOG_SERVICE_KEYS_TABLE, LOG_SERVICE_RETENTION_DAYS or LOG_SERVICE_INVOKE_MODE: the module sets them."
  }
}

variable "runtime" {
  description = "Lambda's runtime of the functions."
  type        = string
  nullable    = false
  default     = "nodejs24.x"

  validation {
    # zstd came into node:zlib with 22.15.
    condition     = can(regex("^nodejs(2[2-9]|[3-9][0-9])\\.x$", var.runtime))
    error_message = "runtime must be nodejs22.x or newer."
  }
}

variable "log_level" {
  description = "The least severe level that the functions write to their own logs."
  type        = string
  nullable    = false
  default     = "INFO"

  validation {
    # Embedded metrics have no level, and a line without one counts as INFO: WARN would silence metrics and alarms.
    condition     = contains(["TRACE", "DEBUG", "INFO"], var.log_level)
    error_message = "log_level must be TRACE, DEBUG or INFO: above INFO Lambda drops the lines that carry the metrics."
  }
}

variable "log_retention_days" {
  description = "How long the functions' own logs are kept."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}

variable "cors_allow_origins" {
  description = "Origins of pages that may call the addresses from a browser. Any by default: each call needs a key anyway."
  type        = list(string)
  nullable    = false
  default     = ["*"]

  validation {
    condition     = alltrue([for origin in var.cors_allow_origins : origin == "*" || can(regex("^https?://[^/*\\s]+$", origin))])
    error_message = "cors_allow_origins must be \"*\" or origins like https://logs.example.com, without a path or a slash at the end."
  }

  validation {
    condition     = length(var.cors_allow_origins) >= 1 && (length(var.cors_allow_origins) == 1 || !contains(var.cors_allow_origins, "*"))
    error_message = "cors_allow_origins must hold an origin, and \"*\" only alone."
  }
}
