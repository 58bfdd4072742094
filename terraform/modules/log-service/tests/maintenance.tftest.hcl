# The function that erases: its rights are exact sets, as those of the others in rights.tftest.hcl.

mock_provider "aws" {
  source = "./tests/mocks"

  override_resource {
    target = aws_dynamodb_table.chunks[0]
    values = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks" }
  }
  override_resource {
    target = aws_dynamodb_table.keys[0]
    values = { arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-keys" }
  }
  override_resource {
    target = aws_cloudwatch_log_group.maintenance
    values = { arn = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-maintenance" }
  }
}

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "maintenance_may_rewrite_chunks_and_keep_erasures" {
  assert {
    condition = jsondecode(aws_iam_role_policy.maintenance.policy).Statement == [
      {
        Sid      = "ReadChunks"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
      },
      {
        Sid       = "RewriteChunks"
        Effect    = "Allow"
        Action    = ["dynamodb:UpdateItem"]
        Resource  = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
        Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#?", "*#??"] } }
      },
      {
        Sid       = "KeepErasures"
        Effect    = "Allow"
        Action    = ["dynamodb:PutItem"]
        Resource  = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
        Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#erased", "*#erasing"] } }
      },
      {
        Sid       = "ForgetRequests"
        Effect    = "Allow"
        Action    = ["dynamodb:DeleteItem"]
        Resource  = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-chunks"]
        Condition = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["*#erasing"] } }
      },
      {
        Sid      = "ReadKeys"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = ["arn:aws:dynamodb:eu-west-1:123456789012:table/log-service-keys"]
      },
      {
        Sid      = "GoOn"
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction"]
        Resource = ["arn:aws:lambda:eu-west-1:123456789012:function:log-service-maintenance:live"]
      },
      {
        Sid      = "WriteOwnLog"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-maintenance:*"]
      },
    ]
    error_message = "maintenance must be able to do these things and no other"
  }
  assert {
    condition     = aws_iam_role_policy.maintenance.role == aws_iam_role.maintenance.name && aws_lambda_function.maintenance.role == aws_iam_role.maintenance.arn
    error_message = "the policy belongs to the role of the maintenance function"
  }
  assert {
    condition     = aws_iam_role.maintenance.assume_role_policy == aws_iam_role.ingest.assume_role_policy
    error_message = "only Lambda takes the role"
  }
}

run "maintenance_uses_a_customer_key_through_dynamodb_only" {
  variables {
    create_kms_key = true
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.maintenance_key[0].policy).Statement :
      statement.Condition == { StringEquals = { "kms:ViaService" = "dynamodb.eu-west-1.amazonaws.com" } } && statement.Resource == [aws_kms_key.this[0].arn]
    ])
    error_message = "the key is for the tables"
  }
  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_iam_role_policy.maintenance_key[0].policy).Statement : [for action in statement.Action : !strcontains(action, "*")]
    ]))
    error_message = "every action must be named"
  }
  assert {
    condition     = aws_cloudwatch_log_group.maintenance.kms_key_id == aws_kms_key.this[0].arn
    error_message = "its log is under the key too"
  }
}

run "maintenance_is_a_function_as_the_others" {
  command = plan
  variables {
    name                 = "game-logs"
    retention_days       = 90
    log_retention_days   = 90
    tenant_bytes_per_day = 1000000000
  }

  assert {
    condition = (
      aws_lambda_function.maintenance.function_name == "game-logs-maintenance" && aws_lambda_function.maintenance.runtime == "nodejs24.x" &&
      aws_lambda_function.maintenance.handler == "index.handler" && aws_lambda_function.maintenance.architectures == tolist(["arm64"]) &&
      aws_lambda_function.maintenance.source_code_hash == filebase64sha256("./tests/fixtures/function.zip")
    )
    error_message = "it runs its package on Node 24 on arm64"
  }
  assert {
    condition     = aws_lambda_function.maintenance.environment[0].variables == aws_lambda_function.ingest.environment[0].variables
    error_message = "it knows the tables and the retention, takes the same tokens, and holds no secret"
  }
  assert {
    condition     = aws_lambda_function.maintenance.timeout == 900 && aws_lambda_function.maintenance.memory_size == 1024
    error_message = "it works for as long as Lambda lets it"
  }
  assert {
    condition = (
      aws_lambda_function.maintenance.logging_config[0].log_format == "JSON" && aws_lambda_function.maintenance.logging_config[0].system_log_level == "WARN" &&
      aws_lambda_function.maintenance.logging_config[0].log_group == "/aws/lambda/game-logs-maintenance" && aws_cloudwatch_log_group.maintenance.retention_in_days == 90
    )
    error_message = "its log is made before it, and expires"
  }
}

run "its_address_is_for_admins_of_any_origin" {
  assert {
    condition = (
      aws_lambda_permission.maintenance_url[0].action == "lambda:InvokeFunctionUrl" && aws_lambda_permission.maintenance_url[0].principal == "*" &&
      aws_lambda_permission.maintenance_url[0].function_url_auth_type == "NONE"
    )
    error_message = "the URL itself must be callable"
  }
  assert {
    condition = (
      aws_lambda_permission.maintenance_url_invoke[0].action == "lambda:InvokeFunction" && aws_lambda_permission.maintenance_url_invoke[0].principal == "*" &&
      aws_lambda_permission.maintenance_url_invoke[0].invoked_via_function_url
    )
    error_message = "without the second permission each request gets 403; without its condition anyone could invoke the function directly"
  }
  assert {
    condition = alltrue([
      for permission in [aws_lambda_permission.maintenance_url[0], aws_lambda_permission.maintenance_url_invoke[0]] :
      permission.function_name == aws_lambda_function_url.maintenance.function_name && permission.qualifier == "live" && aws_lambda_function_url.maintenance.qualifier == "live"
    ])
    error_message = "both are for the function and the alias of its URL"
  }
  assert {
    condition = (
      aws_lambda_function_url.maintenance.cors[0].allow_methods == toset(["GET", "POST"]) && aws_lambda_function_url.maintenance.cors[0].allow_origins == toset(["*"]) &&
      !aws_lambda_function_url.maintenance.cors[0].allow_credentials && aws_lambda_function_url.maintenance.cors[0].max_age <= 86400 &&
      aws_lambda_function_url.maintenance.invoke_mode == "BUFFERED"
    )
    error_message = "any origin, but never with credentials"
  }
  assert {
    condition     = output.admin_url == "https://mocked.lambda-url.eu-west-1.on.aws"
    error_message = "a path is put behind the address"
  }
}

run "a_signed_admin_url_has_no_public_permission" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", authorization = "AWS_IAM", reserved_concurrency = 2, timeout_seconds = 60 }
  }

  assert {
    condition     = length(aws_lambda_permission.maintenance_url) == 0 && length(aws_lambda_permission.maintenance_url_invoke) == 0
    error_message = "who may sign is said by IAM"
  }
  assert {
    condition     = aws_lambda_function_url.maintenance.authorization_type == "AWS_IAM"
    error_message = "the URL must ask for signatures"
  }
  assert {
    condition     = aws_lambda_function.maintenance.reserved_concurrent_executions == 2 && aws_lambda_function.maintenance.timeout == 60
    error_message = "its sizes can be set"
  }
}

run "it_invokes_what_its_address_serves" {
  variables {
    maintenance = { package_path = "./tests/fixtures/function.zip", version = "6" }
  }

  assert {
    condition     = aws_lambda_alias.maintenance.function_version == "6" && aws_lambda_alias.maintenance.name == "live" && aws_lambda_alias.read.function_version == "7"
    error_message = "the alias of that function, and of no other, must go back"
  }
  assert {
    condition     = output.maintenance_function.latest_version == "7" && output.maintenance_function.live_version == "6"
    error_message = "the outputs tell that it is pinned"
  }
}

run "it_stays_outside_a_vpc" {
  command = plan
  variables {
    vpc = { vpc_id = "vpc-1", subnet_ids = ["subnet-a"], route_table_ids = ["rtb-1"] }
  }

  assert {
    condition     = length(aws_lambda_function.maintenance.vpc_config) == 0 && length(aws_lambda_function.ingest.vpc_config) == 1
    error_message = "in a VPC it could not invoke itself without an endpoint that is paid by the hour"
  }
}

run "a_missing_maintenance_package_is_refused" {
  command = plan
  variables {
    maintenance = { package_path = "./tests/fixtures/missing.zip" }
  }
  expect_failures = [aws_lambda_function.maintenance]
}
