import { type ErrorCode, encodeChunk, isLogServiceError, readChunkMeta } from "@log-service/core";
import fc from "fast-check";
import { readAll } from "../../../../packages/core/src/chunk/test/read-all.ts";
import { chunkIdFor, sampleEntries } from "../../../../packages/core/src/chunk/test/sample.ts";
import { readMeta, writeMeta } from "../../../../packages/stores/src/dynamodb/meta-bytes.ts";
import { anyMutations } from "../mutations.ts";
import { around } from "../routes/texts.ts";
import { textDecoders } from "./texts.ts";

interface Options {
  /** Of each decoder. */
  readonly numRuns: number;
  readonly seed: number;
}

/** Runs a decoder. An error that it may not throw fails the property. */
const decodeSafely = async (codes: readonly ErrorCode[], decode: () => unknown): Promise<void> => {
  try {
    await decode();
  } catch (error) {
    if (!isLogServiceError(error) || !codes.includes(error.code)) throw error;
  }
};

/** Holds every decoder of texts to a value or a clear error, whatever it is given. */
export const fuzzTextDecoders = async ({ numRuns, seed }: Options): Promise<void> => {
  for (const { name, good, near = [], codes, decode } of textDecoders) {
    const property = fc.asyncProperty(around(...good, ...near), (text) =>
      decodeSafely(codes, () => decode(text)),
    );
    await fc.assert(property, { numRuns, seed }).catch((cause) => {
      throw new Error(`${name} is not read cleanly`, { cause });
    });
  }
};

const chunks = [1, 20, 300].map((count) => {
  const entries = sampleEntries(count, count);
  return encodeChunk(entries, { id: chunkIdFor(entries), digest: "00112233445566ff" });
});

/** The same for what stores keep: chunks, and their metadata on DynamoDB. */
export const fuzzByteDecoders = async ({ numRuns, seed }: Options): Promise<void> => {
  const bytesOf = (all: readonly Uint8Array[]) =>
    fc
      .tuple(fc.constantFrom(...all), anyMutations)
      .map(([bytes, changes]) =>
        changes.reduce((changed, change) => change(changed), Uint8Array.from(bytes)),
      );
  const anyBytes = fc.oneof(
    bytesOf(chunks.map(({ bytes }) => bytes)),
    fc.uint8Array({ maxLength: 200 }),
  );
  const ofChunks = fc.asyncProperty(anyBytes, async (bytes) => {
    await decodeSafely(["CHUNK_CORRUPT"], () => readChunkMeta(bytes));
    await decodeSafely(["CHUNK_CORRUPT"], () => readAll(bytes));
  });
  await fc.assert(ofChunks, { numRuns, seed });
  const ofMeta = fc.asyncProperty(bytesOf(chunks.map(({ meta }) => writeMeta(meta))), (bytes) =>
    decodeSafely([], () => readMeta(chunks[0]?.meta.id ?? "", bytes)),
  );
  await fc.assert(ofMeta, { numRuns, seed });
};
