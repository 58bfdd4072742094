import type { LogEntry } from "@log-service/sdk";
import { attributeField } from "../../query-text/edit-query.ts";

/** A field of an entry, named as a query names it. */
export interface EntryField {
  readonly field: string;
  readonly value: string | number | boolean;
  /** The id and the time of an entry are its own: to filter by them finds the entry alone. */
  readonly canFilter: boolean;
}

/** All that an entry has: its built-in fields, then its attributes by name. The message stands by itself. */
export const fieldsOf = (entry: LogEntry): readonly EntryField[] => {
  const { logId, timestamp, severity, level, service, traceId, spanId, attributes } = entry;
  const builtIn = Object.entries({ timestamp, severity, level, service, traceId, spanId, logId });
  return [
    ...builtIn.flatMap(([field, value]) =>
      value === undefined
        ? []
        : [{ field, value, canFilter: field !== "timestamp" && field !== "logId" }],
    ),
    ...Object.entries(attributes)
      .map(([name, value]) => ({ field: attributeField(name), value, canFilter: true }))
      .sort((a, b) => (a.field < b.field ? -1 : 1)),
  ];
};

/** What several entries share, so that together they tell a story: a player, a match, a trace. */
export interface Identity extends Omit<EntryField, "canFilter"> {
  /** What it is, as in `player`. */
  readonly what: string;
}

const stories =
  /^(player|user|account|character|match|game|session|party|lobby|guild|trace|request|order|purchase|transaction|device|connection)[._-]?(id|uuid)$/i;

/** The identities in an entry, by the last parts of its fields' names: `player_id`, `matchId`, `user.id`. */
export const identitiesOf = (entry: LogEntry): readonly Identity[] =>
  fieldsOf(entry).flatMap(({ field, value }) => {
    const what = stories.exec(field)?.[1]?.toLowerCase();
    return what && value !== "" ? [{ what, field, value }] : [];
  });
