# Optional: a customer key for tables, logs and the alarm topic ($1 a month and requests). The functions' environment
# holds names only, no secret, and stays on Lambda's own key: a call to KMS at each cold start would buy nothing.

resource "aws_kms_key" "this" {
  count = var.create_kms_key ? 1 : 0

  description             = "Log service ${var.name}: tables, function logs, alarm topic"
  enable_key_rotation     = true
  deletion_window_in_days = var.kms_deletion_window_days

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # AWS's own default: it leaves access to IAM. Without it a key can lock out everyone, its owner too.
        # In a key policy "*" as resource means this key.
        Sid       = "AccountByIam"
        Effect    = "Allow"
        Principal = { AWS = "arn:${local.partition}:iam::${local.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
      {
        Sid       = "FunctionLogs"
        Effect    = "Allow"
        Principal = { Service = "logs.${local.region}.${local.dns_suffix}" }
        Action = [
          "kms:Decrypt",
          "kms:DescribeKey",
          "kms:Encrypt",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
        ]
        Resource = "*"
        Condition = {
          ArnEquals = {
            "kms:EncryptionContext:aws:logs:arn" = [
              for name in [local.ingest_name, local.read_name, local.maintenance_name] :
              "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${name}"
            ]
          }
        }
      },
      {
        # Alarms cannot publish to a topic under the account's aws/sns key, whose policy cannot be changed: they fail
        # without a word except in the alarm's history. Hence a customer key or none.
        Sid       = "AlarmsToTopic"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account_id }
        }
      },
    ]
  })

  tags = local.tags
}

resource "aws_kms_alias" "this" {
  count = var.create_kms_key ? 1 : 0

  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this[0].key_id
}
