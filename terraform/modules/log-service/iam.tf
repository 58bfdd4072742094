# One role a function, with the actions that its code calls on the tables that it calls them on, and nothing else.
# None can delete a chunk or scan, describe or change a table, or write a key; only who erases, in maintenance.tf, can
# update a chunk. No policy can ask that a put has a condition: ingest could put over a chunk whose id it knows.

locals {
  assume_by_lambda = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Lambda"
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })

  # In a VPC, Lambda makes network interfaces with the function's role. AWS has no way to name them beforehand, so the
  # resource must be "*". The second statement takes the right away again from the function's own code.
  network_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
  ]
}

resource "aws_iam_role" "ingest" {
  # Roles belong to no Region: with the Region in the name, installations of one name live in several.
  name                 = "${local.ingest_name}-${local.region}"
  description          = "Log service ${var.name}: stores logs"
  assume_role_policy   = local.assume_by_lambda
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "ingest" {
  name = "tables-and-logs"
  role = aws_iam_role.ingest.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # Conditional puts do everything that ingest needs: a chunk, a reservation, a higher shard count. What is
        # there already comes back with the failed condition (ReturnValuesOnConditionCheckFailure), so that no read
        # is needed, and who steals this role can look nothing up. Only in the partitions of those three: what is put
        # into "#erasing" would have the maintenance function erase.
        Sid      = "WriteChunks"
        Effect   = "Allow"
        Action   = ["dynamodb:PutItem"]
        Resource = [local.chunks_table_arn]
        Condition = {
          "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#?", "*#??", "*#key#*", "*#marks"] }
        }
      },
      {
        # What tenants sent in a day is added to, in partitions of its own; no chunk can be updated.
        Sid      = "CountUsage"
        Effect   = "Allow"
        Action   = ["dynamodb:UpdateItem"]
        Resource = [local.chunks_table_arn]
        Condition = {
          "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#usage"] }
        }
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = [local.keys_table_arn]
      },
      {
        # ":*" are the group's streams, which Lambda names itself. No logs:CreateLogGroup: see logs.tf.
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.ingest.arn}:*"]
      },
    ]
  })
}

resource "aws_iam_role_policy" "ingest_key" {
  count = local.has_kms_key ? 1 : 0

  name = "customer-key"
  role = aws_iam_role.ingest.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      # DynamoDB uses the key in the caller's name; by itself the function can do nothing with it.
      Sid    = "TablesKey"
      Effect = "Allow"
      Action = [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ]
      Resource = [local.kms_key_arn]
      Condition = {
        StringEquals = { "kms:ViaService" = "dynamodb.${local.region}.${local.dns_suffix}" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "ingest_network" {
  count = var.vpc == null ? 0 : 1

  name = "network"
  role = aws_iam_role.ingest.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LambdaMakesInterfaces"
        Effect   = "Allow"
        Action   = local.network_actions
        Resource = ["*"]
      },
      {
        Sid       = "CodeDoesNot"
        Effect    = "Deny"
        Action    = local.network_actions
        Resource  = ["*"]
        Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.ingest_function_arn } }
      },
    ]
  })
}

resource "aws_iam_role" "read" {
  name                 = "${local.read_name}-${local.region}"
  description          = "Log service ${var.name}: finds logs"
  assume_role_policy   = local.assume_by_lambda
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "read" {
  name = "tables-and-logs"
  role = aws_iam_role.read.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # Query for chunks and for what readers must know of a tenant, GetItem for one chunk by its id. No Scan, which would cost the whole table.
        Sid      = "ReadChunks"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = [local.chunks_table_arn]
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = [local.keys_table_arn]
      },
      {
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.read.arn}:*"]
      },
    ]
  })
}

resource "aws_iam_role_policy" "read_key" {
  count = local.has_kms_key ? 1 : 0

  name = "customer-key"
  role = aws_iam_role.read.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "TablesKey"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:DescribeKey"]
      Resource = [local.kms_key_arn]
      Condition = {
        StringEquals = { "kms:ViaService" = "dynamodb.${local.region}.${local.dns_suffix}" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "read_network" {
  count = var.vpc == null ? 0 : 1

  name = "network"
  role = aws_iam_role.read.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "LambdaMakesInterfaces"
        Effect   = "Allow"
        Action   = local.network_actions
        Resource = ["*"]
      },
      {
        Sid       = "CodeDoesNot"
        Effect    = "Deny"
        Action    = local.network_actions
        Resource  = ["*"]
        Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.read_function_arn } }
      },
    ]
  })
}
