import { spawnSync } from "node:child_process";
import { basename } from "node:path";

/** What a process did that decides whether an answer was given too early, in the order in which it happened. */
export type Step =
  | { readonly kind: "request" | "read"; readonly socket: string }
  | { readonly kind: "answer"; readonly socket: string; readonly status: number }
  | { readonly kind: "wrote" | "synced"; readonly file: string };

const calls =
  "read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync";

/** The command under which a server's system calls are written to a file. The server stays the child itself (`-D`). */
export const straceInto = (path: string): string[] => [
  "strace",
  "-D",
  "-f",
  "-y",
  "-s",
  "64",
  "-o",
  path,
  "-e",
  `trace=${calls}`,
];

/** Whether there is a strace that may trace here. In CI there must be one; elsewhere it is said what is left out. */
export const canTrace = (leftOut: string): boolean => {
  const { status } = spawnSync("strace", ["-f", "-o", "/dev/null", "true"]);
  if (status === 0) return true;
  const message = `strace (Debian package strace) is missing or may not trace: ${leftOut}`;
  if (process.env.CI === "true") throw new Error(message);
  console.warn(`LEFT OUT: ${message}`);
  return false;
};

const shape = /^(\w+)\(\d+<([^>]*)>(?:\(deleted\))?,? ?(.*)\) += +(-?\d+)/s;

const toStep = (call: string): Step | undefined => {
  const [, name = "", target = "", rest = "", result = "-1"] = shape.exec(call) ?? [];
  if (Number(result) < 0) return undefined;
  if (target.startsWith("socket:") || target.startsWith("TCP")) {
    if (/^(read|recv)/.test(name))
      return { kind: /"(POST|GET) /.test(rest) ? "request" : "read", socket: target };
    const status = /"HTTP\/1\.1 (\d+)/.exec(rest)?.[1];
    return status ? { kind: "answer", socket: target, status: Number(status) } : undefined;
  }
  if (!target.endsWith("-wal")) return undefined;
  const file = basename(target);
  if (name === "fsync" || name === "fdatasync") return { kind: "synced", file };
  return name.includes("write") ? { kind: "wrote", file } : undefined;
};

/** Puts the halves of interrupted calls together, each where it ended, and keeps what matters. */
export const parseSystemCalls = (log: string): Step[] => {
  const begun = new Map<string, string>();
  const steps: Step[] = [];
  for (const line of log.split("\n")) {
    const [, pid = "", text = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(text)?.[1];
    if (unfinished !== undefined) {
      begun.set(pid, unfinished);
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    const step = toStep(resumed === undefined ? text : `${begun.get(pid) ?? ""}${resumed}`);
    if (step !== undefined) steps.push(step);
  }
  return steps;
};
