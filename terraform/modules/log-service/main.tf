# What the topic files share: where we are, what things are called, and which tables and key are in use.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  dns_suffix = data.aws_partition.current.dns_suffix
  region     = data.aws_region.current.id

  ingest_name      = "${var.name}-ingest"
  read_name        = "${var.name}-read"
  maintenance_name = "${var.name}-maintenance"

  # Built from the names, since the roles' policies must exist before the functions do.
  ingest_function_arn      = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${local.ingest_name}"
  read_function_arn        = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${local.read_name}"
  maintenance_function_arn = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${local.maintenance_name}"

  # A standby works on replicas, which have the names of the tables that they replicate.
  is_standby       = var.replica_of != null
  chunks_table     = local.is_standby ? split("/", var.replica_of.chunks_table_arn)[1] : aws_dynamodb_table.chunks[0].name
  keys_table       = local.is_standby ? split("/", var.replica_of.keys_table_arn)[1] : aws_dynamodb_table.keys[0].name
  chunks_table_arn = local.is_standby ? aws_dynamodb_table_replica.chunks[0].arn : aws_dynamodb_table.chunks[0].arn
  keys_table_arn   = local.is_standby ? aws_dynamodb_table_replica.keys[0].arn : aws_dynamodb_table.keys[0].arn

  # Whether there is a key must be known while planning, its ARN need not be: hence two values.
  has_kms_key = var.create_kms_key || var.kms_key_arn != null
  kms_key_arn = var.create_kms_key ? aws_kms_key.this[0].arn : var.kms_key_arn

  # The tag by which a budget finds the cost of this installation.
  cost_tag = "LogService"
  tags     = merge(var.tags, { (local.cost_tag) = var.name })
}
