variable "name" {
  description = "Prefix of everything's name; one installation a name, account and Region."
  type        = string
  nullable    = false
  default     = "log-service"

  validation {
    # The longest name made of it is a role's: 64 characters with "-ingest-" and the Region.
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 32 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "tags" {
  description = "Tags of every resource, beside the module's own tag \"LogService\" by which a budget finds the cost."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = !contains(keys(var.tags), "LogService")
    error_message = "tags must not have the key \"LogService\": the module sets it to the name."
  }
}

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
  description = "Lambda's runtime of both functions."
  type        = string
  nullable    = false
  default     = "nodejs24.x"

  validation {
    # zstd came into node:zlib with 22.15.
    condition     = can(regex("^nodejs(2[2-9]|[3-9][0-9])\\.x$", var.runtime))
    error_message = "runtime must be nodejs22.x or newer."
  }
}

variable "retention_days" {
  description = "How long entries can be found. DynamoDB deletes them within about a week after that."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 3650 && floor(var.retention_days) == var.retention_days
    error_message = "retention_days must be a whole number from 1 to 3650."
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

variable "create_kms_key" {
  description = "Makes a customer key ($1 a month and requests) for tables, logs and the alarm topic."
  type        = bool
  nullable    = false
  default     = false
}

variable "kms_key_arn" {
  description = "A customer key that is there, instead. Its policy must allow what kms.tf allows."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (not of an alias)."
  }

  validation {
    condition     = var.kms_key_arn == null || !var.create_kms_key
    error_message = "kms_key_arn and create_kms_key exclude each other."
  }
}

variable "kms_deletion_window_days" {
  description = "How long a destroyed key can still be called back. When it is gone, so is all that it encrypted, backups included."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = var.kms_deletion_window_days >= 7 && var.kms_deletion_window_days <= 30
    error_message = "kms_deletion_window_days must be from 7 to 30."
  }
}

variable "vpc" {
  description = "Runs the functions in a VPC. route_table_ids: where a gateway endpoint for DynamoDB is made; dynamodb_prefix_list_id: of an endpoint that is there, instead."
  default     = null
  type = object({
    vpc_id                  = string
    subnet_ids              = list(string)
    route_table_ids         = optional(list(string), [])
    dynamodb_prefix_list_id = optional(string)
  })

  validation {
    condition     = var.vpc == null || length(try(var.vpc.subnet_ids, [])) >= 1
    error_message = "vpc.subnet_ids must name a subnet, better two in different zones."
  }

  validation {
    condition     = var.vpc == null || (try(var.vpc.dynamodb_prefix_list_id, null) == null) == (length(try(var.vpc.route_table_ids, [])) >= 1)
    error_message = "vpc needs either route_table_ids, for an endpoint to be made, or dynamodb_prefix_list_id, of one that is there: without, DynamoDB is out of reach."
  }
}

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

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the functions' roles, where the organisation asks for one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[^:]+:iam::[0-9]{12}:policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy of an account."
  }
}
