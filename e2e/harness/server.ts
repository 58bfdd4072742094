import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const entryPoint = "packages/api/src/hosts/node.ts";

export interface ServerOptions {
  readonly dataFolder: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the server under another program, as in `["strace", "-f"]`. */
  readonly under?: readonly string[];
  /** Another program than the Node host; it says where it listens in the same words. */
  readonly program?: string;
  /** When it aborts, the server is killed with SIGKILL, and a start that is under way rejects. */
  readonly signal?: AbortSignal;
}

/** The real server as a child process. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it wrote to stderr so far: its own log. */
  log(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Starts the server on a free port; rejects with its output when it ends before it listens. */
export const startServer = async (options: ServerOptions): Promise<ServerProcess> => {
  const { dataFolder, args = [], env = {}, under = [], signal, program = entryPoint } = options;
  const command = [...under, process.execPath, program, "--port", "0", "--data", dataFolder];
  const [first = "", ...rest] = [...command, ...args];
  const child = spawn(first, rest, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let log = "";
  child.stderr?.on("data", (data: Buffer) => {
    log += data;
  });
  const ended = once(child, "exit");
  signal?.addEventListener("abort", () => child.kill("SIGKILL"));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", (data: Buffer) => {
      output += data;
      const found = /listening\s+(http:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      reject(new Error(`the server ended with ${code ?? signal}:\n${output}${log}`)),
    );
  });
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  return {
    url,
    child,
    log: () => log,
    kill,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) await kill("SIGKILL");
    },
  };
};

/** Runs the server when it is expected to refuse to start: resolves with its exit code and what it said. */
export const runToExit = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stderr: string }> => {
  const child = spawn(process.execPath, [entryPoint, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data;
  });
  const [code] = await once(child, "exit");
  return { code, stderr };
};
