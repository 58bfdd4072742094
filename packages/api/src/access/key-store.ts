import { createApiKey, type KeyRecord } from "./api-key.ts";

/** Where keys are kept, as the key tool sees it. */
export interface KeyStore {
  list(): Promise<readonly KeyRecord[]>;
  add(record: KeyRecord): Promise<void>;
  /** Sets when a key ends, in milliseconds since 1970. Returns whether there was such a key. */
  endAt(id: string, expiresAt: number): Promise<boolean>;
  /** Returns whether there was such a key. */
  remove(id: string): Promise<boolean>;
}

interface Rotation {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long the old key goes on working beside the new one. */
  readonly overlapMs: number;
}

/** A key that took another's place. Its text is to be shown once and never kept. */
export interface RotatedKey {
  readonly text: string;
  readonly record: KeyRecord;
  /** When the old key ends, in milliseconds since 1970. */
  readonly oldEndsAt: number;
}

/**
 * Makes a key that may do what another may, for as long as that one was made for, and lets the other end after the
 * overlap; never later than it would have. Undefined when there is no such key.
 */
export const rotateKey = async (
  keys: KeyStore,
  id: string,
  { now, overlapMs }: Rotation,
): Promise<RotatedKey | undefined> => {
  const old = (await keys.list()).find((key) => key.id === id);
  if (old === undefined) return undefined;
  const { tenant, scopes, rate, createdAt, expiresAt } = old;
  const { text, record } = createApiKey({
    tenant,
    scopes,
    createdAt: now,
    ...(expiresAt !== undefined && { expiresAt: now + expiresAt - createdAt }),
    ...(rate !== undefined && { rate }),
  });
  // In this order a crash between the two leaves two keys that work, and not none.
  await keys.add(record);
  const oldEndsAt = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, now + overlapMs);
  await keys.endAt(id, oldEndsAt);
  return { text, record, oldEndsAt };
};
