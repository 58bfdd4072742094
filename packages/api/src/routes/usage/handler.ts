import { usage as route, type UsageAnswer, usageDaysMax } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import { type UsageCount, type UsageRow, usageDayOf } from "@log-service/core/service";
import type { Call, Handler } from "../../handler.ts";
import { json } from "../json.ts";
import { queryOf } from "../parse.ts";

const dayMs = 86_400_000;

const daysByDefault = 30;

const sumOf = (rows: readonly UsageCount[]): UsageCount => ({
  entries: rows.reduce((sum, { entries }) => sum + entries, 0),
  bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
});

const countOf = ({ entries, bytes }: UsageCount): UsageCount => ({ entries, bytes });

const dayOf = (day: string, rows: readonly UsageRow[]): UsageAnswer["days"][number] => {
  const other = rows.find(({ slot }) => slot === "*");
  const services = rows
    .filter(({ slot }) => slot !== "*")
    .toSorted((a, b) => b.bytes - a.bytes || (a.slot < b.slot ? -1 : 1))
    .map((row) => ({ service: row.slot === "" ? null : row.slot.slice(1), ...countOf(row) }));
  return { day, ...sumOf(rows), services, ...(other && { other: countOf(other) }) };
};

/** The days of the question, both included. */
const rangeOf = (call: Call) => {
  const now = call.deps.now();
  const query = queryOf(route, call);
  const to = query.to ?? now;
  const from = query.from ?? to - daysByDefault * dayMs;
  const days = Math.floor(to / dayMs) - Math.floor(from / dayMs) + 1;
  if (days > usageDaysMax) {
    const message = `from and to span ${days} days; the limit is ${usageDaysMax}`;
    const problems = [{ path: "from", code: "PARAMETER_INVALID", message }] as const;
    throw new LogServiceError("PARAMETER_INVALID", message, { problems });
  }
  return { from: usageDayOf(Math.max(0, from)), to: usageDayOf(to) };
};

export const handler: Handler = async (call) => {
  const range = rangeOf(call);
  const rows = await call.deps.usage.read(call.tenant, range);
  const days = [...Map.groupBy(rows, ({ day }) => day)].toSorted(([a], [b]) => (a < b ? 1 : -1));
  const answer: UsageAnswer = {
    ...range,
    days: days.map(([day, ofDay]) => dayOf(day, ofDay)),
    total: sumOf(rows),
  };
  return json(200, answer);
};
