mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "tables_have_no_stream_unless_replicated" {
  command = plan

  assert {
    condition     = !aws_dynamodb_table.chunks[0].stream_enabled && !aws_dynamodb_table.keys[0].stream_enabled
    error_message = "no stream by default"
  }
  assert {
    condition     = length(aws_dynamodb_table_replica.chunks) == 0 && length(aws_dynamodb_table_replica.keys) == 0
    error_message = "no replica by default"
  }
}

run "a_replicated_table_streams_both_images" {
  command = plan
  variables {
    replicated = true
  }

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] :
      table.stream_enabled && table.stream_view_type == "NEW_AND_OLD_IMAGES"
    ])
    error_message = "a global table needs a stream of both images"
  }
}

run "a_standby_replicates_and_makes_no_table" {
  variables {
    name = "logs-standby"
    replica_of = {
      chunks_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-chunks"
      keys_table_arn   = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-keys"
    }
  }

  assert {
    condition     = length(aws_dynamodb_table.chunks) == 0 && length(aws_dynamodb_table.keys) == 0
    error_message = "a standby has the first Region's tables"
  }
  assert {
    condition = (
      aws_dynamodb_table_replica.chunks[0].global_table_arn == "arn:aws:dynamodb:us-east-1:123456789012:table/logs-chunks" &&
      aws_dynamodb_table_replica.keys[0].global_table_arn == "arn:aws:dynamodb:us-east-1:123456789012:table/logs-keys"
    )
    error_message = "chunks and keys: without the keys nobody gets in"
  }
  assert {
    condition = alltrue([
      for replica in [aws_dynamodb_table_replica.chunks[0], aws_dynamodb_table_replica.keys[0]] :
      replica.deletion_protection_enabled && replica.point_in_time_recovery
    ])
    error_message = "a replica does not inherit its protection"
  }
  assert {
    condition = alltrue([
      for function in [aws_lambda_function.ingest, aws_lambda_function.read] :
      function.environment[0].variables["LOG_SERVICE_TABLE"] == "logs-chunks" && function.environment[0].variables["LOG_SERVICE_KEYS_TABLE"] == "logs-keys"
    ])
    error_message = "a replica has the name of its table, not of the standby"
  }
  assert {
    condition = alltrue([
      for statement in slice(jsondecode(aws_iam_role_policy.ingest.policy).Statement, 0, 2) : statement.Resource == ["arn:aws:dynamodb:eu-west-1:123456789012:table/replica"]
    ])
    error_message = "rights are on the replicas of this Region"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.table_write_throttles[0].dimensions.TableName == "logs-chunks"
    error_message = "alarms watch the replica"
  }
}

run "a_standby_encrypts_with_its_own_regions_key" {
  variables {
    name           = "logs-standby"
    create_kms_key = true
    replica_of = {
      chunks_table_arn = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-chunks"
      keys_table_arn   = "arn:aws:dynamodb:us-east-1:123456789012:table/logs-keys"
    }
  }

  assert {
    condition = alltrue([
      for replica in [aws_dynamodb_table_replica.chunks[0], aws_dynamodb_table_replica.keys[0]] : replica.kms_key_arn == aws_kms_key.this[0].arn
    ])
    error_message = "a key belongs to its Region"
  }
}
