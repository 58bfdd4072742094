# Alarms to one topic. Eighteen alarm metrics at $0.10 a month, of which an account has ten for nothing. Nothing runs
# when nothing is logged, so missing data is good everywhere.

locals {
  functions = {
    ingest = { name = local.ingest_name, duration_p99_ms = var.alarms.ingest_duration_p99_ms }
    read   = { name = local.read_name, duration_p99_ms = var.alarms.read_duration_p99_ms }
    # It works for as long as there is something to do.
    maintenance = { name = local.maintenance_name, duration_p99_ms = null }
  }
  alarmed_functions = { for key, value in local.functions : key => value if var.alarms.enabled }
  timed_functions   = { for key, value in local.alarmed_functions : key => value if value.duration_p99_ms != null }
  has_own_topic     = var.alarms.enabled && var.alarms.topic_arn == null
  alarm_actions     = local.has_own_topic ? [aws_sns_topic.alarms[0].arn] : [for arn in [var.alarms.topic_arn] : arn if arn != null]

  # What the functions write as embedded metrics. "Function" holds the function's name.
  metrics_namespace = "LogService"
}

resource "aws_sns_topic" "alarms" {
  #checkov:skip=CKV_AWS_26:a customer key is a variable; under aws/sns alarms could not publish, see kms.tf
  count = local.has_own_topic ? 1 : 0

  name              = "${var.name}-alarms"
  display_name      = "Log service ${var.name}"
  kms_master_key_id = local.kms_key_arn
  tags              = local.tags
}

resource "aws_sns_topic_policy" "alarms" {
  count = local.has_own_topic ? 1 : 0

  arn = aws_sns_topic.alarms[0].arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OwnAlarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms[0].arn
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:cloudwatch:${local.region}:${local.account_id}:alarm:${var.name}-*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms[0].arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

# Each address gets a mail with a link, and no alarm before it was followed.
resource "aws_sns_topic_subscription" "email" {
  for_each = toset(local.has_own_topic ? var.alarms.email_addresses : [])

  topic_arn = aws_sns_topic.alarms[0].arn
  protocol  = "email"
  endpoint  = each.value
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = local.alarmed_functions

  alarm_name          = "${each.value.name}-errors"
  alarm_description   = "The function crashed, ran out of memory or timed out. Senders got 502 and retry, an erasure is begun again twice; look at the function's log."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.error_count
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags
}

# Not the same as errors: a function that answers 503 because its table is throttled has not failed.
resource "aws_cloudwatch_metric_alarm" "server_errors" {
  for_each = local.alarmed_functions

  alarm_name          = "${each.value.name}-5xx"
  alarm_description   = "The address answers 5xx. With 503 the table is throttled or out of reach; the code is in the function's log."
  namespace           = "AWS/Lambda"
  metric_name         = "Url5xxCount"
  dimensions          = { FunctionName = each.value.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.alarms.server_error_count
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  for_each = local.alarmed_functions

  alarm_name          = "${each.value.name}-throttles"
  alarm_description   = "Requests got 429: the account's or the function's concurrency is used up. A new account has 10: ask for more."
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = each.value.name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "duration" {
  for_each = local.timed_functions

  alarm_name          = "${each.value.name}-duration-p99"
  alarm_description   = "One in a hundred invocations takes longer than ${each.value.duration_p99_ms} ms, for 15 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  dimensions          = { FunctionName = each.value.name }
  extended_statistic  = "p99"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.duration_p99_ms
  treat_missing_data  = "notBreaching"
  # With a handful of invocations the p99 is the slowest of them, a cold start perhaps: no ground to wake anyone.
  evaluate_low_sample_count_percentiles = "ignore"
  alarm_actions                         = local.alarm_actions
  ok_actions                            = local.alarm_actions
  tags                                  = local.tags
}

# A throttled key range is met by a higher shard count within seconds; for 15 minutes it means the table's cap, the
# account's quota, or one tenant at the end of its shards.
resource "aws_cloudwatch_metric_alarm" "table_write_throttles" {
  count = var.alarms.enabled ? 1 : 0

  alarm_name          = "${var.name}-table-write-throttles"
  alarm_description   = "DynamoDB refuses writes of chunks for 15 minutes. Ingest answers 503 and senders retry; the reason is in the ingest function's log."
  namespace           = "AWS/DynamoDB"
  metric_name         = "WriteThrottleEvents"
  dimensions          = { TableName = local.chunks_table }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "table_read_throttles" {
  count = var.alarms.enabled ? 1 : 0

  alarm_name          = "${var.name}-table-read-throttles"
  alarm_description   = "DynamoDB refuses reads of chunks for 15 minutes: searches are slow or incomplete."
  namespace           = "AWS/DynamoDB"
  metric_name         = "ReadThrottleEvents"
  dimensions          = { TableName = local.chunks_table }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags
}

# DynamoDB counts its own faults by operation only. The keys' table has no alarm: its faults are the functions' 5xx.
resource "aws_cloudwatch_metric_alarm" "table_system_errors" {
  count = var.alarms.enabled ? 1 : 0

  alarm_name          = "${var.name}-table-system-errors"
  alarm_description   = "DynamoDB itself fails (HTTP 500) on the chunks' table. Calls are retried; look at the AWS Health Dashboard."
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 5
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags

  metric_query {
    id          = "errors"
    expression  = "FILL(put, 0) + FILL(query, 0) + FILL(get, 0)"
    label       = "System errors"
    return_data = true
  }

  metric_query {
    id = "put"
    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      dimensions  = { TableName = local.chunks_table, Operation = "PutItem" }
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "query"
    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      dimensions  = { TableName = local.chunks_table, Operation = "Query" }
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "get"
    metric {
      namespace   = "AWS/DynamoDB"
      metric_name = "SystemErrors"
      dimensions  = { TableName = local.chunks_table, Operation = "GetItem" }
      period      = 300
      stat        = "Sum"
    }
  }
}

# A sender that was changed and now sends what the limits refuse loses logs, and may never look at the answer.
resource "aws_cloudwatch_metric_alarm" "rejected_share" {
  count = var.alarms.enabled ? 1 : 0

  alarm_name          = "${var.name}-rejected-share"
  alarm_description   = "More than ${var.alarms.rejected_share_percent} % of the entries were refused, for 15 minutes: some sender sends what the limits do not allow."
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.alarms.rejected_share_percent
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
  tags                = local.tags

  metric_query {
    id = "share"
    # Below 100 entries in five minutes a share says nothing: one wrong try by hand would be all of it.
    expression  = "IF(FILL(accepted, 0) + FILL(rejected, 0) >= 100, 100 * FILL(rejected, 0) / (FILL(accepted, 0) + FILL(rejected, 0)), 0)"
    label       = "Refused entries, %"
    return_data = true
  }

  metric_query {
    id = "accepted"
    metric {
      namespace   = local.metrics_namespace
      metric_name = "EntriesAccepted"
      dimensions  = { Function = local.ingest_name }
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "rejected"
    metric {
      namespace   = local.metrics_namespace
      metric_name = "EntriesRejected"
      dimensions  = { Function = local.ingest_name }
      period      = 300
      stat        = "Sum"
    }
  }
}
