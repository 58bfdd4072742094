variable "name" {
  description = "Prefix of everything's name; one installation a name, account and Region."
  type        = string
  nullable    = false
  default     = "log-service"

  validation {
    # The longest name made of it is a role's: 64 characters with "-maintenance-" and the Region.
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

variable "permissions_boundary_arn" {
  description = "The permissions boundary of the functions' roles, where the organisation asks for one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[^:]+:iam::[0-9]{12}:policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy of an account."
  }
}
