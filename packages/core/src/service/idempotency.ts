import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { idempotencyKeptMs, limits } from "../entry/limits.ts";
import type { IdSeed } from "../entry/log-id.ts";
import { LogServiceError } from "../errors.ts";
import type { ChunkSink } from "../store.ts";

/** What makes a request repeatable: with the same time, seed and body, parsing and encoding give the same chunks. */
interface Repeatable {
  readonly now: number;
  readonly seed: IdSeed;
  readonly checksum: string;
}

/** What the checksum covers: everything of a request that its entries depend on. */
export const checksumOf = (body: Uint8Array, settings: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(settings))
    .update("\n")
    .update(body)
    .digest("base64url");

const printableAscii = /^[\x21-\x7e]+$/;

export const assertIdempotencyKey = (key: string): void => {
  const limit = limits.idempotencyKeyLength.value;
  if (key.length > limit)
    throw new LogServiceError(
      "IDEMPOTENCY_KEY_INVALID",
      `Idempotency-Key has ${key.length} characters; the limit is ${limit}`,
    );
  if (!printableAscii.test(key))
    throw new LogServiceError(
      "IDEMPOTENCY_KEY_INVALID",
      "Idempotency-Key must be visible ASCII characters without spaces, such as a UUID",
    );
};

const print = ({ now, seed, checksum }: Repeatable): string =>
  JSON.stringify([now, seed.high, seed.low, checksum]);

const parse = (text: string): Repeatable => {
  const [now, high, low, checksum] = JSON.parse(text) as [number, number, number, string]; // written by `print`
  return { now, seed: { high, low }, checksum };
};

/**
 * Reserves the key for this request, or returns what the first request with it reserved. Throws
 * IDEMPOTENCY_KEY_REUSED when that one had another body.
 */
export const reserveKey = async (
  store: ChunkSink,
  request: { tenant: string; key: string; signal?: AbortSignal | undefined } & Repeatable,
): Promise<Repeatable> => {
  assertIdempotencyKey(request.key);
  const held = await store.reserve(
    {
      tenant: request.tenant,
      key: request.key,
      value: print(request),
      now: request.now,
      expiresAt: request.now + idempotencyKeptMs,
    },
    { signal: request.signal },
  );
  const reserved = parse(held);
  const isSame = Buffer.from(reserved.checksum).equals(Buffer.from(request.checksum));
  if (!isSame)
    throw new LogServiceError(
      "IDEMPOTENCY_KEY_REUSED",
      `Idempotency-Key ${JSON.stringify(request.key)} was used with another body in the last 24 hours`,
    );
  return reserved;
};
