import { type FieldPlace, numberOf } from "@log-service/query";
import type { ChunkMeta } from "../chunk/chunk.ts";
import { severities } from "../entry/entry.ts";
import type { ChunkData } from "./chunk-data.ts";
import { EntrySet } from "./entry-set.ts";
import { matchColumn } from "./match-column.ts";
import { matchMessages, messagesRuledOut } from "./match-messages.ts";
import { costs, type Operator, type Verdict } from "./operators/operator.ts";
import type { ValueTest } from "./value-test.ts";

/** Whether every entry has the field. */
export const isEverywhere = ({ kind, name }: FieldPlace): boolean =>
  kind === "builtIn" && ["timestamp", "severity", "message", "logId"].includes(name);

/** Makes ready the test of one field, by where its values are. */
export const prepareField = (place: FieldPlace, test: ValueTest): Operator => {
  if (place.kind === "builtIn") {
    if (place.name === "severity") return severityOperator(test);
    if (place.name === "timestamp") return timestampOperator(test);
    if (place.name === "logId") return logIdOperator(test);
    if (place.name === "message") return messageOperator(test);
  }
  return columnOperator(place, test);
};

const severityOperator = (test: ValueTest): Operator => {
  const verdicts = severities.map((word) => test.matches(word));
  return {
    verdict: (meta): Verdict => {
      const counted = meta.severityCounts.filter((_, code) => verdicts[code]);
      const count = counted.reduce((sum, one) => sum + one, 0);
      return count === 0 ? "none" : count === meta.count ? "all" : "some";
    },
    cost: () => costs.numbers,
    select: (chunk, among) => {
      const codes = chunk.severityCodes();
      return among.filter((index) => verdicts[codes[index]!] === true);
    },
  };
};

const timestampOperator = (test: ValueTest): Operator => {
  const isMatch = test.matchesNumber ?? test.matches;
  return {
    verdict: ({ minTime, maxTime }: ChunkMeta): Verdict => {
      if (test.mayMatchBetween === undefined) return "some";
      if (isMatch(minTime) && isMatch(maxTime)) return "all";
      return test.mayMatchBetween(minTime, maxTime) ? "some" : "none";
    },
    cost: () => costs.numbers,
    select: (chunk, among) => {
      const times = chunk.times();
      return among.filter((index) => isMatch(times[index]!));
    },
  };
};

const logIdOperator = (test: ValueTest): Operator => ({
  verdict: () => "some",
  cost: () => costs.numbers,
  select: ({ reader, count }, among) => {
    if (test.exact === undefined) return among.filter((index) => test.matches(reader.logId(index)));
    const found = new EntrySet(count);
    const index = reader.indexOf(test.exact);
    if (index >= 0 && among.has(index) && reader.logId(index) === test.exact) found.add(index);
    return found;
  },
});

const messageOperator = (test: ValueTest): Operator => ({
  verdict: () => "some",
  isRuledOut: messagesRuledOut(test),
  cost: () => (test.needle ? costs.messages : costs.messageStrings),
  select: (chunk, among) => {
    const found = new EntrySet(chunk.count);
    matchMessages(test, { chunk, among, found });
    return found;
  },
});

/**
 * A text that is also how a number or a boolean is written finds those too, which are in no filter; an integer that no
 * double can be, as ids of platforms are, finds strings only.
 */
const valueRuledOut = (
  place: FieldPlace,
  { exact, matches }: ValueTest,
): Operator["isRuledOut"] => {
  if (exact === undefined) return undefined;
  const number = numberOf(exact);
  if (number !== undefined && matches(number)) return undefined;
  if (matches(true) || matches(false)) return undefined;
  return (filter) => !filter.mayHave(place, exact);
};

const columnOperator = (place: FieldPlace, test: ValueTest): Operator => ({
  verdict: () => "some",
  isRuledOut: valueRuledOut(place, test),
  cost: (chunk: ChunkData) => {
    const columns = chunk.columnsOf(place);
    if (columns.length === 0) return costs.nothing;
    return columns.every(({ type }) => type !== "string") ? costs.numbers : costs.strings;
  },
  select: (chunk, among) => {
    const found = new EntrySet(chunk.count);
    for (const column of chunk.columnsOf(place)) matchColumn(column, test, { chunk, among, found });
    return found;
  },
});
