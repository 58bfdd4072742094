output "ingest_url" {
  description = "Where logs are sent."
  value       = module.log_service.ingest_url
}

output "read_url" {
  description = "Where logs are found."
  value       = module.log_service.read_url
}

output "admin_url" {
  description = "Where logs are erased, for keys with the scope admin."
  value       = module.log_service.admin_url
}

output "chunks_table_name" {
  description = "The table of the chunks."
  value       = module.log_service.chunks_table_name
}

output "keys_table_name" {
  description = "The table into which the operator writes API keys."
  value       = module.log_service.keys_table_name
}

output "ingest_function" {
  description = "The ingest function and its versions."
  value       = module.log_service.ingest_function
}

output "read_function" {
  description = "The read function and its versions."
  value       = module.log_service.read_function
}

output "maintenance_function" {
  description = "The maintenance function and its versions."
  value       = module.log_service.maintenance_function
}

output "role_arns" {
  description = "The functions' roles, by function."
  value       = module.log_service.role_arns
}

output "alarm_topic_arn" {
  description = "The topic that alarms go to, for a pager."
  value       = module.log_service.alarm_topic_arn
}

output "dashboard_name" {
  description = "The CloudWatch dashboard."
  value       = module.log_service.dashboard_name
}

output "kms_key_arn" {
  description = "The customer key."
  value       = module.log_service.kms_key_arn
}
