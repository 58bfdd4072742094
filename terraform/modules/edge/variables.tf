variable "name" {
  description = "The installation's name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 32 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  nullable    = false
  default     = {}
}

variable "read" {
  description = "The function that finds logs, whose address must have authorization = \"AWS_IAM\": its name, alias and address; domain: names and a certificate of ACM in us-east-1."
  nullable    = false
  type = object({
    function_name = string
    alias         = string
    url           = string
    domain = optional(object({
      names           = list(string)
      certificate_arn = string
    }))
  })

  validation {
    condition     = var.read.domain == null || can(regex("^arn:[^:]+:acm:us-east-1:[0-9]{12}:certificate/.+$", var.read.domain.certificate_arn))
    error_message = "read.domain.certificate_arn must be of a certificate in us-east-1: CloudFront takes no other."
  }

  validation {
    condition     = var.read.domain == null || try(length(var.read.domain.names) >= 1, false)
    error_message = "read.domain.names must hold a name."
  }
}

variable "ingest" {
  description = "The function that stores logs, likewise; null leaves it out. Its senders must then send x-amz-content-sha256 and put their key into x-api-key."
  default     = null
  type = object({
    function_name = string
    alias         = string
    url           = string
    domain = optional(object({
      names           = list(string)
      certificate_arn = string
    }))
  })

  validation {
    condition     = try(var.ingest.domain, null) == null || can(regex("^arn:[^:]+:acm:us-east-1:[0-9]{12}:certificate/.+$", var.ingest.domain.certificate_arn))
    error_message = "ingest.domain.certificate_arn must be of a certificate in us-east-1: CloudFront takes no other."
  }

  validation {
    condition     = try(var.ingest.domain, null) == null || try(length(var.ingest.domain.names) >= 1, false)
    error_message = "ingest.domain.names must hold a name."
  }
}

variable "requests_per_address_in_5_minutes" {
  description = "What one IP address may send. Many game servers behind one NAT are one address."
  type        = number
  nullable    = false
  default     = 10000

  validation {
    condition     = var.requests_per_address_in_5_minutes >= 10 && var.requests_per_address_in_5_minutes <= 2000000000
    error_message = "requests_per_address_in_5_minutes must be from 10 to 2,000,000,000, as WAF takes it."
  }
}

variable "price_class" {
  description = "Where CloudFront serves from: PriceClass_100 (North America, Europe), PriceClass_200, PriceClass_All."
  type        = string
  nullable    = false
  default     = "PriceClass_100"

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "log_retention_days" {
  description = "How long WAF's log of blocked requests is kept."
  type        = number
  nullable    = false
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of CloudWatch's: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653."
  }
}
