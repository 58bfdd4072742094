output "ingest_urls" {
  description = "Where logs are sent, by Region."
  value       = { (var.region) = module.log_service.ingest_url, (var.standby_region) = module.standby.ingest_url }
}

output "read_urls" {
  description = "Where logs are found, by Region."
  value       = { (var.region) = module.log_service.read_url, (var.standby_region) = module.standby.read_url }
}

output "admin_url" {
  description = "Where logs are erased, for keys with the scope admin: in the first Region only, from which it is replicated."
  value       = module.log_service.admin_url
}
