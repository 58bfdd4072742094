# Cases over HTTP for test_ingest.sh and test_read_recent.sh: sourced, not run.

passed=0
failed=0
body_file=$(mktemp)
header_file=$(mktemp)
trap 'rm -f "$body_file" "$header_file"' EXIT

# logs_url URL: the address of the logs: a URL without a path gets /logs.
logs_url() {
  case "${1%/}" in
    *://*/*) printf '%s' "${1%/}" ;;
    *) printf '%s/logs' "${1%/}" ;;
  esac
}

# open_case [INGEST_URL] [READ_URL]: finds the two addresses and checks that somebody answers.
open_case() {
  ingest_url=$(logs_url "${1:-http://127.0.0.1:3000}")
  read_url=$(logs_url "${2:-${1:-http://127.0.0.1:3000}}")
  if ! curl -sS -o /dev/null --max-time 20 "$read_url?limit=1"; then
    echo "nobody answers at $read_url; start the server with npm start, or name another address" >&2
    exit 2
  fi
}

# request METHOD URL [JSON] [CURL_OPTION...]: leaves the status in $status, the answer in $body_file, the headers in $header_file.
request() {
  local method=$1 url=$2 body=${3:-}
  shift $(($# < 3 ? $# : 3))
  local options=(-sS --max-time 20 -o "$body_file" -D "$header_file" -w '%{http_code}' -X "$method")
  [ -n "${LOG_API_KEY:-}" ] && options+=(-H "authorization: Bearer $LOG_API_KEY")
  [ -n "$body" ] && options+=(-H 'content-type: application/json' --data-binary "$body")
  status=$(curl "${options[@]}" "$@" "$url")
}

# answer PATH: the value at a dotted path of the JSON answer; `length` of a list is its size.
answer() {
  node -e '
    const path = process.argv[1].split(".");
    const json = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
    const value = path.reduce((part, name) => part?.[name], json);
    process.stdout.write(value === undefined ? "" : String(value));
  ' "$1" "$body_file"
}

# expect_that JAVASCRIPT: the expression over `json`, the answer, is true.
expect_that() {
  node -e '
    const json = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
    process.exit(new Function("json", `return (${process.argv[1]})`)(json) ? 0 : 1);
  ' "$1" "$body_file" || { why="not true of the answer: $1"; return 1; }
}

expect_status() {
  [ "$status" = "$1" ] || { why="status $status, expected $1: $(head -c 300 "$body_file")"; return 1; }
}

expect_answer() {
  local found
  found=$(answer "$1")
  [ "$found" = "$2" ] || { why="$1 is '$found', expected '$2'"; return 1; }
}

expect_text() {
  grep -q -- "$1" "$body_file" || { why="the answer does not mention '$1'"; return 1; }
}

expect_header() {
  grep -qi -- "^$1: *$2" "$header_file" || { why="no header $1: $2"; return 1; }
}

begin() {
  name=$1
  why=""
}

# finish: one line for the case, by whether the command before it succeeded.
finish() {
  if [ $? -eq 0 ]; then
    passed=$((passed + 1))
    echo "PASS  $name"
  else
    failed=$((failed + 1))
    echo "FAIL  $name: $why"
  fi
}

close_case() {
  echo
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
