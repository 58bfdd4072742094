#!/usr/bin/env bash
# Sends a batch with curl, again under the same key while that may help: after 408, 429, 500, 502, 503 and 504, waiting as
# Retry-After says, and when no answer came or a part of one. curl's own --retry does not count a lost connection.
set -eu
url=${LOG_URL:-http://127.0.0.1:3000/logs}
key=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
options=()
[ -z "${LOG_API_KEY:-}" ] || options+=(-H "authorization: Bearer $LOG_API_KEY")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Prints the status, 000 when there is no whole answer; head and body of the answer are in the folder.
send() {
  : > "$folder/head"
  printf '%s\n' \
    '{"severity":"info","service":"match-server","message":"match started","match_id":"m-7","players":12}' \
    '{"severity":"warning","service":"match-server","message":"slow tick","match_id":"m-7","tick_ms":61}' |
    curl -sS --max-time 30 -D "$folder/head" -o "$folder/body" -w '%{http_code}' \
      -H 'content-type: application/x-ndjson' -H "idempotency-key: $key" \
      ${options[@]+"${options[@]}"} --data-binary @- "$url"
}

for seconds in 1 2 4 8 0; do
  status=$(send) || status=000
  case $status in
    2??) cat "$folder/body"; echo; exit 0 ;;
    000) reason="no whole answer from $url" ;;
    408 | 429 | 500 | 502 | 503 | 504)
      reason="$url answered $status"
      asked=$(awk 'tolower($1) == "retry-after:" { print $2 + 0 }' "$folder/head")
      [ "$seconds" = 0 ] || seconds=${asked:-$seconds}
      ;;
    *) cat "$folder/body" >&2; echo >&2; exit 1 ;;
  esac
  [ "$seconds" = 0 ] || { echo "$reason; trying again in $seconds s" >&2; sleep "$seconds"; }
done
echo "$reason" >&2
exit 1
