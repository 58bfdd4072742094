# Who may come in beside the holders of API keys, and how much a tenant may send.

variable "tenant_bytes_per_day" {
  description = "The bytes of bodies, after decompression, that each tenant may send in a UTC day; 0 sets no limit. Environments learn of each other now and then, so that a tenant that sends through many gets somewhat more."
  type        = number
  nullable    = false
  default     = 0

  validation {
    condition     = var.tenant_bytes_per_day >= 0 && var.tenant_bytes_per_day < 1000000000000000 && floor(var.tenant_bytes_per_day) == var.tenant_bytes_per_day
    error_message = "tenant_bytes_per_day must be a whole number from 0 to 999,999,999,999,999."
  }
}

variable "oidc" {
  description = "An issuer whose JWTs are taken beside API keys. issuer: as its tokens say it in iss. audience: what they must name in aud. jwks_url: where its keys are; null asks its discovery document. tenant_claim, scope_claim: the claims that name the tenant, and hold logs:write and logs:read. A function in a VPC reaches the issuer only through a NAT gateway."
  default     = null
  type = object({
    issuer                  = string
    audience                = string
    jwks_url                = optional(string)
    tenant_claim            = optional(string, "tenant")
    scope_claim             = optional(string, "scope")
    algorithms              = optional(list(string), ["RS256", "ES256"])
    clock_tolerance_seconds = optional(number, 30)
  })

  validation {
    condition     = var.oidc == null || try(startswith(var.oidc.issuer, "https://"), false)
    error_message = "oidc.issuer must be an https address."
  }

  validation {
    condition     = try(var.oidc.jwks_url, null) == null || try(startswith(var.oidc.jwks_url, "https://"), false)
    error_message = "oidc.jwks_url must be an https address."
  }

  validation {
    condition     = var.oidc == null || try(length(var.oidc.audience) > 0 && length(var.oidc.tenant_claim) > 0 && length(var.oidc.scope_claim) > 0, false)
    error_message = "oidc.audience, oidc.tenant_claim and oidc.scope_claim must not be empty."
  }

  validation {
    condition = var.oidc == null || try(
      length(var.oidc.algorithms) > 0 && alltrue([
        for name in var.oidc.algorithms :
        contains(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"], name)
      ]),
      false,
    )
    error_message = "oidc.algorithms must be signatures with a public key, as in RS256 or ES256."
  }

  validation {
    condition     = var.oidc == null || try(var.oidc.clock_tolerance_seconds >= 0 && var.oidc.clock_tolerance_seconds <= 300, false)
    error_message = "oidc.clock_tolerance_seconds must be from 0 to 300."
  }
}
