import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

export interface Program extends AsyncDisposable {
  /** What it has printed so far. */
  output(): string;
  /** Ends it at once. */
  kill(): Promise<void>;
}

interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Resolves when it is ready; rejects while it is not. */
  readonly probe: () => Promise<unknown>;
}

const readyWithinMs = 60_000;

/** Runs a program in the background, and waits until it answers. */
export const startProgram = async (
  command: string,
  args: readonly string[],
  { cwd, env = {}, probe }: ProgramOptions,
): Promise<Program> => {
  const options = {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"] as const,
  };
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const keep = (data: Buffer) => {
    output = (output + data).slice(-100_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  let spawnError: Error | undefined;
  child.once("error", (error) => {
    spawnError = error;
  });
  const isGone = () =>
    spawnError !== undefined || child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (isGone()) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  for (const until = Date.now() + readyWithinMs; ; ) {
    const isReady = await probe().then(
      () => true,
      () => false,
    );
    if (isReady) break;
    if (isGone() || Date.now() > until) {
      await kill();
      throw new Error(`${command} did not start: ${spawnError ?? ""}\n${output}`);
    }
    await wait(100);
  }
  return { output: () => output, kill, [Symbol.asyncDispose]: kill };
};
