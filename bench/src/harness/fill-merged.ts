import { fill } from "../client/load.ts";
import type { Shape } from "../client/shape.ts";
import type { Generator } from "../generator/index.ts";
import { mergeStore } from "./merge-store.ts";
import type { Context } from "./scenario.ts";

/** Stores entries in a folder over HTTP, and merges their chunks, as a server does a quarter of an hour later. */
export const fillMerged = async (
  { startServer, say }: Pick<Context, "startServer" | "say">,
  data: string,
  shape: Shape,
  generator: Generator,
  count: number,
): Promise<void> => {
  const start = performance.now();
  {
    await using server = await startServer({ data, hasOwnMemoryLimit: true });
    await fill(server.target, shape, generator, count);
  }
  const filled = performance.now();
  await mergeStore(data);
  const [fillSeconds, mergeSeconds] = [filled - start, performance.now() - filled].map((ms) =>
    (ms / 1000).toFixed(1),
  );
  say(`${count} entries stored in ${fillSeconds} s, merged in ${mergeSeconds} s`);
};
