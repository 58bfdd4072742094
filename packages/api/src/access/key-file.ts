import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type KeySource, scopes } from "./access.ts";
import { isTenant, type KeyRecord } from "./api-key.ts";
import type { KeyStore } from "./key-store.ts";

/** How long a change of the file may go unnoticed. */
const recheckAfterMs = 1000;

/** A draft that has not become the file for so long is a crashed command's. */
const draftStaleMs = 10_000;

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

const isOptionalNumber = (value: unknown): boolean =>
  value === undefined || typeof value === "number";

/** A key that says less, or something else, than this program writes must let nobody in. */
const isRecord = (value: unknown): value is KeyRecord => {
  const key = (value ?? {}) as Partial<Record<keyof KeyRecord, unknown>>; // looked at field by field
  return (
    typeof key.id === "string" &&
    typeof key.secretHash === "string" &&
    /^[0-9a-f]{64}$/.test(key.secretHash) &&
    typeof key.tenant === "string" &&
    isTenant(key.tenant) &&
    Array.isArray(key.scopes) &&
    key.scopes.every((scope) => scopes.includes(scope)) &&
    isOptionalNumber(key.expiresAt) &&
    (key.rate === undefined || typeof key.rate === "object")
  );
};

const readKeys = async (path: string): Promise<readonly KeyRecord[]> => {
  try {
    const { keys }: { keys?: unknown } = JSON.parse(await readFile(path, "utf8"));
    if (!Array.isArray(keys) || !keys.every(isRecord))
      throw new TypeError("it holds something that is not a key");
    return keys;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return [];
    throw new Error(`the key file ${path} cannot be read`, { cause: error });
  }
};

/** Creates the draft of the next file; while it is there, no other command can create it. */
const openDraft = async (draft: string, now: () => number) => {
  for (;;) {
    try {
      return await open(draft, "wx", 0o600);
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
      const found = await stat(draft).catch(() => undefined);
      const isStale = found !== undefined && now() - found.mtimeMs > draftStaleMs;
      await (isStale ? rm(draft, { force: true }) : wait(20));
    }
  }
};

type Change = (keys: readonly KeyRecord[]) => readonly KeyRecord[];

/**
 * Replaces the file whole, readable by its owner only. A crash leaves the old one or the new one, and of two commands
 * at once the second sees what the first has done.
 */
const changeKeys = async (
  { path, now }: { readonly path: string; readonly now: () => number },
  change: Change,
): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  const handle = await openDraft(draft, now);
  try {
    const keys = change(await readKeys(path));
    await handle.writeFile(`${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
    await handle.sync();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
};

export interface KeyFile extends KeySource, KeyStore {}

/** API keys in a file. It is read again soon after it changed, so that a key that was revoked stops working. */
export const openKeyFile = (path: string, now: () => number): KeyFile => {
  const file = { path, now };
  let checkedAt = Number.NEGATIVE_INFINITY;
  let stamp = "";
  let current: Promise<ReadonlyMap<string, KeyRecord>> = Promise.resolve(new Map());
  const load = async () => {
    const keys = await readKeys(path);
    return new Map(keys.map((key) => [key.id, key]));
  };
  const fresh = async () => {
    if (now() - checkedAt < recheckAfterMs) return current;
    checkedAt = now();
    const found = await stat(path).catch(() => undefined);
    const newStamp = found ? `${found.mtimeMs} ${found.size} ${found.ino}` : "";
    if (newStamp !== stamp) {
      stamp = newStamp;
      current = load();
    }
    return current;
  };
  /** Changes the keys with an id; says whether there was one. */
  const changeOne = async (id: string, change: (key: KeyRecord) => readonly KeyRecord[]) => {
    let isThere = false;
    await changeKeys(file, (keys) =>
      keys.flatMap((key) => {
        isThere ||= key.id === id;
        return key.id === id ? change(key) : [key];
      }),
    );
    return isThere;
  };
  return {
    find: async (id) => (await fresh()).get(id),
    // A file without keys is one whose last key was revoked: that must not let everyone in.
    isEmpty: async () => {
      await fresh();
      return stamp === "";
    },
    list: () => readKeys(path),
    add: (record) => changeKeys(file, (keys) => [...keys, record]),
    endAt: (id, expiresAt) => changeOne(id, (key) => [{ ...key, expiresAt }]),
    remove: (id) => changeOne(id, () => []),
  };
};
