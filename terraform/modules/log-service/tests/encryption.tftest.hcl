mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "by_default_aws_owned_keys_encrypt" {
  assert {
    condition     = length(aws_kms_key.this) == 0 && length(aws_kms_alias.this) == 0
    error_message = "no key, no dollar a month"
  }
  # "enabled" without a key would be the account's aws/dynamodb key, paid by request.
  assert {
    condition     = length(aws_dynamodb_table.chunks[0].server_side_encryption) == 0 && length(aws_dynamodb_table.keys[0].server_side_encryption) == 0
    error_message = "the tables are on DynamoDB's own key"
  }
  # What is not set may be a random string under the mocked provider, but no ARN and no alias.
  assert {
    condition = alltrue([
      for key in [aws_sns_topic.alarms[0].kms_master_key_id, aws_cloudwatch_log_group.ingest.kms_key_id, aws_cloudwatch_log_group.read.kms_key_id] :
      !can(regex("^(arn:|alias/)", key))
    ])
    error_message = "alarms cannot publish to a topic under aws/sns"
  }
  assert {
    condition     = output.kms_key_arn == null
    error_message = "there is no key to tell"
  }
}

run "a_customer_key_encrypts_everything_that_keeps_data" {
  variables {
    create_kms_key = true
  }

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] :
      table.server_side_encryption[0].enabled && table.server_side_encryption[0].kms_key_arn == aws_kms_key.this[0].arn
    ])
    error_message = "both tables"
  }
  assert {
    condition = alltrue([
      for group in [aws_cloudwatch_log_group.ingest, aws_cloudwatch_log_group.read] : group.kms_key_id == aws_kms_key.this[0].arn
    ])
    error_message = "both log groups"
  }
  assert {
    condition     = aws_sns_topic.alarms[0].kms_master_key_id == aws_kms_key.this[0].arn && output.kms_key_arn == aws_kms_key.this[0].arn
    error_message = "the alarm topic"
  }
  assert {
    condition     = aws_kms_key.this[0].enable_key_rotation && aws_kms_key.this[0].deletion_window_in_days == 30
    error_message = "the key rotates, and can be called back for 30 days"
  }
}

run "a_given_key_is_used" {
  variables {
    kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/given"
  }

  assert {
    condition     = length(aws_kms_key.this) == 0
    error_message = "no second key"
  }
  assert {
    condition = alltrue([
      for arn in [
        aws_dynamodb_table.chunks[0].server_side_encryption[0].kms_key_arn, aws_dynamodb_table.keys[0].server_side_encryption[0].kms_key_arn,
        aws_cloudwatch_log_group.ingest.kms_key_id, aws_cloudwatch_log_group.read.kms_key_id, aws_sns_topic.alarms[0].kms_master_key_id,
        jsondecode(aws_iam_role_policy.ingest_key[0].policy).Statement[0].Resource[0],
        jsondecode(aws_iam_role_policy.read_key[0].policy).Statement[0].Resource[0],
      ] : arn == "arn:aws:kms:eu-west-1:123456789012:key/given"
    ])
    error_message = "the given key must be everywhere"
  }
}

run "functions_use_the_key_through_dynamodb_only" {
  variables {
    create_kms_key = true
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.ingest_key[0].policy).Statement == [{
      Sid       = "TablesKey"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      Resource  = ["arn:aws:kms:eu-west-1:123456789012:key/mocked"]
      Condition = { StringEquals = { "kms:ViaService" = "dynamodb.eu-west-1.amazonaws.com" } }
    }]
    error_message = "ingest writes encrypted items"
  }
  assert {
    condition = jsondecode(aws_iam_role_policy.read_key[0].policy).Statement == [{
      Sid       = "TablesKey"
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "kms:DescribeKey"]
      Resource  = ["arn:aws:kms:eu-west-1:123456789012:key/mocked"]
      Condition = { StringEquals = { "kms:ViaService" = "dynamodb.eu-west-1.amazonaws.com" } }
    }]
    error_message = "read reads them"
  }
}

run "the_key_lets_in_the_account_its_logs_and_its_alarms" {
  variables {
    create_kms_key = true
  }

  assert {
    condition = [
      for statement in jsondecode(aws_kms_key.this[0].policy).Statement : [statement.Sid, statement.Effect, values(statement.Principal)[0]]
      ] == [
      ["AccountByIam", "Allow", "arn:aws:iam::123456789012:root"],
      ["FunctionLogs", "Allow", "logs.eu-west-1.amazonaws.com"],
      ["AlarmsToTopic", "Allow", "cloudwatch.amazonaws.com"],
    ]
    error_message = "nobody else"
  }
  assert {
    condition = jsondecode(aws_kms_key.this[0].policy).Statement[1].Condition.ArnEquals["kms:EncryptionContext:aws:logs:arn"] == [
      "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-ingest",
      "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-read",
      "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/log-service-maintenance",
    ]
    error_message = "CloudWatch Logs may use the key for these groups"
  }
  assert {
    condition     = jsondecode(aws_kms_key.this[0].policy).Statement[2].Action == ["kms:Decrypt", "kms:GenerateDataKey"]
    error_message = "both are needed to publish to an encrypted topic"
  }
  assert {
    condition     = jsondecode(aws_kms_key.this[0].policy).Statement[2].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    error_message = "alarms of this account only"
  }
  # The account's own statement is AWS's default; services get named actions.
  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_kms_key.this[0].policy).Statement : [
        for action in statement.Action : !strcontains(action, "*")
      ] if statement.Sid != "AccountByIam"
    ]))
    error_message = "no wildcard for a service"
  }
}
