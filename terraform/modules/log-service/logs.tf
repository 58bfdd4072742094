# The functions' own logs. Lambda would create a missing group by itself, without an expiry, and keep it for ever: so
# they are made here first, and the functions' roles may not create groups. Their class is the default, STANDARD:
# CloudWatch takes no embedded metrics from the cheaper one, and a class can never be changed.

resource "aws_cloudwatch_log_group" "ingest" {
  #checkov:skip=CKV_AWS_158:a customer key is a variable; groups are always encrypted by CloudWatch
  #checkov:skip=CKV_AWS_338:these logs tell how the service did, not what was logged; how long is a variable
  name              = "/aws/lambda/${local.ingest_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.kms_key_arn
  tags              = local.tags
}

resource "aws_cloudwatch_log_group" "read" {
  #checkov:skip=CKV_AWS_158:a customer key is a variable; groups are always encrypted by CloudWatch
  #checkov:skip=CKV_AWS_338:these logs tell how the service did, not what was logged; how long is a variable
  name              = "/aws/lambda/${local.read_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.kms_key_arn
  tags              = local.tags
}
