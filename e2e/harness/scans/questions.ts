import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Client, LogEntry } from "../../../packages/sdk/src/index.ts";

/** Milliseconds since 1970: from inclusive, to exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Asks one question of a whole range, in as many requests as that takes, and tells the answer so that two can be compared. */
export type Question = (client: Client, range: Range) => Promise<Told>;

export interface Told {
  readonly answer: string;
  /** How many requests it took: more than one when the budget ran out. */
  readonly requests: number;
}

const told = (answer: unknown, requests: number): Told => ({
  answer: JSON.stringify(answer),
  requests,
});

const minuteMs = 60_000;

/** The ids of all that match, page after page. */
const search =
  (q: string, order: "newest" | "oldest" = "newest"): Question =>
  async (client, range) => {
    const ids: string[] = [];
    let requests = 0;
    for (let cursor: string | undefined | null; cursor !== null; requests++) {
      const parameters = { ...range, q, order, limit: 1000, ...(cursor && { cursor }) };
      const page = await client.search(parameters);
      ids.push(...page.logs.map(({ logId }: LogEntry) => logId));
      cursor = page.nextCursor;
    }
    return told(ids, requests);
  };

/** Each point of each group; a minute that the budget cut is asked for again. */
const stats =
  (measure: string, by: string, q?: string): Question =>
  async (client, { from, to }) => {
    const points: string[] = [];
    let requests = 0;
    for (let start = from; start < to; requests++) {
      const parameters = { from: start, to, measure, by, interval: "1m", top: 1000, q };
      const { groups, scannedTo = to } = await client.stats(parameters);
      const end = scannedTo === to ? to : scannedTo - (scannedTo % minuteMs);
      if (end <= start) throw new Error("the budget is not enough for a minute");
      const found = groups.flatMap((group) =>
        group.points.map((point) => [group.by, point] as const),
      );
      const whole = found.filter(([, [time]]) => Number(time) < end);
      points.push(...whole.map((one) => JSON.stringify(one)));
      start = end;
    }
    return told(points.sort(), requests);
  };

type Counts = ReadonlyMap<string, number>;

/** Counts that cannot go on from where the budget ended them: the range is halved until it is enough. */
const count =
  (
    ask: (client: Client, range: Range) => Promise<{ complete: boolean; counts: Counts }>,
  ): Question =>
  async (client, range) => {
    const sums = new Map<string, number>();
    let requests = 0;
    const askOf = async ({ from, to }: Range): Promise<void> => {
      requests++;
      const { complete, counts } = await ask(client, { from, to });
      if (complete) {
        for (const [key, value] of counts) sums.set(key, (sums.get(key) ?? 0) + value);
        return;
      }
      const middle = Math.floor((from + to) / 2);
      await askOf({ from, to: middle });
      await askOf({ from: middle, to });
    };
    await askOf(range);
    return told([...sums].sort(), requests);
  };

const fields = count(async (client, range) => {
  const { complete, fields: found } = await client.fields(range);
  const typesOf = found.flatMap(({ name, types }) =>
    Object.entries(types).map(([type, value]) => [`${name} ${type}`, value] as const),
  );
  return { complete, counts: new Map(typesOf) };
});

const values = (name: string) =>
  count(async (client, range) => {
    const {
      complete,
      values: found,
      otherCount,
    } = await client.fieldValues({
      ...range,
      name,
      limit: 1000,
    });
    const counts = found.map(({ value, count: times }) => [JSON.stringify(value), times] as const);
    return { complete, counts: new Map([...counts, ["other", otherCount]]) };
  });

const patterns = count(async (client, range) => {
  const { complete, patterns: found, total } = await client.patterns({ ...range, top: 1000 });
  const counts = found.map(({ pattern, count: times }) => [pattern, times] as const);
  return { complete, counts: new Map([...counts, ["total", total]]) };
});

const sipBytes = 4 * 2 ** 20;
const restMs = 100;

/** Everything as a file, by a reader that rests after each few megabytes until the signal aborts. */
export const exportAll = async (
  client: Client,
  range: Range,
  rested: AbortSignal,
): Promise<readonly [bytes: number, hash: string]> => {
  const { body } = await client.export(range);
  const hash = createHash("sha256");
  let bytes = 0;
  let restAt = sipBytes;
  for await (const part of body ?? []) {
    hash.update(part);
    bytes += part.length;
    if (bytes < restAt) continue;
    restAt = bytes + sipBytes;
    await wait(restMs, undefined, { signal: rested }).catch(() => undefined);
  }
  return [bytes, hash.digest("hex")];
};

/** Scans of everything, each of another kind. */
export const questions: ReadonlyMap<string, Question> = new Map([
  ["an absent word", search("kubernetes")],
  ["a phrase or a number", search('"held back" OR latency_ms:>1500', "oldest")],
  ["a regular expression", search("/p-7[0-9]{4} eliminated p-8/")],
  ["a player", search("player_id:p-77777")],
  ["p95 by service", stats("count,p95(latency_ms)", "service")],
  ["counts by severity, of a word", stats("count", "severity", "ticket")],
  ["fields", fields],
  ["values of a field", values("http.status")],
  ["patterns", patterns],
]);
