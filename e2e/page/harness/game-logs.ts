import { createGenerator, toJson } from "../../../bench/src/generator/index.ts";

export interface GameLogsOptions {
  readonly count: number;
  /** When the last of them happens, in milliseconds since 1970. */
  readonly endsAt: number;
  /** Over how long they are spread. */
  readonly lengthMs?: number;
  readonly seed?: number;
}

/** Logs of a game as NDJSON, in requests of 1,000 at most: always the same, up to when they happen. */
export function* gameLogs(options: GameLogsOptions): Generator<string> {
  const { count, endsAt, lengthMs = 3_600_000, seed = 7 } = options;
  const generator = createGenerator({
    seed,
    startTime: endsAt - lengthMs,
    entriesPerSecond: (count * 1000) / lengthMs,
    producers: 4,
    // The last quarter, so that there is something to find.
    isIncident: (time) => time > endsAt - lengthMs / 4,
  });
  for (let sent = 0; sent < count; sent += 1000) {
    const size = Math.min(1000, count - sent);
    yield Array.from({ length: size }, () => toJson(generator.next())).join("\n");
  }
}
