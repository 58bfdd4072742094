output "read_url" {
  description = "Where logs are found, through CloudFront. Without a slash at the end."
  value       = "https://${try(var.read.domain.names[0], aws_cloudfront_distribution.this["read"].domain_name)}"
}

output "ingest_url" {
  description = "Where logs are sent, through CloudFront; null when ingest is left out."
  value       = var.ingest == null ? null : "https://${try(var.ingest.domain.names[0], aws_cloudfront_distribution.this["ingest"].domain_name)}"
}

output "distribution_domain_names" {
  description = "CloudFront's names by function, for the DNS records of your own names."
  value       = { for key, distribution in aws_cloudfront_distribution.this : key => distribution.domain_name }
}

output "web_acl_arn" {
  description = "The web ACL."
  value       = aws_wafv2_web_acl.this.arn
}
