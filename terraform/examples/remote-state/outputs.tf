output "ingest_url" {
  description = "Where logs are sent."
  value       = module.log_service.ingest_url
}

output "read_url" {
  description = "Where logs are found."
  value       = module.log_service.read_url
}
