"""Sends a batch with the standard library alone."""
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

URL = os.environ.get("LOG_URL", "http://127.0.0.1:3000/logs")
API_KEY = os.environ.get("LOG_API_KEY")
TRIES = 5


def send(entries):
    """Stores the entries once, however often it has to ask, and returns the answer."""
    body = "\n".join(json.dumps(entry) for entry in entries).encode()
    headers = {"content-type": "application/x-ndjson", "idempotency-key": str(uuid.uuid4())}
    if API_KEY:
        headers["authorization"] = "Bearer " + API_KEY
    for attempt in range(1, TRIES + 1):
        request = urllib.request.Request(URL, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code not in (408, 429, 500, 502, 503, 504) or attempt == TRIES:
                raise SystemExit(error.read().decode())
            reason = URL + " answered " + str(error.code)
            wait = int(error.headers.get("retry-after", 2 ** (attempt - 1)))
        except (OSError, http.client.HTTPException) as error:
            # A connection that is lost while it waits for the answer is no URLError.
            reason = "no whole answer from " + URL + ": " + str(getattr(error, "reason", error))
            if attempt == TRIES:
                raise SystemExit(reason)
            wait = 2 ** (attempt - 1)
        print(reason + "; trying again in " + str(wait) + " s", file=sys.stderr)
        time.sleep(wait)


print(
    json.dumps(
        send(
            [
                {"severity": "info", "service": "matchmaker", "message": "match found", "match_id": "m-7"},
                {"severity": "error", "service": "matchmaker", "message": "queue stalled", "waiting": 412},
            ]
        )
    )
)
