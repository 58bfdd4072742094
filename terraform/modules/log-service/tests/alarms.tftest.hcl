mock_provider "aws" { source = "./tests/mocks" }

variables {
  ingest      = { package_path = "./tests/fixtures/function.zip" }
  read        = { package_path = "./tests/fixtures/function.zip" }
  maintenance = { package_path = "./tests/fixtures/function.zip" }
}

run "every_alarm_tells_the_topic" {
  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.server_errors),
        values(aws_cloudwatch_metric_alarm.throttles), values(aws_cloudwatch_metric_alarm.duration),
        aws_cloudwatch_metric_alarm.table_write_throttles, aws_cloudwatch_metric_alarm.table_read_throttles,
        aws_cloudwatch_metric_alarm.table_system_errors, aws_cloudwatch_metric_alarm.rejected_share,
      ) :
      alarm.alarm_actions == toset(["arn:aws:sns:eu-west-1:123456789012:mocked"]) && alarm.ok_actions == alarm.alarm_actions
    ])
    error_message = "an alarm must tell when it goes off and when it is over"
  }
  assert {
    condition     = output.alarm_topic_arn == "arn:aws:sns:eu-west-1:123456789012:mocked"
    error_message = "the topic is an output"
  }
}

run "silence_is_not_an_alarm" {
  command = plan

  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.server_errors),
        values(aws_cloudwatch_metric_alarm.throttles), values(aws_cloudwatch_metric_alarm.duration),
        aws_cloudwatch_metric_alarm.table_write_throttles, aws_cloudwatch_metric_alarm.table_read_throttles,
        aws_cloudwatch_metric_alarm.table_system_errors, aws_cloudwatch_metric_alarm.rejected_share,
      ) : alarm.treat_missing_data == "notBreaching"
    ])
    error_message = "nothing runs when nothing is logged"
  }
}

run "each_function_is_watched" {
  command = plan

  assert {
    condition = {
      for key, alarm in aws_cloudwatch_metric_alarm.errors : alarm.dimensions.FunctionName => alarm.metric_name
    } == { log-service-ingest = "Errors", log-service-read = "Errors", log-service-maintenance = "Errors" }
    error_message = "errors of each function"
  }
  assert {
    condition = {
      for key, alarm in aws_cloudwatch_metric_alarm.server_errors : alarm.dimensions.FunctionName => alarm.metric_name
    } == { log-service-ingest = "Url5xxCount", log-service-read = "Url5xxCount", log-service-maintenance = "Url5xxCount" }
    error_message = "5xx of each address"
  }
  assert {
    condition = {
      for key, alarm in aws_cloudwatch_metric_alarm.throttles : alarm.dimensions.FunctionName => alarm.metric_name
    } == { log-service-ingest = "Throttles", log-service-read = "Throttles", log-service-maintenance = "Throttles" }
    error_message = "throttles of each function"
  }
  assert {
    condition = {
      for key, alarm in aws_cloudwatch_metric_alarm.duration : alarm.dimensions.FunctionName => [alarm.metric_name, alarm.extended_statistic, alarm.threshold]
    } == { log-service-ingest = ["Duration", "p99", 3000], log-service-read = ["Duration", "p99", 15000] }
    error_message = "p99 duration of the two that somebody waits for, each by its own measure"
  }
  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.duration) : alarm.evaluate_low_sample_count_percentiles == "ignore"])
    error_message = "one cold start must wake nobody"
  }
}

run "the_table_is_watched" {
  command = plan

  assert {
    condition = [
      for alarm in [aws_cloudwatch_metric_alarm.table_write_throttles[0], aws_cloudwatch_metric_alarm.table_read_throttles[0]] :
      [alarm.namespace, alarm.metric_name, alarm.dimensions.TableName]
      ] == [
      ["AWS/DynamoDB", "WriteThrottleEvents", "log-service-chunks"],
      ["AWS/DynamoDB", "ReadThrottleEvents", "log-service-chunks"],
    ]
    error_message = "throttled writes and reads of the chunks"
  }
  assert {
    condition = toset(flatten([
      for query in aws_cloudwatch_metric_alarm.table_system_errors[0].metric_query : [
        for metric in query.metric : "${metric.metric_name} ${metric.dimensions.TableName} ${metric.dimensions.Operation}"
      ]
    ])) == toset(["SystemErrors log-service-chunks PutItem", "SystemErrors log-service-chunks Query", "SystemErrors log-service-chunks GetItem"])
    error_message = "DynamoDB's own faults in every operation that the functions may call"
  }
}

run "refused_entries_are_watched" {
  command = plan

  assert {
    condition = {
      for query in aws_cloudwatch_metric_alarm.rejected_share[0].metric_query : query.id =>
      [for metric in query.metric : "${metric.namespace} ${metric.metric_name} ${metric.dimensions.Function}"]
      } == {
      share    = []
      accepted = ["LogService EntriesAccepted log-service-ingest"]
      rejected = ["LogService EntriesRejected log-service-ingest"]
    }
    error_message = "the share is made of what the ingest function counts"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.rejected_share[0].threshold == 5
    error_message = "5 % by default"
  }
}

run "exactly_one_query_of_an_alarm_is_watched" {
  command = plan

  assert {
    condition = alltrue([
      for alarm in [aws_cloudwatch_metric_alarm.rejected_share[0], aws_cloudwatch_metric_alarm.table_system_errors[0]] :
      length([for query in alarm.metric_query : query if try(query.return_data, false) == true && query.expression != null]) == 1
    ])
    error_message = "CloudWatch takes an alarm with one returned expression only"
  }
}

run "alarms_stay_cheap" {
  command = plan

  # $0.10 for each metric that an alarm watches; an account has ten for nothing.
  assert {
    condition = sum([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.server_errors),
        values(aws_cloudwatch_metric_alarm.throttles), values(aws_cloudwatch_metric_alarm.duration),
        aws_cloudwatch_metric_alarm.table_write_throttles, aws_cloudwatch_metric_alarm.table_read_throttles,
        aws_cloudwatch_metric_alarm.table_system_errors, aws_cloudwatch_metric_alarm.rejected_share,
      ) : max(1, length(flatten([for query in alarm.metric_query : query.metric])))
    ]) == 18
    error_message = "the alarms' cost is said in the README: 18 metrics"
  }
}

run "the_topic_takes_the_own_alarms_over_tls_only" {
  assert {
    condition = jsondecode(aws_sns_topic_policy.alarms[0].policy).Statement == [
      {
        Sid       = "OwnAlarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:eu-west-1:123456789012:mocked"
        Condition = {
          StringEquals = { "aws:SourceAccount" = "123456789012" }
          ArnLike      = { "aws:SourceArn" = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:log-service-*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:eu-west-1:123456789012:mocked"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
    error_message = "nobody else may raise an alarm"
  }
  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.errors), values(aws_cloudwatch_metric_alarm.server_errors),
        values(aws_cloudwatch_metric_alarm.throttles), values(aws_cloudwatch_metric_alarm.duration),
        aws_cloudwatch_metric_alarm.table_write_throttles, aws_cloudwatch_metric_alarm.table_read_throttles,
        aws_cloudwatch_metric_alarm.table_system_errors, aws_cloudwatch_metric_alarm.rejected_share,
      ) : startswith(alarm.alarm_name, "log-service-")
    ])
    error_message = "an alarm with another name could not publish"
  }
}

run "addresses_are_subscribed" {
  command = plan
  variables {
    alarms = { email_addresses = ["oncall@example.com", "platform@example.com"] }
  }

  assert {
    condition     = { for key, subscription in aws_sns_topic_subscription.email : subscription.endpoint => subscription.protocol } == { "oncall@example.com" = "email", "platform@example.com" = "email" }
    error_message = "one subscription for each address"
  }
}

run "a_given_topic_is_used" {
  command = plan
  variables {
    alarms = { topic_arn = "arn:aws:sns:eu-west-1:123456789012:oncall" }
  }

  assert {
    condition     = length(aws_sns_topic.alarms) == 0 && length(aws_sns_topic_policy.alarms) == 0
    error_message = "no second topic"
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.errors["read"].alarm_actions == toset(["arn:aws:sns:eu-west-1:123456789012:oncall"])
    error_message = "alarms must go to the given topic"
  }
}

run "alarms_can_be_left_out" {
  command = plan
  variables {
    alarms    = { enabled = false }
    dashboard = false
  }

  assert {
    condition = (
      length(aws_sns_topic.alarms) == 0 && length(aws_cloudwatch_metric_alarm.errors) == 0 &&
      length(aws_cloudwatch_metric_alarm.rejected_share) == 0 && length(aws_cloudwatch_metric_alarm.table_system_errors) == 0 &&
      output.alarm_topic_arn == null
    )
    error_message = "no alarm and no topic"
  }
  assert {
    condition     = length(aws_cloudwatch_dashboard.this) == 0 && output.dashboard_name == null
    error_message = "no dashboard"
  }
}

run "the_dashboard_shows_this_installation" {
  command = plan
  variables {
    name = "game-logs"
  }

  assert {
    condition     = aws_cloudwatch_dashboard.this[0].dashboard_name == "game-logs-eu-west-1"
    error_message = "dashboards of several Regions stand in one list"
  }
  assert {
    condition = toset(distinct(flatten([
      for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : [
        for metric in widget.properties.metrics : metric[3]
      ]
    ]))) == toset(["game-logs-ingest", "game-logs-read", "game-logs-maintenance", "game-logs-chunks"])
    error_message = "every graph is of these functions and this table"
  }
  assert {
    condition = length(setsubtract(["EntriesAccepted", "EntriesRejected", "BytesIngested", "WriteUnits", "StoreThrottles"], flatten([
      for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : [
        for metric in widget.properties.metrics : metric[1] if metric[0] == "LogService"
      ]
    ]))) == 0
    error_message = "every embedded metric is shown: each costs $0.30 a month"
  }
}

run "there_is_no_budget_by_default" {
  command = plan

  assert {
    condition     = length(aws_budgets_budget.this) == 0
    error_message = "a budget needs an address"
  }
}

run "a_budget_counts_this_installation_only" {
  command = plan
  variables {
    budget = { limit_usd = 25, email_addresses = ["platform@example.com"] }
  }

  assert {
    condition     = aws_budgets_budget.this[0].limit_amount == "25" && aws_budgets_budget.this[0].limit_unit == "USD" && aws_budgets_budget.this[0].time_unit == "MONTHLY"
    error_message = "25 dollars a month"
  }
  assert {
    condition     = one(aws_budgets_budget.this[0].cost_filter).values == tolist(["user:LogService$log-service"])
    error_message = "only what carries the module's tag"
  }
  assert {
    condition     = toset([for notification in aws_budgets_budget.this[0].notification : notification.notification_type]) == toset(["ACTUAL", "FORECASTED"])
    error_message = "a mail before and when it is spent"
  }
}
