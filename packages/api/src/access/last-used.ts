import { readFile, rename, writeFile } from "node:fs/promises";
import { isTime } from "./api-key.ts";

/** How much of what was used last a crash may forget; at most one small file is written in that time. */
const writeEveryMs = 60_000;

export interface LastUsed extends AsyncDisposable {
  /** Notes that a key was used now. It costs an entry in a map; nobody waits for the file. */
  note(id: string): void;
}

interface LastUsedDeps {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onFailure: (error: unknown) => void;
}

/** When keys were last used, by id, in milliseconds since 1970. A file that cannot be read knows of none. */
export const readLastUsed = async (path: string): Promise<Record<string, number>> => {
  try {
    const { used }: { used: object } = JSON.parse(await readFile(path, "utf8"));
    const times = Object.entries(used).filter(([, time]) => isTime(time));
    return Object.fromEntries(times);
  } catch {
    return {};
  }
};

/** Keeps in a file when keys were last used: for people, so that they see which ones nobody needs any more. */
export const createLastUsed = ({ path, now, onFailure }: LastUsedDeps): LastUsed => {
  const used = new Map<string, number>();
  let writtenAt = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> = Promise.resolve();
  const write = async () => {
    const merged = { ...(await readLastUsed(path)), ...Object.fromEntries(used) };
    const draft = `${path}.new`;
    await writeFile(draft, `${JSON.stringify({ version: 1, used: merged })}\n`, { mode: 0o600 });
    await rename(draft, path);
  };
  const writeNext = () => {
    writing = writing.then(write).catch(onFailure);
    return writing;
  };
  return {
    note: (id) => {
      const at = now();
      used.set(id, at);
      if (at - writtenAt < writeEveryMs) return;
      writtenAt = at;
      writeNext();
    },
    [Symbol.asyncDispose]: async () => {
      if (used.size > 0) await writeNext();
    },
  };
};
