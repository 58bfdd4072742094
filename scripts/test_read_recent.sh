#!/usr/bin/env bash
# Tests reading over HTTP, against any deployment: eight cases, one line each, exit status 1 when one fails. It posts
# 130 entries of its own first.
#
#   scripts/test_read_recent.sh [INGEST_URL] [READ_URL]
#
# INGEST_URL  where entries are posted; http://127.0.0.1:3000/logs by default. Without a path, /logs is added.
# READ_URL    where they are read; INGEST_URL by default. On AWS these are two Function URLs.
# LOG_API_KEY in the environment is sent with each request when it is set.
# Needs bash, curl and node.
set -u
. "$(dirname "$0")/http_case.sh"
open_case "$@"

service="test-read-$$-$(date +%s)"
entries=$(node -e '
  const entry = (_, seq) => ({
    severity: ["info", "warning", "error"][seq % 3],
    service: process.argv[1],
    message: `entry ${seq}`,
    seq,
  });
  process.stdout.write(JSON.stringify(Array.from({ length: 130 }, entry)));
' "$service")
request POST "$ingest_url" "$entries"
if [ "$status" != 201 ]; then
  echo "the entries for the test could not be stored: $status $(head -c 300 "$body_file")" >&2
  exit 2
fi

begin "the newest 100 come back by default"
request GET "$read_url"
expect_status 200 && expect_answer count 100 && expect_answer logs.length 100
finish

begin "they are in descending order of time and id"
expect_that 'json.logs.every((one, i, all) => i === 0 || all[i - 1].timestamp + all[i - 1].logId > one.timestamp + one.logId)'
finish

begin "limit sets the size of the page"
request GET "$read_url?limit=7"
expect_status 200 && expect_answer count 7
finish

begin "filters by severity and service return what matches, and all of it"
request GET "$read_url?service=$service&severity=error&limit=1000"
expect_status 200 && expect_answer count 43 &&
  expect_that "json.logs.every((one) => one.severity === 'error' && one.service === '$service')"
finish

begin "pages follow each other without gaps or repeats, and end"
request GET "$read_url?service=$service&limit=100"
first=$(answer 'logs.99.attributes.seq')
cursor=$(answer nextCursor)
request GET "$read_url?service=$service&limit=100&cursor=$cursor"
[ "$first" = 30 ] || why="the first page ends at entry $first, expected 30"
[ "$first" = 30 ] && expect_status 200 && expect_answer count 30 &&
  expect_answer logs.0.attributes.seq 29 && expect_answer nextCursor null
finish

begin "an unknown parameter is refused with 400, and the answer names the right one"
request GET "$read_url?limt=5"
expect_status 400 && expect_answer code PARAMETER_UNKNOWN && expect_text limit
finish

begin "a page in a browser may read the answer (CORS)"
request GET "$read_url?limit=1" "" -H 'origin: http://localhost:8080'
expect_status 200 && expect_header access-control-allow-origin '\(\*\|http://localhost:8080\)'
finish

begin "an entry is the newest as soon as it is acknowledged"
request POST "$ingest_url" "{\"severity\":\"info\",\"service\":\"$service\",\"message\":\"just now\"}"
id=$(answer logId)
request GET "$read_url?service=$service&limit=1"
expect_status 200 && expect_answer logs.0.logId "$id" && expect_answer logs.0.message "just now"
finish

close_case
