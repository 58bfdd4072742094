#!/usr/bin/env bash
# Tests ingestion over HTTP, against any deployment: seven cases, one line each, exit status 1 when one fails.
#
#   scripts/test_ingest.sh [INGEST_URL] [READ_URL]
#
# INGEST_URL  where entries are posted; http://127.0.0.1:3000/logs by default. Without a path, /logs is added.
# READ_URL    where they are read back; INGEST_URL by default. On AWS these are two Function URLs.
# LOG_API_KEY in the environment is sent with each request when it is set.
# Needs bash, curl and node.
set -u
. "$(dirname "$0")/http_case.sh"
open_case "$@"

unique="test-ingest-$$-$(date +%s)"

# stored SEVERITY: the entry that was just posted comes back by its id, as it was sent.
stored() {
  local id
  id=$(answer logId) && [ -n "$id" ] || { why="the answer has no logId"; return 1; }
  request GET "$read_url/$id"
  expect_status 200 && expect_answer severity "$1" && expect_answer message "$unique $1"
}

for severity in info warning error; do
  begin "an entry of severity $severity is stored and comes back"
  request POST "$ingest_url" "{\"severity\":\"$severity\",\"message\":\"$unique $severity\"}"
  expect_status 201 && stored "$severity"
  finish
done

begin "a batch stores its good entries and lists the bad one"
request POST "$ingest_url" "[{\"severity\":\"info\",\"message\":\"$unique a\"},{\"severity\":\"fatal\",\"message\":\"b\"},{\"severity\":\"error\",\"message\":\"$unique c\"}]"
expect_status 201 && expect_answer accepted 2 && expect_answer rejectedCount 1 &&
  expect_answer rejected.0.index 1
finish

begin "an unknown severity is refused with 400, and the answer names the accepted ones"
request POST "$ingest_url" '{"severity":"critical","message":"no"}'
expect_status 400 && expect_answer code ENTRY_INVALID && expect_text warning
finish

begin "an entry without a message is refused with 400, and the answer names the field"
request POST "$ingest_url" '{"severity":"info"}'
expect_status 400 && expect_answer problems.0.path message
finish

begin "a body that is not JSON is refused with 400"
request POST "$ingest_url" '{"severity":"info",'
expect_status 400 && expect_answer code BODY_INVALID
finish

close_case
