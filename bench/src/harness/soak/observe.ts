import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** What a server holds at one moment. Sizes are in bytes. */
export interface Observation {
  /** Since the beginning. */
  readonly second: number;
  readonly resident: number;
  readonly heap: number;
  /** Buffers outside of the heap. */
  readonly external: number;
  /** Open files, sockets included. */
  readonly files: number;
  /** The write-ahead logs together. */
  readonly logBytes: number;
}

export interface Observed {
  readonly pid: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly folder: string;
}

const gauge = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);

const logBytesIn = async (folder: string): Promise<number> => {
  let bytes = 0;
  for (const path of await readdir(folder, { recursive: true })) {
    // A log may be removed between the listing and the look.
    const found = path.endsWith("-wal") && (await stat(join(folder, path)).catch(() => null));
    if (found) bytes += found.size;
  }
  return bytes;
};

/** Looks at a server from outside: by its own gauges, by /proc and at its folder. */
export const observe = async (observed: Observed, second: number): Promise<Observation> => {
  const { pid, url, headers, folder } = observed;
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return {
    second,
    resident: Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024,
    heap: gauge(text, "nodejs_heap_size_used_bytes"),
    external: gauge(text, "nodejs_external_memory_bytes"),
    files: (await readdir(`/proc/${pid}/fd`)).length,
    logBytes: await logBytesIn(folder),
  };
};
