# The function that erases: POST /erasures and GET /erasures/{id} at an address of its own, for keys with the scope admin, and the
# work itself, for which it has itself invoked. Nothing runs while nothing is erased.

locals {
  # null when there is no zip, as in lambda.tf.
  maintenance_package_hash = try(filebase64sha256(var.maintenance.package_path), null)
}

resource "aws_lambda_function" "maintenance" {
  #checkov:skip=CKV_AWS_50:tracing needs rights on "*" and is paid by request; duration and errors are metrics already
  #checkov:skip=CKV_AWS_115:reserved concurrency is a variable; a lease in the table lets one invocation work for a tenant
  #checkov:skip=CKV_AWS_116:what fails stays in the table as running, and is begun again by who asks for its report
  #checkov:skip=CKV_AWS_117:in a VPC it would need an interface endpoint to invoke itself, at $7 a month; it reaches DynamoDB and Lambda only
  #checkov:skip=CKV_AWS_173:the environment holds names, no secrets
  #checkov:skip=CKV_AWS_272:the zip is deterministic and its hash is in the plan
  function_name    = local.maintenance_name
  description      = "Log service ${var.name}: erases logs"
  role             = aws_iam_role.maintenance.arn
  filename         = var.maintenance.package_path
  source_code_hash = local.maintenance_package_hash
  handler          = "index.handler"
  runtime          = var.runtime
  architectures    = ["arm64"]
  memory_size      = var.maintenance.memory_mb
  timeout          = var.maintenance.timeout_seconds
  publish          = true

  reserved_concurrent_executions = var.maintenance.reserved_concurrency

  environment {
    variables = merge(var.maintenance.environment, local.base_environment)
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.maintenance.name
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = local.maintenance_package_hash != null
      error_message = "maintenance.package_path: there is no file ${var.maintenance.package_path}; run `npm run build` first."
    }
  }

  depends_on = [
    aws_iam_role_policy.maintenance,
    aws_iam_role_policy.maintenance_key,
  ]
}

resource "aws_lambda_alias" "maintenance" {
  name             = local.alias
  description      = "What the URL serves, and what the function invokes"
  function_name    = aws_lambda_function.maintenance.function_name
  function_version = coalesce(var.maintenance.version, aws_lambda_function.maintenance.version)
}

resource "aws_lambda_function_url" "maintenance" {
  #checkov:skip=CKV_AWS_258:the function checks an API key or token before it does anything; AWS_IAM is a variable
  function_name      = aws_lambda_function.maintenance.function_name
  qualifier          = aws_lambda_alias.maintenance.name
  authorization_type = var.maintenance.authorization
  invoke_mode        = "BUFFERED"

  cors {
    allow_origins     = var.cors_allow_origins
    allow_headers     = local.cors_allow_headers
    expose_headers    = local.cors_expose_headers
    allow_methods     = ["GET", "POST"]
    allow_credentials = false
    max_age           = 86400
  }
}

# Two statements, as in url.tf.
resource "aws_lambda_permission" "maintenance_url" {
  #checkov:skip=CKV_AWS_301:public on purpose, see aws_lambda_function_url.maintenance
  count = var.maintenance.authorization == "NONE" ? 1 : 0

  statement_id           = "PublicUrl"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.maintenance.function_name
  qualifier              = aws_lambda_alias.maintenance.name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "maintenance_url_invoke" {
  #checkov:skip=CKV_AWS_301:public on purpose, see aws_lambda_function_url.maintenance
  count = var.maintenance.authorization == "NONE" ? 1 : 0

  statement_id             = "PublicUrlInvoke"
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.maintenance.function_name
  qualifier                = aws_lambda_alias.maintenance.name
  principal                = "*"
  invoked_via_function_url = true
}

resource "aws_cloudwatch_log_group" "maintenance" {
  #checkov:skip=CKV_AWS_158:a customer key is a variable; groups are always encrypted by CloudWatch
  #checkov:skip=CKV_AWS_338:these logs tell how the service did, not what was logged; how long is a variable
  name              = "/aws/lambda/${local.maintenance_name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = local.kms_key_arn
  tags              = local.tags
}

resource "aws_iam_role" "maintenance" {
  name                 = "${local.maintenance_name}-${local.region}"
  description          = "Log service ${var.name}: erases logs"
  assume_role_policy   = local.assume_by_lambda
  permissions_boundary = var.permissions_boundary_arn
  tags                 = local.tags
}

resource "aws_iam_role_policy" "maintenance" {
  name = "tables-and-logs"
  role = aws_iam_role.maintenance.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "ReadChunks"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = [local.chunks_table_arn]
      },
      {
        # Chunks lie in partitions that end with a number of one digit or two. None can be put or deleted: what is left
        # of one is written over it.
        Sid      = "RewriteChunks"
        Effect   = "Allow"
        Action   = ["dynamodb:UpdateItem"]
        Resource = [local.chunks_table_arn]
        Condition = {
          "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#?", "*#??"] }
        }
      },
      {
        Sid      = "KeepErasures"
        Effect   = "Allow"
        Action   = ["dynamodb:PutItem"]
        Resource = [local.chunks_table_arn]
        Condition = {
          "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#erased", "*#erasing"] }
        }
      },
      {
        # What was asked for is forgotten when it is done.
        Sid      = "ForgetRequests"
        Effect   = "Allow"
        Action   = ["dynamodb:DeleteItem"]
        Resource = [local.chunks_table_arn]
        Condition = {
          "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#erasing"] }
        }
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = [local.keys_table_arn]
      },
      {
        # Itself, by the alias: the version that serves goes on with the work.
        Sid      = "GoOn"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = ["${local.maintenance_function_arn}:${local.alias}"]
      },
      {
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.maintenance.arn}:*"]
      },
    ]
  })
}

resource "aws_iam_role_policy" "maintenance_key" {
  count = local.has_kms_key ? 1 : 0

  name = "customer-key"
  role = aws_iam_role.maintenance.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
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
