# What the mocked provider answers; without these every computed string is random.

mock_data "aws_cloudfront_cache_policy" {
  defaults = { id = "caching-disabled" }
}

mock_data "aws_cloudfront_origin_request_policy" {
  defaults = { id = "all-but-host" }
}

mock_resource "aws_cloudfront_distribution" {
  defaults = {
    arn         = "arn:aws:cloudfront::123456789012:distribution/MOCKED"
    domain_name = "mocked.cloudfront.net"
  }
}

mock_resource "aws_wafv2_web_acl" {
  defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/mocked/1" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:aws-waf-logs-mocked" }
}
