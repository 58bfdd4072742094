import { openConnection } from "../client/connection.ts";
import { getRequest, postRequest, type Target } from "../client/request.ts";
import type { Shape } from "../client/shape.ts";
import type { Generator } from "../generator/index.ts";
import { median, quantile } from "../harness/statistics.ts";

export interface ReadTimes {
  readonly medianMs: number;
  readonly p95Ms: number;
}

interface Page {
  readonly count: number;
  readonly nextCursor: string | null;
}

const warmUps = 40;

/** Fetches one page. Throws unless it is full. */
export const fetchPage = async (target: Target, path: string): Promise<Page> => {
  using connection = await openConnection(target.port, target.host);
  const { status, body } = await connection.send(getRequest(target, path));
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${body.subarray(0, 500)}`);
  // The contract's shape; `count` is checked below.
  const page = JSON.parse(body.toString()) as Page;
  if (page.count !== 100) throw new Error(`${path} has ${page.count} entries instead of 100`);
  return page;
};

/** Follows the cursors from the newest page to page number `page`, and returns the path of that one. */
export const pathOfPage = async (target: Target, page: number): Promise<string> => {
  let path = "/logs?limit=100";
  for (let at = 1; at < page; at++) {
    const { nextCursor } = await fetchPage(target, path);
    path = `/logs?limit=100&cursor=${encodeURIComponent(nextCursor ?? "")}`;
  }
  return path;
};

/** A page of a server. */
export interface Read {
  readonly target: Target;
  readonly path: string;
}

/** Reads several pages in turn, one request at a time, so that a disturbance meets all of them alike. */
export const timeReads = async (reads: readonly Read[], samples: number): Promise<ReadTimes[]> => {
  for (const { target, path } of reads) await fetchPage(target, path);
  using opened = new DisposableStack();
  const requests = await Promise.all(
    reads.map(async ({ target, path }) => ({
      connection: opened.use(await openConnection(target.port, target.host)),
      bytes: getRequest(target, path),
      times: [] as number[],
    })),
  );
  for (let round = -warmUps; round < samples; round++)
    for (const { connection, bytes, times } of requests) {
      const sent = performance.now();
      const { status } = await connection.send(bytes);
      if (round >= 0) times.push(performance.now() - sent);
      if (status !== 200) throw new Error(`a read was answered ${status}`);
    }
  return requests.map(({ times }) => ({ medianMs: median(times), p95Ms: quantile(times, 0.95) }));
};

/** Reads the newest page after each of some requests that store more: no cache knows the newest chunk yet. */
export const timeReadsAfterWrites = async (
  target: Target,
  shape: Shape,
  generator: Generator,
  samples: number,
): Promise<ReadTimes> => {
  using connection = await openConnection(target.port, target.host);
  const times: number[] = [];
  for (let turn = 0; turn < samples; turn++) {
    const body = shape.body(generator, generator.nextSender(shape.entriesPerRequest));
    shape.check(await connection.send(postRequest(target, shape.contentType, body)));
    const sent = performance.now();
    const { status } = await connection.send(getRequest(target, "/logs?limit=100"));
    times.push(performance.now() - sent);
    if (status !== 200) throw new Error(`a read was answered ${status}`);
  }
  return { medianMs: median(times), p95Ms: quantile(times, 0.95) };
};
