import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Scope } from "./access.ts";

/** What one key may send; what is left out, the configuration's defaults say. */
export interface KeyRate {
  readonly requestsPerSecond?: number | undefined;
  /** Of bodies, after decompression. */
  readonly bytesPerSecond?: number | undefined;
}

/** What is kept of a key: enough to recognise it, not enough to use it. */
export interface KeyRecord {
  readonly id: string;
  /** SHA-256 of the secret, as 64 hex digits. The secret has 256 random bits, so that no salt or stretching is needed. */
  readonly secretHash: string;
  readonly tenant: string;
  readonly scopes: readonly Scope[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt?: number | undefined;
  readonly rate?: KeyRate | undefined;
}

const shape = /^lsk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;

export const parseApiKey = (text: string): { id: string; secret: string } | undefined => {
  const [, id, secret] = shape.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
};

const hashOf = (secret: string): Buffer => hash("sha256", secret, "buffer");

/** Stands in for the hash of a key that is not there. */
const nobody = "00".repeat(32);

/** Compares in constant time; with no hash it does the same work and says no. */
export const secretMatches = (secret: string, secretHash: string | undefined): boolean => {
  const expected = Buffer.from(secretHash ?? nobody, "hex");
  return timingSafeEqual(hashOf(secret), expected) && secretHash !== undefined;
};

/** Makes a key. Its text is to be shown once and never kept. */
export const createApiKey = (
  grant: Omit<KeyRecord, "id" | "secretHash">,
): { text: string; record: KeyRecord } => {
  const id = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("base64url");
  return {
    text: `lsk_${id}_${secret}`,
    record: { id, secretHash: hashOf(secret).toString("hex"), ...grant },
  };
};

const tenantShape = /^[a-z0-9][a-z0-9-]{0,63}$/;

export const isTenant = (text: string): boolean => tenantShape.test(text);

/** Whether it is a time that can be shown, in milliseconds since 1970. */
export const isTime = (value: unknown): value is number =>
  typeof value === "number" && !Number.isNaN(new Date(value).getTime());
