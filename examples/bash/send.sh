#!/usr/bin/env bash
# Sends a batch with curl. curl repeats it by itself on 408, 429, 500, 502, 503 and 504 and on lost connections, and
# waits as Retry-After says; the key makes that safe.
set -eu
url=${LOG_URL:-http://127.0.0.1:3000/logs}
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
options=()
[ -z "${LOG_API_KEY:-}" ] || options+=(-H "authorization: Bearer $LOG_API_KEY")

printf '%s\n' \
  '{"severity":"info","service":"match-server","message":"match started","match_id":"m-7","players":12}' \
  '{"severity":"warning","service":"match-server","message":"slow tick","match_id":"m-7","tick_ms":61}' |
  curl -sS --fail-with-body --retry 5 --retry-connrefused --max-time 60 \
    -H 'content-type: application/x-ndjson' -H "idempotency-key: $key" \
    ${options[@]+"${options[@]}"} --data-binary @- "$url"
echo
