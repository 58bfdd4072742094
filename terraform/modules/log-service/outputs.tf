output "ingest_url" {
  description = "Where logs are sent: POST to it, or to /logs below it. Without a slash at the end."
  value       = trimsuffix(aws_lambda_function_url.ingest.function_url, "/")
}

output "read_url" {
  description = "Where logs are found: GET /logs. Without a slash at the end."
  value       = trimsuffix(aws_lambda_function_url.read.function_url, "/")
}

output "admin_url" {
  description = "Where entries are erased: POST /erasures, for keys with the scope admin. Without a slash at the end."
  value       = trimsuffix(aws_lambda_function_url.maintenance.function_url, "/")
}

output "chunks_table_name" {
  description = "The table of the chunks."
  value       = local.chunks_table
}

output "chunks_table_arn" {
  description = "Its ARN, for a standby's replica_of."
  value       = local.chunks_table_arn
}

output "keys_table_name" {
  description = "The table of the API keys: only the operator writes it."
  value       = local.keys_table
}

output "keys_table_arn" {
  description = "Its ARN, for a standby's replica_of and for the operator's policy."
  value       = local.keys_table_arn
}

output "ingest_function" {
  description = "The function that stores logs: name, ARN, alias, the version just published (latest_version) and the one that the address serves (live_version)."
  value = {
    name           = aws_lambda_function.ingest.function_name
    arn            = aws_lambda_function.ingest.arn
    alias          = aws_lambda_alias.ingest.name
    latest_version = aws_lambda_function.ingest.version
    live_version   = aws_lambda_alias.ingest.function_version
  }
}

output "read_function" {
  description = "The function that finds logs, likewise."
  value = {
    name           = aws_lambda_function.read.function_name
    arn            = aws_lambda_function.read.arn
    alias          = aws_lambda_alias.read.name
    latest_version = aws_lambda_function.read.version
    live_version   = aws_lambda_alias.read.function_version
  }
}

output "maintenance_function" {
  description = "The function that erases logs, likewise."
  value = {
    name           = aws_lambda_function.maintenance.function_name
    arn            = aws_lambda_function.maintenance.arn
    alias          = aws_lambda_alias.maintenance.name
    latest_version = aws_lambda_function.maintenance.version
    live_version   = aws_lambda_alias.maintenance.function_version
  }
}

output "role_arns" {
  description = "The functions' roles, by function."
  value       = { ingest = aws_iam_role.ingest.arn, read = aws_iam_role.read.arn, maintenance = aws_iam_role.maintenance.arn }
}

output "log_group_names" {
  description = "Where the functions write their own logs, by function."
  value = {
    ingest      = aws_cloudwatch_log_group.ingest.name
    read        = aws_cloudwatch_log_group.read.name
    maintenance = aws_cloudwatch_log_group.maintenance.name
  }
}

output "alarm_topic_arn" {
  description = "The topic that alarms go to; null without alarms."
  value       = one(local.alarm_actions)
}

output "kms_key_arn" {
  description = "The customer key; null without one."
  value       = local.kms_key_arn
}

output "dashboard_name" {
  description = "The CloudWatch dashboard; null without one."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}
