import { Buffer } from "node:buffer";

export interface Response {
  readonly status: number;
  readonly body: Buffer;
}

const headEnd = Buffer.from("\r\n\r\n");
const lineEnd = Buffer.from("\r\n");

interface Head {
  readonly status: number;
  readonly bodyStart: number;
  /** Undefined when the body is chunked. */
  readonly bodyLength: number | undefined;
}

const parseHead = (bytes: Buffer): Head | undefined => {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const text = bytes.toString("latin1", 0, end);
  const status = Number.parseInt(text.slice(9, 12), 10);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  const isChunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(text);
  const bodyLength = isChunked ? undefined : Number(length ?? 0);
  return { status, bodyStart: end + headEnd.length, bodyLength };
};

/** Joins the pieces of a chunked body; undefined while the last one is not there. Trailers are not expected. */
const readChunked = (bytes: Buffer, start: number): { body: Buffer; end: number } | undefined => {
  const pieces: Buffer[] = [];
  let at = start;
  for (;;) {
    const sizeEnd = bytes.indexOf(lineEnd, at);
    if (sizeEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString("latin1", at, sizeEnd), 16);
    const piece = sizeEnd + lineEnd.length;
    const next = piece + size + lineEnd.length;
    if (bytes.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(pieces), end: next };
    pieces.push(bytes.subarray(piece, piece + size));
    at = next;
  }
};

/**
 * Reads the answers of one HTTP/1.1 connection, only what the benchmark needs of the protocol: it shares the cores
 * with the server that it measures.
 */
export const createResponseReader = () => {
  let pending: Buffer = Buffer.alloc(0);
  let head: Head | undefined;

  const take = (body: Buffer, end: number): Response => {
    const status = head?.status ?? 0;
    pending = pending.subarray(end);
    head = undefined;
    return { status, body };
  };

  return {
    /** Takes what has arrived; returns the answer when that completes it. One request is under way at a time. */
    push: (data: Buffer): Response | undefined => {
      pending = pending.length === 0 ? data : Buffer.concat([pending, data]);
      head ??= parseHead(pending);
      if (head === undefined) return undefined;
      const { bodyStart, bodyLength } = head;
      if (bodyLength === undefined) {
        const read = readChunked(pending, bodyStart);
        return read && take(read.body, read.end);
      }
      const end = bodyStart + bodyLength;
      return pending.length < end ? undefined : take(pending.subarray(bodyStart, end), end);
    },
  };
};
