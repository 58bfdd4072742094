/** One moment of a game, told the same way in the examples of all routes. */

import type { LogEntry } from "../answers.ts";

export const requestId = "01a2027b-d6fb-7a10-8000-5f0d9c3e7b21";

/** Newest first, as a search returns them. */
export const gameEntries: readonly [LogEntry, LogEntry, LogEntry] = [
  {
    logId: "01a2027b-d6fb-7c01-9f00-6b1e5a000002",
    timestamp: "2026-11-22T09:00:00.123Z",
    severity: "error",
    message: "connection reset by peer",
    service: "matchmaker",
    level: "FATAL",
    traceId: "5b8efff798038103d269b633813fc60c",
    spanId: "eee19b7ec3c1b174",
    attributes: {
      player_id: "p-81",
      match_id: "m-7",
      latency_ms: 41,
      "http.status": 502,
      retry: true,
    },
  },
  {
    logId: "01a2027b-d6fb-7c01-9f00-6b1e5a000001",
    timestamp: "2026-11-22T09:00:00.087Z",
    severity: "warning",
    message: "tick took 41 ms, budget is 33 ms",
    service: "match-server",
    attributes: { match_id: "m-7", map: "harbour", tick_ms: 41, players: 24 },
  },
  {
    logId: "01a2027b-d6fb-7c01-9f00-6b1e5a000000",
    timestamp: "2026-11-22T08:59:59.940Z",
    severity: "info",
    message: "player joined the match",
    service: "match-server",
    attributes: { player_id: "p-81", match_id: "m-7", platform_id: "76561198000000001" },
  },
];

/** An entry as a game server posts it: what it does not know is an attribute. */
export const postedEntry = {
  timestamp: "2026-11-22T09:00:00.123Z",
  severity: "error",
  message: "connection reset by peer",
  service: "matchmaker",
  traceId: "5b8efff798038103d269b633813fc60c",
  attributes: { player_id: "p-81", match_id: "m-7", http: { status: 502 } },
};

export const postedLine = {
  severity: "info",
  message: "player joined the match",
  service: "match-server",
  player_id: "p-81",
  match_id: "m-7",
};
