output "ingest_url" {
  description = "Where logs are sent."
  value       = module.log_service.ingest_url
}

output "read_url" {
  description = "Where logs are found. Keys go into x-api-key: CloudFront takes the Authorization header for its signature."
  value       = module.edge.read_url
}

output "admin_url" {
  description = "Where logs are erased, for keys with the scope admin."
  value       = module.log_service.admin_url
}
