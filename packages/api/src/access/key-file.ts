import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { type KeySource, scopes } from "./access.ts";
import { isTenant, isTime, type KeyRecord } from "./api-key.ts";
import type { KeyStore } from "./key-store.ts";

/** How long a change of the file may go unnoticed. */
const recheckAfterMs = 1000;

/** A draft that has not become the file for so long is a crashed command's. */
const draftStaleMs = 10_000;

/**
 * The key file cannot be read or written. For whoever runs the server: it names the file, which no answer must, so that
 * it is none of the catalogue's errors.
 */
export class KeyFileError extends Error {}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

const isOptionalTime = (value: unknown): boolean => value === undefined || isTime(value);

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
    isOptionalTime(key.createdAt) &&
    isOptionalTime(key.expiresAt) &&
    (key.rate === undefined || typeof key.rate === "object")
  );
};

/** Undefined for what is no file of keys. */
const parseKeys = (text: string): readonly KeyRecord[] | undefined => {
  try {
    const { keys }: { keys?: unknown } = JSON.parse(text);
    return Array.isArray(keys) && keys.every(isRecord) ? keys : undefined;
  } catch {
    return undefined;
  }
};

const readKeys = async (path: string): Promise<readonly KeyRecord[]> => {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (hasCode(cause, "ENOENT")) return undefined;
    throw new KeyFileError(`the key file ${path} cannot be read (${codeOf(cause)})`, { cause });
  });
  if (text === undefined) return [];
  const keys = parseKeys(text);
  if (keys !== undefined) return keys;
  throw new KeyFileError(`the key file ${path} is damaged: it holds something that is not a key`);
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
  const draft = `${path}.new`;
  const failed = (cause: unknown) => {
    if (cause instanceof KeyFileError) return cause;
    const reason = `the key file ${path} cannot be written (${codeOf(cause)})`;
    return new KeyFileError(reason, { cause });
  };
  const handle = await openDraft(draft, now).catch((error: unknown) => {
    throw failed(error);
  });
  try {
    const keys = change(await readKeys(path));
    await handle.writeFile(`${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
    await handle.sync();
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw failed(error);
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
    if (!(await readKeys(path)).some((key) => key.id === id)) return isThere;
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
