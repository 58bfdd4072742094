import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs a program until it has said something and so many milliseconds longer, kills it, and resolves with the whole lines that it
 * has said. Rejects when it ended by itself.
 */
export const runAndKill = async (
  program: string,
  args: readonly (string | number)[],
  ms: number,
): Promise<string[]> => {
  const child = spawn(process.execPath, [program, ...args.map(String)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const hasSpoken = Promise.withResolvers<void>();
  child.stdout.on("data", (text) => {
    said += text;
    hasSpoken.resolve();
  });
  const ended = once(child, "close");
  await Promise.race([hasSpoken.promise, ended]);
  const timer = setTimeout(() => child.kill("SIGKILL"), ms);
  const [code, signal] = await ended;
  clearTimeout(timer);
  if (signal !== "SIGKILL") throw new Error(`it ended with ${code ?? signal} before it was killed`);
  return said.split("\n").slice(0, -1);
};
