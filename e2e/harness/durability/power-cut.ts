import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "@log-service/stores/sqlite";
import type { Random } from "../random.ts";
import { createTestService, ndjson } from "../service.ts";
import { type WalPlace, walPlaceOf } from "./wal.ts";

/** A batch that was acknowledged, and how far the logs had been written by then. */
export interface Acknowledged {
  readonly key: string;
  readonly entries: readonly SentEntry[];
  readonly day: WalPlace;
  readonly meta: WalPlace;
}

interface SentEntry {
  readonly severity: "info";
  readonly message: string;
  readonly timestamp: number;
}

/** A data folder as a crash left it, and what was acknowledged before. */
export interface Recording {
  readonly folder: string;
  readonly acknowledged: readonly Acknowledged[];
  readonly dayLog: string;
}

export const metaLog = "meta.db-wal";

/** Posts batches with keys, one after the other, and notes after each answer where the logs end. */
export const record = async (
  url: string,
  folder: string,
  random: Random,
  batches: number,
): Promise<Recording> => {
  const acknowledged: Acknowledged[] = [];
  let dayLog = "";
  for (let batch = 0; batch < batches; batch++) {
    const size = random.pick([1, 1, 3, 40, 200]);
    const entries = Array.from(
      { length: size },
      (_, index): SentEntry => ({
        severity: "info",
        message: `batch ${batch} entry ${index} ${random.next()}`,
        timestamp: Date.now(),
      }),
    );
    const key = `batch-${batch}`;
    const headers = { "content-type": "application/x-ndjson", "idempotency-key": key };
    const response = await fetch(`${url}/logs`, { method: "POST", headers, body: ndjson(entries) });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    await response.text();
    dayLog ||= readdirSync(folder).find((name) => /^\d.*\.db-wal$/.test(name)) ?? "";
    const [day, meta] = [dayLog, metaLog].map((name) => walPlaceOf(join(folder, name)));
    acknowledged.push({ key, entries, day: day as WalPlace, meta: meta as WalPlace }); // two names, two places
  }
  return { folder, acknowledged, dayLog };
};

const tears = ["cut", "zeroed", "garbage", "hole"] as const;

export type Tear = (typeof tears)[number];

/** Damages what lies in a log behind `from`, as a power cut may: only bytes before it were surely on disk. */
const tearLog = (path: string, from: number, tear: Tear, random: Random): void => {
  const log = readFileSync(path);
  const junk = Buffer.from(Array.from({ length: 4096 }, () => random.integer(0, 255)));
  const rest = random.integer(0, Math.min(log.length - from, 4096));
  switch (tear) {
    case "cut":
      writeFileSync(path, log.subarray(0, from));
      break;
    case "zeroed":
      writeFileSync(path, Buffer.concat([log.subarray(0, from), Buffer.alloc(rest)]));
      break;
    case "garbage":
      writeFileSync(path, Buffer.concat([log.subarray(0, from), junk.subarray(0, rest)]));
      break;
    case "hole":
      // Pages behind the hole were written before those in it: disks keep no order.
      log.fill(0, from, from + rest);
      writeFileSync(path, log);
  }
};

export interface Cut {
  readonly tear: Tear;
  readonly folder: string;
  /** What must still be there: acknowledged before the cut. */
  readonly kept: readonly Acknowledged[];
  /** What may be there or not. */
  readonly later: readonly Acknowledged[];
}

/**
 * What of a log was surely on disk: SQLite syncs it before it copies its frames into the database, so that no power
 * cut leaves a database that is ahead of its log.
 */
const syncedEnd = (acknowledged: readonly Acknowledged[], which: "day" | "meta"): number => {
  const last = acknowledged.at(-1)?.[which];
  const index = acknowledged.findLastIndex(
    (one, at) => one[which].databaseStamp !== acknowledged[at - 1]?.[which].databaseStamp,
  );
  const copied = acknowledged[index]?.[which];
  return index > 0 && copied?.generation === last?.generation ? (copied?.end ?? 0) : 0;
};

/** Cuts a copy of the recording at a random byte; the log of the keys at a moment that fits. */
export const cutPower = async (recording: Recording, random: Random): Promise<Cut> => {
  const { acknowledged, dayLog } = recording;
  const folder = await mkdtemp(join(tmpdir(), "log-service-cut-"));
  cpSync(recording.folder, folder, { recursive: true });
  const last = acknowledged.at(-1) as Acknowledged; // a recording has batches
  const place = random.integer(syncedEnd(acknowledged, "day"), last.day.end);
  const isKept = ({ day }: Acknowledged) =>
    day.generation !== last.day.generation || day.end <= place;
  const kept = acknowledged.filter(isKept);
  const later = acknowledged.slice(kept.length);
  const tear = random.pick(tears);
  tearLog(join(folder, dayLog), place, tear, random);
  // Each key was synced before its chunks, so that of the kept ones is there, and the next one's may be.
  const metaEnd = kept.at(-1)?.meta;
  const next = later[0]?.meta ?? last.meta;
  const metaPlace =
    metaEnd?.generation === last.meta.generation
      ? random.integer(metaEnd.end, Math.max(metaEnd.end, next.end))
      : undefined;
  const isPossible = metaPlace !== undefined && metaPlace >= syncedEnd(acknowledged, "meta");
  if (isPossible && tear !== "hole") tearLog(join(folder, metaLog), metaPlace, tear, random);
  return { tear, folder, kept, later };
};

/** Opens a folder as the server does, and gives the service on it to `use`. */
export const withService = async <T>(
  folder: string,
  use: (service: ReturnType<typeof createTestService>, errors: readonly string[]) => Promise<T>,
): Promise<T> => {
  const errors: string[] = [];
  const say = (message: string) => void errors.push(message);
  await using store = await openSqliteStore({ folder, log: { warn: say, error: say } });
  await using service = createTestService({ store, now: Date.now });
  return await use(service, errors);
};

/** Every message that is stored, read page by page. */
export const readMessages = async (
  service: ReturnType<typeof createTestService>,
): Promise<string[]> => {
  const messages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await service.search("default", {
      filter: { op: "all" },
      from: 0,
      to: 2 ** 48,
      order: "newest",
      limit: 1000,
      cursor,
      parameters: {},
    });
    messages.push(...page.lines.map((line) => JSON.parse(line).message));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return messages;
};

export const removeCut = ({ folder }: Cut): void =>
  rmSync(folder, { recursive: true, force: true });
