import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createIngestService, createSeeds, encodeBatch } from "@log-service/core/service";
import { openSqliteStore } from "@log-service/stores/sqlite";
import type { Shape } from "../client/shape.ts";
import type { Generator } from "../generator/index.ts";

const ignore = () => undefined;

/**
 * Stores entries in a folder as requests of a shape would, in a tenth of the time: by the same service on the same store, but
 * without HTTP and without syncs. Half of the shape's connections share a commit, as they do over HTTP. Resolves with the
 * bytes of the entries' JSON.
 */
export const fillStore = async (
  folder: string,
  shape: Shape,
  generator: Generator,
  count: number,
): Promise<number> => {
  await using store = await openSqliteStore({ folder, syncLog: () => Promise.resolve() });
  await using service = createIngestService({
    store,
    now: Date.now,
    nextSeed: createSeeds(Date.now, () => randomBytes(6).readUIntBE(0, 6) % 2 ** 42),
    encode: async (task) => encodeBatch(task),
    nextTurn,
    observer: { onIngest: ignore, onCommit: ignore },
  });
  const format = shape.contentType === "application/json" ? "json" : "ndjson";
  const atOnce = Math.ceil(shape.connections / 2);
  let bytes = 0;
  for (let stored = 0; stored < count; stored += atOnce * shape.entriesPerRequest) {
    const bodies = Array.from({ length: atOnce }, () =>
      Buffer.from(shape.body(generator, generator.nextSender(shape.entriesPerRequest))),
    );
    bytes += bodies.reduce((sum, body) => sum + body.length, 0);
    await Promise.all(
      bodies.map((body) => service.ingest("default", { body: Uint8Array.from(body), format })),
    );
  }
  return bytes;
};
