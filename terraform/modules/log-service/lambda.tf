# The functions that store and find; maintenance.tf has the one that erases. Each apply that changes code or configuration
# publishes a version, and the alias "live", to which the URL belongs, moves to it. Rollback is to pin the alias to an
# earlier version, which has its own code and its own environment: see var.ingest.version.

locals {
  alias = "live"

  # null when there is no zip, so that an installation can be removed where it was not built; see the preconditions.
  ingest_package_hash = try(filebase64sha256(var.ingest.package_path), null)
  read_package_hash   = try(filebase64sha256(var.read.package_path), null)

  oidc_environment = var.oidc == null ? {} : {
    LOG_SERVICE_OIDC_ISSUER            = var.oidc.issuer
    LOG_SERVICE_OIDC_AUDIENCE          = var.oidc.audience
    LOG_SERVICE_OIDC_JWKS_URL          = var.oidc.jwks_url == null ? "" : var.oidc.jwks_url
    LOG_SERVICE_OIDC_TENANT_CLAIM      = var.oidc.tenant_claim
    LOG_SERVICE_OIDC_SCOPE_CLAIM       = var.oidc.scope_claim
    LOG_SERVICE_OIDC_ALGORITHMS        = join(",", var.oidc.algorithms)
    LOG_SERVICE_OIDC_CLOCK_TOLERANCE_S = tostring(var.oidc.clock_tolerance_seconds)
  }

  day_limit_environment = var.tenant_bytes_per_day == 0 ? {} : {
    LOG_SERVICE_TENANT_BYTES_PER_DAY = tostring(var.tenant_bytes_per_day)
  }

  base_environment = merge(local.oidc_environment, local.day_limit_environment, {
    LOG_SERVICE_TABLE          = local.chunks_table
    LOG_SERVICE_KEYS_TABLE     = local.keys_table
    LOG_SERVICE_RETENTION_DAYS = tostring(var.retention_days)
  })
}

resource "aws_lambda_function" "ingest" {
  #checkov:skip=CKV_AWS_50:tracing needs rights on "*" and is paid by request; duration and errors are metrics already
  #checkov:skip=CKV_AWS_115:reserved concurrency is a variable; a new account has a quota of 10 and must leave 100 unreserved
  #checkov:skip=CKV_AWS_116:a dead-letter queue serves asynchronous invocations; a URL waits for its answer
  #checkov:skip=CKV_AWS_117:a VPC is a variable; it adds nothing for a function that calls DynamoDB only
  #checkov:skip=CKV_AWS_173:the environment holds names, no secrets
  #checkov:skip=CKV_AWS_272:the zip is deterministic and its hash is in the plan
  function_name    = local.ingest_name
  description      = "Log service ${var.name}: stores logs"
  role             = aws_iam_role.ingest.arn
  filename         = var.ingest.package_path
  source_code_hash = local.ingest_package_hash
  handler          = "index.handler"
  runtime          = var.runtime
  architectures    = ["arm64"]
  memory_size      = var.ingest.memory_mb
  timeout          = var.ingest.timeout_seconds
  publish          = true

  # null is "not reserved". 0 would switch the function off.
  reserved_concurrent_executions = var.ingest.reserved_concurrency

  environment {
    variables = merge(var.ingest.environment, local.base_environment)
  }

  # WARN takes out the platform's START, END and REPORT lines: about 400 bytes an invocation, which at one entry an
  # invocation cost as much as everything else together.
  logging_config {
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.ingest.name
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [var.vpc]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = [aws_security_group.functions[0].id]
    }
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = local.ingest_package_hash != null
      error_message = "ingest.package_path: there is no file ${var.ingest.package_path}; run `npm run build` first."
    }
  }

  # The first invocation must find its rights, and the last one must not lose its network first.
  depends_on = [
    aws_iam_role_policy.ingest,
    aws_iam_role_policy.ingest_key,
    aws_iam_role_policy.ingest_network,
  ]
}

resource "aws_lambda_alias" "ingest" {
  name             = local.alias
  description      = "What the URL serves"
  function_name    = aws_lambda_function.ingest.function_name
  function_version = coalesce(var.ingest.version, aws_lambda_function.ingest.version)
}

resource "aws_lambda_function" "read" {
  #checkov:skip=CKV_AWS_50:tracing needs rights on "*" and is paid by request; duration and errors are metrics already
  #checkov:skip=CKV_AWS_115:reserved concurrency is a variable; a new account has a quota of 10 and must leave 100 unreserved
  #checkov:skip=CKV_AWS_116:a dead-letter queue serves asynchronous invocations; a URL waits for its answer
  #checkov:skip=CKV_AWS_117:a VPC is a variable; it adds nothing for a function that calls DynamoDB only
  #checkov:skip=CKV_AWS_173:the environment holds names, no secrets
  #checkov:skip=CKV_AWS_272:the zip is deterministic and its hash is in the plan
  function_name    = local.read_name
  description      = "Log service ${var.name}: finds logs"
  role             = aws_iam_role.read.arn
  filename         = var.read.package_path
  source_code_hash = local.read_package_hash
  handler          = "index.handler"
  runtime          = var.runtime
  architectures    = ["arm64"]
  memory_size      = var.read.memory_mb
  timeout          = var.read.timeout_seconds
  publish          = true

  reserved_concurrent_executions = var.read.reserved_concurrency

  environment {
    variables = merge(var.read.environment, local.base_environment, { LOG_SERVICE_INVOKE_MODE = var.read.invoke_mode })
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.read.name
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [var.vpc]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = [aws_security_group.functions[0].id]
    }
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = local.read_package_hash != null
      error_message = "read.package_path: there is no file ${var.read.package_path}; run `npm run build` first."
    }
  }

  depends_on = [
    aws_iam_role_policy.read,
    aws_iam_role_policy.read_key,
    aws_iam_role_policy.read_network,
  ]
}

resource "aws_lambda_alias" "read" {
  name             = local.alias
  description      = "What the URL serves"
  function_name    = aws_lambda_function.read.function_name
  function_version = coalesce(var.read.version, aws_lambda_function.read.version)
}
