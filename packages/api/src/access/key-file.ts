import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { KeySource } from "./access.ts";
import type { KeyRecord } from "./api-key.ts";

/** How long a change of the file may go unnoticed. */
const recheckAfterMs = 1000;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

const readKeys = async (path: string): Promise<readonly KeyRecord[]> => {
  try {
    const content: { keys: KeyRecord[] } = JSON.parse(await readFile(path, "utf8"));
    return content.keys;
  } catch (error) {
    if (isMissing(error)) return [];
    throw new Error(`the key file ${path} cannot be read`, { cause: error });
  }
};

/** Replaces the file whole, readable by its owner only; a crash leaves the old one or the new one. */
const writeKeys = async (path: string, keys: readonly KeyRecord[]): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
};

export interface KeyFile extends KeySource {
  list(): Promise<readonly KeyRecord[]>;
  add(record: KeyRecord): Promise<void>;
  /** Returns whether there was such a key. */
  remove(id: string): Promise<boolean>;
}

/** API keys in a file. It is read again soon after it changed, so that a key that was revoked stops working. */
export const openKeyFile = (path: string, now: () => number): KeyFile => {
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
  return {
    find: async (id) => (await fresh()).get(id),
    isEmpty: async () => (await fresh()).size === 0,
    list: () => readKeys(path),
    add: async (record) => writeKeys(path, [...(await readKeys(path)), record]),
    remove: async (id) => {
      const keys = await readKeys(path);
      const rest = keys.filter((key) => key.id !== id);
      await writeKeys(path, rest);
      return rest.length < keys.length;
    },
  };
};
