mock_provider "aws" { source = "./tests/mocks" }

variables {
  name   = "logs"
  read   = { function_name = "logs-read", alias = "live", url = "https://read.lambda-url.eu-west-1.on.aws/" }
  ingest = { function_name = "logs-ingest", alias = "live", url = "https://ingest.lambda-url.eu-west-1.on.aws" }
}

run "cloudfront_signs_what_it_sends" {
  assert {
    condition = alltrue([
      for control in values(aws_cloudfront_origin_access_control.this) :
      control.origin_access_control_origin_type == "lambda" && control.signing_behavior == "always" && control.signing_protocol == "sigv4"
    ])
    error_message = "an unsigned request is refused by the function's address"
  }
  assert {
    condition = alltrue([
      for key, distribution in aws_cloudfront_distribution.this :
      one(distribution.origin).origin_access_control_id == aws_cloudfront_origin_access_control.this[key].id
    ])
    error_message = "each origin has its access control"
  }
}

run "only_this_distribution_is_let_in" {
  assert {
    condition = alltrue([
      for permission in concat(values(aws_lambda_permission.url), values(aws_lambda_permission.url_invoke)) :
      permission.principal == "cloudfront.amazonaws.com" && permission.source_arn == "arn:aws:cloudfront::123456789012:distribution/MOCKED" && permission.qualifier == "live"
    ])
    error_message = "not the public, and not someone else's distribution"
  }
  assert {
    condition = (
      alltrue([for permission in values(aws_lambda_permission.url) : permission.action == "lambda:InvokeFunctionUrl" && permission.function_url_auth_type == "AWS_IAM"]) &&
      alltrue([for permission in values(aws_lambda_permission.url_invoke) : permission.action == "lambda:InvokeFunction" && permission.invoked_via_function_url])
    )
    error_message = "both permissions, and the second through the address only"
  }
  assert {
    condition = (
      { for key, permission in aws_lambda_permission.url : key => permission.function_name } == { read = "logs-read", ingest = "logs-ingest" } &&
      { for key, permission in aws_lambda_permission.url_invoke : key => permission.function_name } == { read = "logs-read", ingest = "logs-ingest" }
    )
    error_message = "each permission is on its own function"
  }
}

run "everything_is_forwarded_but_the_host" {
  assert {
    condition = alltrue([
      for distribution in values(aws_cloudfront_distribution.this) :
      distribution.default_cache_behavior[0].cache_policy_id == "caching-disabled" && distribution.default_cache_behavior[0].origin_request_policy_id == "all-but-host"
    ])
    error_message = "nothing is cached, and the Host header is Lambda's"
  }
  assert {
    condition = (
      data.aws_cloudfront_cache_policy.disabled.name == "Managed-CachingDisabled" &&
      data.aws_cloudfront_origin_request_policy.all_but_host.name == "Managed-AllViewerExceptHostHeader"
    )
    error_message = "these are the names of AWS's policies"
  }
}

run "origins_are_the_functions_addresses" {
  command = plan

  assert {
    condition = { for key, distribution in aws_cloudfront_distribution.this : key => one(distribution.origin).domain_name } == {
      read   = "read.lambda-url.eu-west-1.on.aws"
      ingest = "ingest.lambda-url.eu-west-1.on.aws"
    }
    error_message = "a host name, with or without a slash in what was given"
  }
  assert {
    condition = alltrue([
      for distribution in values(aws_cloudfront_distribution.this) :
      one(one(distribution.origin).custom_origin_config).origin_protocol_policy == "https-only" &&
      one(one(distribution.origin).custom_origin_config).origin_ssl_protocols == toset(["TLSv1.2"]) &&
      distribution.default_cache_behavior[0].viewer_protocol_policy == "https-only"
    ])
    error_message = "TLS on both sides: a redirect would have shown the key already"
  }
}

run "read_takes_no_writes" {
  command = plan

  assert {
    condition     = aws_cloudfront_distribution.this["read"].default_cache_behavior[0].allowed_methods == toset(["GET", "HEAD", "OPTIONS"])
    error_message = "GET, HEAD, and the preflight"
  }
  assert {
    condition     = contains(aws_cloudfront_distribution.this["ingest"].default_cache_behavior[0].allowed_methods, "POST")
    error_message = "ingest takes POST"
  }
}

run "ingest_stays_out_by_default" {
  variables {
    ingest = null
  }

  assert {
    condition     = keys(aws_cloudfront_distribution.this) == ["read"] && keys(aws_lambda_permission.url) == ["read"] && output.ingest_url == null
    error_message = "few agents can hash their bodies"
  }
  assert {
    condition     = output.read_url == "https://mocked.cloudfront.net"
    error_message = "the address is CloudFront's"
  }
}

run "an_own_domain_has_modern_tls" {
  variables {
    read = {
      function_name = "logs-read"
      alias         = "live"
      url           = "https://read.lambda-url.eu-west-1.on.aws"
      domain        = { names = ["logs.example.com"], certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
    }
  }

  assert {
    condition = (
      aws_cloudfront_distribution.this["read"].aliases == toset(["logs.example.com"]) &&
      aws_cloudfront_distribution.this["read"].viewer_certificate[0].acm_certificate_arn == "arn:aws:acm:us-east-1:123456789012:certificate/1" &&
      aws_cloudfront_distribution.this["read"].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021" &&
      aws_cloudfront_distribution.this["read"].viewer_certificate[0].ssl_support_method == "sni-only"
    )
    error_message = "TLS 1.2 at least"
  }
  assert {
    condition     = aws_cloudfront_distribution.this["ingest"].viewer_certificate[0].cloudfront_default_certificate
    error_message = "without a domain the certificate is CloudFront's"
  }
  assert {
    condition     = output.read_url == "https://logs.example.com"
    error_message = "the address is the own one"
  }
}

run "the_web_acl_lives_where_cloudfront_looks" {
  assert {
    condition     = aws_wafv2_web_acl.this.scope == "CLOUDFRONT" && aws_wafv2_web_acl.this.region == "us-east-1"
    error_message = "CloudFront takes ACLs of us-east-1 only"
  }
  assert {
    condition     = aws_cloudwatch_log_group.waf.region == "us-east-1" && aws_wafv2_web_acl_logging_configuration.this.region == "us-east-1"
    error_message = "its logs must be there too"
  }
  assert {
    condition     = alltrue([for distribution in values(aws_cloudfront_distribution.this) : distribution.web_acl_id == aws_wafv2_web_acl.this.arn])
    error_message = "one ACL for both"
  }
}

run "too_many_requests_are_told_so" {
  command = plan
  variables {
    requests_per_address_in_5_minutes = 500
  }

  assert {
    condition     = jsondecode(aws_wafv2_web_acl.this.rule_json)[0].Statement.RateBasedStatement.Limit == 500
    error_message = "the limit must reach the rule"
  }
  assert {
    condition     = jsondecode(aws_wafv2_web_acl.this.rule_json)[0].Action.Block.CustomResponse.ResponseCode == 429
    error_message = "a sender that gets 403 drops its batch"
  }
}

run "logs_of_blocked_requests_hold_no_key" {
  assert {
    condition     = startswith(aws_cloudwatch_log_group.waf.name, "aws-waf-logs-")
    error_message = "WAF takes groups with this prefix only"
  }
  assert {
    condition = toset(flatten([
      for field in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : [for header in field.single_header : header.name]
    ])) == toset(["authorization", "x-api-key"])
    error_message = "keys must not be logged"
  }
  assert {
    condition     = length(flatten([for field in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : field.query_string])) == 1
    error_message = "searches must not be logged"
  }
  assert {
    condition     = aws_wafv2_web_acl_logging_configuration.this.logging_filter[0].default_behavior == "DROP"
    error_message = "only what was blocked"
  }
}
