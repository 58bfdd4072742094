import type { LogEntry } from "@log-service/sdk";
import { expect, it } from "vitest";
import { fieldsOf, identitiesOf } from "./entry-fields.ts";

const entry: LogEntry = {
  logId: "019ab5c2-7d3e-7c01-9f00-6b1e5a000003",
  timestamp: "2026-11-22T09:00:00.123Z",
  severity: "error",
  message: "connection reset by peer",
  traceId: "5b8efff798038103d269b633813fc60c",
  attributes: { retry: true, player_id: "p-81", "user.id": 7, service: "shadow", matchId: "" },
};

it("lists built-in fields, then attributes by name, each as a query names it", () => {
  expect(fieldsOf(entry).map(({ field }) => field)).toEqual([
    "timestamp",
    "severity",
    "traceId",
    "logId",
    "attributes.service",
    "matchId",
    "player_id",
    "retry",
    "user.id",
  ]);
});

it("does not offer to filter by what only this entry has", () => {
  const own = fieldsOf(entry).filter(({ canFilter }) => !canFilter);
  expect(own.map(({ field }) => field)).toEqual(["timestamp", "logId"]);
});

it("finds whose entry it is", () => {
  expect(identitiesOf(entry)).toEqual([
    { what: "trace", field: "traceId", value: "5b8efff798038103d269b633813fc60c" },
    { what: "player", field: "player_id", value: "p-81" },
    { what: "user", field: "user.id", value: 7 },
  ]);
});
