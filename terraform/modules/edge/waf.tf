# One web ACL for both distributions: $5 a month, $1 a rule, $0.60 a million requests. CloudFront's ACLs and their logs
# live in us-east-1, wherever the functions do.

resource "aws_wafv2_web_acl" "this" {
  #checkov:skip=CKV_AWS_192:nothing here runs on Java
  region      = "us-east-1"
  name        = var.name
  description = "Log service ${var.name}"
  scope       = "CLOUDFRONT"

  default_action {
    allow {}
  }

  # As JSON in the words of WAF's API; the provider then does not look for drift, and changes it only when this changes.
  rule_json = jsonencode([
    {
      Name     = "rate-by-address"
      Priority = 1
      # Senders know 429 and try again later; 403 would make them drop the batch.
      Action = { Block = { CustomResponse = { ResponseCode = 429 } } }
      Statement = {
        RateBasedStatement = {
          AggregateKeyType    = "IP"
          EvaluationWindowSec = 300
          Limit               = var.requests_per_address_in_5_minutes
        }
      }
      VisibilityConfig = {
        MetricName               = "${var.name}-rate-by-address"
        CloudWatchMetricsEnabled = true
        SampledRequestsEnabled   = false
      }
    },
    {
      # Addresses that AWS knows as bots and attackers. Not the common rule set: it refuses bodies above 8 KB and
      # texts that look like SQL or scripts, which is what logs are.
      Name           = "known-attackers"
      Priority       = 2
      OverrideAction = { None = {} }
      Statement = {
        ManagedRuleGroupStatement = {
          VendorName = "AWS"
          Name       = "AWSManagedRulesAmazonIpReputationList"
        }
      }
      VisibilityConfig = {
        MetricName               = "${var.name}-known-attackers"
        CloudWatchMetricsEnabled = true
        SampledRequestsEnabled   = false
      }
    },
  ])

  # Samples would show headers, keys among them, to whoever may look at the console.
  visibility_config {
    metric_name                = var.name
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = false
  }

  tags = var.tags
}

resource "aws_cloudwatch_log_group" "waf" {
  #checkov:skip=CKV_AWS_158:nothing secret is in it, see redacted_fields
  #checkov:skip=CKV_AWS_338:how long is a variable
  region = "us-east-1"
  # WAF takes groups with this prefix only.
  name              = "aws-waf-logs-${var.name}"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  region                  = "us-east-1"
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]

  # What was blocked and nothing else: a line for each request costs more than the request.
  logging_filter {
    default_behavior = "DROP"

    filter {
      behavior    = "KEEP"
      requirement = "MEETS_ANY"

      condition {
        action_condition {
          action = "BLOCK"
        }
      }
    }
  }

  redacted_fields {
    single_header {
      name = "authorization"
    }
  }

  redacted_fields {
    single_header {
      name = "x-api-key"
    }
  }

  # People's searches name players.
  redacted_fields {
    query_string {}
  }
}
