mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "the_chunks_table_is_keyed_by_tenant_and_time" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.chunks[0].name == "log-service-chunks"
    error_message = "the table's name is the installation's with -chunks"
  }
  assert {
    condition     = aws_dynamodb_table.chunks[0].hash_key == "pk" && aws_dynamodb_table.chunks[0].range_key == "sk"
    error_message = "the key must be (pk, sk)"
  }
  assert {
    condition     = { for attribute in aws_dynamodb_table.chunks[0].attribute : attribute.name => attribute.type } == { pk = "S", sk = "B" }
    error_message = "pk must be text and sk 16 bytes, and nothing else is indexed"
  }
}

run "the_keys_table_is_keyed_by_the_key_id" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.keys[0].name == "log-service-keys" && aws_dynamodb_table.keys[0].hash_key == "pk"
    error_message = "keys are found by their id"
  }
  assert {
    condition     = { for attribute in aws_dynamodb_table.keys[0].attribute : attribute.name => attribute.type } == { pk = "S" }
    error_message = "a key's id is text"
  }
  assert {
    condition     = length(aws_dynamodb_table.keys[0].ttl) == 0
    error_message = "keys must not expire by TTL: an expired key stays known as one that was"
  }
}

run "no_table_has_an_index" {
  command = plan

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] :
      length(table.global_secondary_index) == 0 && length(table.local_secondary_index) == 0
    ])
    error_message = "an index throttles writes to its table"
  }
}

run "tables_are_paid_by_request" {
  command = plan

  assert {
    condition     = alltrue([for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] : table.billing_mode == "PAY_PER_REQUEST"])
    error_message = "nothing is to be paid while idle"
  }
}

run "chunks_expire_by_the_attribute_that_the_store_writes" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.chunks[0].ttl[0].attribute_name == "expiresAt"
    error_message = "the TTL attribute must be expiresAt"
  }
  assert {
    condition     = aws_dynamodb_table.chunks[0].ttl[0].enabled
    error_message = "TTL must be on"
  }
}

run "tables_are_protected_by_default" {
  command = plan

  assert {
    condition     = alltrue([for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] : table.deletion_protection_enabled])
    error_message = "deletion protection must be on unless switched off"
  }
  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] :
      table.point_in_time_recovery[0].enabled && table.point_in_time_recovery[0].recovery_period_in_days == 35
    ])
    error_message = "point-in-time recovery must be on, for its longest window"
  }
}

run "protection_and_recovery_can_be_switched_off" {
  command = plan
  variables {
    deletion_protection         = false
    point_in_time_recovery_days = 0
  }

  assert {
    condition = alltrue([
      for table in [aws_dynamodb_table.chunks[0], aws_dynamodb_table.keys[0]] :
      !table.deletion_protection_enabled && !table.point_in_time_recovery[0].enabled
    ])
    error_message = "an installation to try must be removable"
  }
}

run "without_caps_the_table_has_none" {
  command = plan

  assert {
    condition     = length(aws_dynamodb_table.chunks[0].on_demand_throughput) == 0
    error_message = "caps are off unless set"
  }
}

run "caps_limit_the_chunks_table_only" {
  command = plan
  variables {
    throughput_caps = { write_units_per_second = 500, read_units_per_second = 2000 }
  }

  assert {
    condition = (
      aws_dynamodb_table.chunks[0].on_demand_throughput[0].max_write_request_units == 500 &&
      aws_dynamodb_table.chunks[0].on_demand_throughput[0].max_read_request_units == 2000
    )
    error_message = "both caps must reach the table"
  }
  assert {
    condition     = length(aws_dynamodb_table.keys[0].on_demand_throughput) == 0
    error_message = "the keys' table must not be capped: it would lock everyone out"
  }
}

run "caps_can_be_lifted" {
  command = plan
  variables {
    throughput_caps = { write_units_per_second = -1, read_units_per_second = -1 }
  }

  assert {
    condition     = aws_dynamodb_table.chunks[0].on_demand_throughput[0].max_write_request_units == -1
    error_message = "-1 must reach the table: it lifts the cap"
  }
}

run "everything_carries_the_tags" {
  command = plan
  variables {
    tags = { Team = "platform" }
  }

  assert {
    condition = alltrue([
      for tags in [
        aws_dynamodb_table.chunks[0].tags, aws_dynamodb_table.keys[0].tags, aws_lambda_function.ingest.tags,
        aws_lambda_function.read.tags, aws_iam_role.ingest.tags, aws_iam_role.read.tags,
        aws_cloudwatch_log_group.ingest.tags, aws_cloudwatch_log_group.read.tags, aws_sns_topic.alarms[0].tags,
        aws_cloudwatch_metric_alarm.errors["ingest"].tags, aws_cloudwatch_metric_alarm.rejected_share[0].tags,
      ] : tags == tomap({ Team = "platform", LogService = "log-service" })
    ])
    error_message = "each resource must have the given tags and the one for the cost"
  }
}
