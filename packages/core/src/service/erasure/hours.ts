import { comparePositions, type Position } from "../../chunk/chunk.ts";
import { type ChunkStore, mergedSpanMs, type ScanRequest, type StoredChunk } from "../../store.ts";

/**
 * So many chunks are handed out together, roughly: few enough to be read before a store may take away those that were merged
 * meanwhile.
 */
const windowMax = 256;

const hourOf = ({ meta }: StoredChunk): number => Math.floor(meta.minTime / mergedSpanMs);

interface Start {
  readonly position: string;
  readonly bound: Position;
}

const nextWindow = async (
  store: ChunkStore,
  request: Omit<ScanRequest, "order" | "startAt">,
  start: Start | undefined,
  signal: AbortSignal,
) => {
  const window: StoredChunk[] = [];
  const scan = { ...request, order: "oldest", startAt: start?.position } as const;
  for await (const slice of store.scan(scan, { signal }))
    for (const chunk of slice) {
      // What reaches over the start comes first, and must not be gone on from: the next window lies behind this one.
      const isBehind = start === undefined || comparePositions(chunk.bound, start.bound) > 0;
      const [first] = window;
      const isFull = window.length >= windowMax || hourOf(chunk) !== hourOf(first ?? chunk);
      if (isBehind && isFull && first !== undefined) return { window, next: chunk };
      window.push(chunk);
    }
  return { window, next: undefined };
};

/**
 * Yields the chunks of a range, some of one hour at a time, the oldest first. Its scans end before the chunks are handed out:
 * a scan that is under way would keep them from being replaced. What took the place of chunks may come a second time.
 */
export async function* hoursOf(
  store: ChunkStore,
  request: Omit<ScanRequest, "order" | "startAt">,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredChunk[]> {
  let start: Start | undefined;
  do {
    const { window, next } = await nextWindow(store, request, start, signal);
    if (window.length > 0) yield window;
    start = next;
  } while (start !== undefined);
}
