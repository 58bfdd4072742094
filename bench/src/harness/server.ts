import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Target } from "../client/request.ts";
import type { Cleanup } from "./cleanup.ts";

const healthyAfterMsMax = 15_000;
const stoppedAfterMsMax = 20_000;
const logCharsKept = 4000;

/** The real server, as a child process on a data folder of its own. */
export interface Server extends AsyncDisposable {
  readonly target: Target;
  readonly pid: number;
  /** All files of the data folder, in bytes: databases, write-ahead logs and what else lies there. */
  diskBytes(): Promise<number>;
  /** The highest resident set so far, in bytes. */
  peakMemoryBytes(): Promise<number>;
  /** Processor time so far, of all threads. It tells the cost of work also when others use the cores. */
  cpuSeconds(): Promise<number>;
  /** The end of what it has printed. */
  lastWords(): string;
}

export interface ServerOptions {
  /** What to run instead of the command of `npm start`. */
  readonly command?: string | undefined;
  readonly nodeArguments?: readonly string[];
  /** A data folder that is there already, and stays; a temporary one without it. */
  readonly data?: string | undefined;
  readonly cleanup: Cleanup;
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("the probe has no port");
  return address.port;
};

const folderBytes = async (folder: string): Promise<number> => {
  let bytes = 0;
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    // A write-ahead log may be removed between the listing and the look.
    const found = file.isFile() && (await stat(join(file.parentPath, file.name)).catch(() => null));
    if (found) bytes += found.size;
  }
  return bytes;
};

const peakOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const kib = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  if (kib === undefined) throw new Error("/proc does not tell the peak memory");
  return Number(kib) * 1024;
};

/** Linux counts processor time in ticks of 10 ms (`getconf CLK_TCK`), since long ago and for ever. */
const ticksPerSecond = 100;

const cpuSecondsOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The name of the process comes second, in parentheses, and may hold anything; user and system time are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};

const isHealthy = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(1000) });
    return response.ok;
  } catch {
    return false;
  }
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), stoppedAfterMsMax);
  await ended;
  clearTimeout(late);
};

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** What `npm start` runs, by a shell that the server then replaces, so that the child is the server itself. */
const startCommand = async (): Promise<string> => {
  const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return scripts.start;
};

const launch = async (options: ServerOptions, port: number, data: string) => {
  const where = ["--port", String(port), "--host", "127.0.0.1", "--data", data];
  const command = options.command ?? (await startCommand());
  const binaries = join(root, "node_modules/.bin");
  const child = spawn("sh", ["-c", `${command} "$@"`, "start", ...where], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PATH: `${binaries}:${process.env.PATH}`,
      NODE_OPTIONS: (options.nodeArguments ?? []).join(" "),
    },
  });
  let log = "";
  const keep = (text: Buffer) => {
    log = (log + text.toString()).slice(-logCharsKept);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return { child, log: () => log };
};

/** Starts the server and resolves when it answers. Rejects with its last words when it does not. */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  const { cleanup } = options;
  const data = options.data ?? (await mkdtemp(join(tmpdir(), "log-service-bench-")));
  if (options.data === undefined) cleanup.folder(data);
  const port = await freePort();
  const { child, log } = await launch(options, port, data);
  const { pid } = child;
  if (pid === undefined) throw new Error("the server could not be started");
  cleanup.child(pid);
  child.once("exit", () => cleanup.childEnded(pid));
  const deadline = performance.now() + healthyAfterMsMax;
  while (!(await isHealthy(`http://127.0.0.1:${port}`))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`the server did not start; it said:\n${log()}`);
    await wait(50);
  }
  return {
    target: { host: "127.0.0.1", port },
    pid,
    diskBytes: () => folderBytes(data),
    peakMemoryBytes: () => peakOf(pid),
    cpuSeconds: () => cpuSecondsOf(pid),
    lastWords: log,
    [Symbol.asyncDispose]: async () => {
      await stop(child);
      if (options.data === undefined)
        await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
