# CloudFront and WAF in front of an installation whose function addresses take signed requests only
# (authorization = "AWS_IAM"): CloudFront signs, so that nobody gets past it. Two rules come with that:
# - The signature takes the Authorization header: senders and readers put their key into x-api-key.
# - Lambda takes no unsigned body: who posts must send x-amz-content-sha256, the SHA-256 of the body in hex. Agents
#   that cannot should use the ingest function's own address, without this.
#
# Each function has a distribution of its own, since both serve /logs and a path cannot be split by method. Distributions
# cost nothing by themselves; the web ACL is shared.

locals {
  functions = { for key, value in { read = var.read, ingest = var.ingest } : key => value if value != null }
}

# By name, since the ids of AWS's own policies appear in no response that could be checked.
data "aws_cloudfront_cache_policy" "disabled" {
  name = "Managed-CachingDisabled"
}

# All but Host: with the viewer's Host header Lambda would not know whose address it is, and answer 403.
data "aws_cloudfront_origin_request_policy" "all_but_host" {
  name = "Managed-AllViewerExceptHostHeader"
}

resource "aws_cloudfront_origin_access_control" "this" {
  for_each = local.functions

  name                              = "${var.name}-${each.key}"
  description                       = "Signs requests to ${each.value.function_name}"
  origin_access_control_origin_type = "lambda"
  signing_protocol                  = "sigv4"
  # "no-override" would pass on a viewer's own Authorization header unsigned, which Lambda refuses.
  signing_behavior = "always"
}

resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV_AWS_86:access logs would hold what people searched for; blocked requests are in WAF's log
  #checkov:skip=CKV_AWS_310:the other Region has its own address
  #checkov:skip=CKV_AWS_374:players are everywhere, and so are their servers
  #checkov:skip=CKV_AWS_305:the address is an API, "/" is the function's
  for_each = local.functions

  enabled         = true
  comment         = "Log service ${var.name}: ${each.key}"
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = var.price_class
  aliases         = try(each.value.domain.names, [])
  web_acl_id      = aws_wafv2_web_acl.this.arn

  origin {
    origin_id                = each.key
    domain_name              = trimsuffix(trimprefix(each.value.url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.this[each.key].id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 30
    }
  }

  default_cache_behavior {
    target_origin_id = each.key
    # CloudFront takes three sets of methods only; the one with POST is the one with all.
    allowed_methods          = each.key == "ingest" ? ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] : ["GET", "HEAD", "OPTIONS"]
    cached_methods           = ["GET", "HEAD"]
    viewer_protocol_policy   = "https-only"
    cache_policy_id          = data.aws_cloudfront_cache_policy.disabled.id
    origin_request_policy_id = data.aws_cloudfront_origin_request_policy.all_but_host.id
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  # With CloudFront's own certificate the oldest TLS cannot be chosen, and is 1.0: give it a domain of yours.
  viewer_certificate {
    cloudfront_default_certificate = each.value.domain == null
    acm_certificate_arn            = try(each.value.domain.certificate_arn, null)
    ssl_support_method             = each.value.domain == null ? null : "sni-only"
    minimum_protocol_version       = each.value.domain == null ? null : "TLSv1.2_2021"
  }

  tags = var.tags
}

# Both statements, as for a public address, but for this distribution only.

resource "aws_lambda_permission" "url" {
  for_each = local.functions

  statement_id           = "CloudFrontUrl"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = each.value.function_name
  qualifier              = each.value.alias
  principal              = "cloudfront.amazonaws.com"
  source_arn             = aws_cloudfront_distribution.this[each.key].arn
  function_url_auth_type = "AWS_IAM"
}

resource "aws_lambda_permission" "url_invoke" {
  for_each = local.functions

  statement_id             = "CloudFrontUrlInvoke"
  action                   = "lambda:InvokeFunction"
  function_name            = each.value.function_name
  qualifier                = each.value.alias
  principal                = "cloudfront.amazonaws.com"
  source_arn               = aws_cloudfront_distribution.this[each.key].arn
  invoked_via_function_url = true
}
