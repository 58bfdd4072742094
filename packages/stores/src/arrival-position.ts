import { createCipheriv, createDecipheriv, hash, randomBytes } from "node:crypto";
import { LogServiceError } from "@log-service/core";

const shape = /^([\w-]{8})\.([\w-]{22})$/;

export const invalidArrival = () =>
  new LogServiceError("CURSOR_INVALID", "the position is not one of this store's arrivals");

/** Tells epochs apart without telling them. */
const tagOf = (epoch: string): string => hash("sha256", `tag ${epoch}`, "base64url").slice(0, 8);

const keyOf = (epoch: string): Buffer => hash("sha256", `key ${epoch}`, "buffer").subarray(0, 16);

const numberBytes = 8;

/**
 * Writes a number in the order of arrival. All tenants' chunks are counted together, so that the number, and even whether
 * it is the same as before, would tell one tenant how much others store: it is enciphered beside as many random bytes,
 * by a key that the epoch makes, and the epoch never leaves the store. Numbers of another epoch are those of a store
 * that was lost.
 */
export const printArrival = (epoch: string, number: number): string => {
  const block = Buffer.concat([randomBytes(numberBytes), Buffer.alloc(numberBytes)]);
  block.writeBigUInt64BE(BigInt(number), numberBytes);
  // One block of 16 bytes, each of them once: what the modes of longer texts are for does not arise.
  const cipher = createCipheriv("aes-128-ecb", keyOf(epoch), null).setAutoPadding(false);
  return `${tagOf(epoch)}.${cipher.update(block).toString("base64url")}`;
};

/** Reads a number back; undefined when it is of another epoch. Throws CURSOR_INVALID for any other text. */
export const parseArrival = (text: string, epoch: string): number | undefined => {
  const [, tag, enciphered = ""] = shape.exec(text) ?? [];
  if (tag === undefined) throw invalidArrival();
  if (tag !== tagOf(epoch)) return undefined;
  const decipher = createDecipheriv("aes-128-ecb", keyOf(epoch), null).setAutoPadding(false);
  const block = decipher.update(Buffer.from(enciphered, "base64url"));
  const number = Number(block.readBigUInt64BE(numberBytes));
  if (!Number.isSafeInteger(number)) throw invalidArrival();
  return number;
};
