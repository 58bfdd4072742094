# Two tables: the chunks, and the API keys that the functions may only read. No secondary index on either: an index on
# a constant key takes 1,000 write units/s for ever, and when it is throttled it fails writes to the table.

locals {
  # The store writes this attribute, in epoch seconds, and DynamoDB's TTL deletes by it. Both must say the same name,
  # or nothing is ever deleted and storage grows without a sign of it.
  ttl_attribute = "expiresAt"
}

resource "aws_dynamodb_table" "chunks" {
  #checkov:skip=CKV_AWS_119:a customer key is a variable; without it DynamoDB encrypts with a key that AWS owns, for nothing
  count = local.is_standby ? 0 : 1

  name         = "${var.name}-chunks"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  # "<tenant>#<shard>"
  attribute {
    name = "pk"
    type = "S"
  }

  # The 16 bytes of the chunk's UUIDv7: in time order, and 20 bytes cheaper for each item than its text.
  attribute {
    name = "sk"
    type = "B"
  }

  # Deletes within days of the time, for nothing. Readers cut at the retention themselves.
  ttl {
    attribute_name = local.ttl_attribute
    enabled        = true
  }

  deletion_protection_enabled = var.deletion_protection

  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery_days > 0
    recovery_period_in_days = var.point_in_time_recovery_days > 0 ? var.point_in_time_recovery_days : null
  }

  # Left out, DynamoDB encrypts with a key that AWS owns. "enabled" without a key would take the account's
  # aws/dynamodb key, which is paid by request and can be neither shared nor revoked: the worst of both.
  dynamic "server_side_encryption" {
    for_each = local.has_kms_key ? [local.kms_key_arn] : []
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  # A ceiling for the bill: past it writes are throttled (and retried by senders), not paid.
  dynamic "on_demand_throughput" {
    for_each = var.throughput_caps == null ? [] : [var.throughput_caps]
    content {
      max_write_request_units = on_demand_throughput.value.write_units_per_second
      max_read_request_units  = on_demand_throughput.value.read_units_per_second
    }
  }

  # Global tables replicate from a stream of this kind.
  stream_enabled   = var.replicated
  stream_view_type = var.replicated ? "NEW_AND_OLD_IMAGES" : null

  tags = local.tags

  lifecycle {
    # Replicas are resources of the standby's module instance; without this each plan here would remove them.
    ignore_changes = [replica]
  }
}

resource "aws_dynamodb_table" "keys" {
  #checkov:skip=CKV_AWS_119:a customer key is a variable; the items are SHA-256 hashes
  count = local.is_standby ? 0 : 1

  name         = "${var.name}-keys"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"

  # The key's id. Items are written with the operator's credentials, never by Terraform: its state would hold them.
  attribute {
    name = "pk"
    type = "S"
  }

  deletion_protection_enabled = var.deletion_protection

  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery_days > 0
    recovery_period_in_days = var.point_in_time_recovery_days > 0 ? var.point_in_time_recovery_days : null
  }

  dynamic "server_side_encryption" {
    for_each = local.has_kms_key ? [local.kms_key_arn] : []
    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  stream_enabled   = var.replicated
  stream_view_type = var.replicated ? "NEW_AND_OLD_IMAGES" : null

  tags = local.tags

  lifecycle {
    ignore_changes = [replica]
  }
}

# A standby in another Region: the same tables, replicated there. Chunks have unique ids and change only where something is
# erased, which is done in one Region, so that "last writer wins" has nothing to decide; reservations of idempotency keys
# hold within one Region only.

resource "aws_dynamodb_table_replica" "chunks" {
  count = local.is_standby ? 1 : 0

  global_table_arn = var.replica_of.chunks_table_arn
  kms_key_arn      = local.kms_key_arn

  # Neither is copied from the table: a replica without them is unprotected.
  deletion_protection_enabled = var.deletion_protection
  point_in_time_recovery      = var.point_in_time_recovery_days > 0

  tags = local.tags
}

resource "aws_dynamodb_table_replica" "keys" {
  count = local.is_standby ? 1 : 0

  global_table_arn = var.replica_of.keys_table_arn
  kms_key_arn      = local.kms_key_arn

  deletion_protection_enabled = var.deletion_protection
  point_in_time_recovery      = var.point_in_time_recovery_days > 0

  tags = local.tags
}
