import { Buffer } from "node:buffer";
import type { Generator } from "../generator/index.ts";
import { type Connection, openConnection } from "./connection.ts";
import { postRequest, type Target } from "./request.ts";
import type { Shape } from "./shape.ts";

export interface LoadResult {
  readonly entriesPerSecond: number;
  /** Of each request, in milliseconds. */
  readonly latencies: readonly number[];
}

const withConnections = async <T>(
  target: Target,
  count: number,
  use: (connections: readonly Connection[]) => Promise<T>,
): Promise<T> => {
  using opened = new DisposableStack();
  const connections: Connection[] = [];
  for (let index = 0; index < count; index++)
    connections.push(opened.use(await openConnection(target.port, target.host)));
  return await use(connections);
};

/** Prepares requests in the order in which they would be sent, so that sending costs the shared cores as little as possible. */
export const prepareRequests = (
  target: Target,
  shape: Shape,
  generator: Generator,
  count: number,
): Buffer[] =>
  Array.from({ length: count }, () => {
    const body = shape.body(generator, generator.nextSender(shape.entriesPerRequest));
    return postRequest(target, shape.contentType, body);
  });

/** Sends prepared requests over and over for a time, each connection as fast as it is answered. */
export const sendFor = (
  target: Target,
  shape: Shape,
  requests: readonly Buffer[],
  durationMs: number,
): Promise<LoadResult> =>
  withConnections(target, shape.connections, async (connections) => {
    const latencies: number[] = [];
    const start = performance.now();
    let turn = 0;
    const work = async (connection: Connection) => {
      for (let now = start; now - start < durationMs; ) {
        // The index is below the length.
        const request = requests[turn % requests.length] as Buffer;
        turn += 1;
        const sent = performance.now();
        shape.check(await connection.send(request));
        now = performance.now();
        latencies.push(now - sent);
      }
    };
    await Promise.all(connections.map(work));
    const seconds = (performance.now() - start) / 1000;
    return { entriesPerSecond: (latencies.length * shape.entriesPerRequest) / seconds, latencies };
  });

/**
 * Stores `count` entries, generated on the way so that memory stays bounded. Resolves with the bytes of their JSON.
 */
export const fill = (
  target: Target,
  shape: Shape,
  generator: Generator,
  count: number,
): Promise<number> =>
  withConnections(target, shape.connections, async (connections) => {
    let left = Math.ceil(count / shape.entriesPerRequest);
    let bytes = 0;
    const work = async (connection: Connection) => {
      while (left > 0) {
        left -= 1;
        const producer = generator.nextSender(shape.entriesPerRequest);
        const body = shape.body(generator, producer);
        bytes += Buffer.byteLength(body);
        shape.check(await connection.send(postRequest(target, shape.contentType, body)));
      }
    };
    await Promise.all(connections.map(work));
    return bytes;
  });
