import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBomb, type Encoding } from "../harness/bomb.ts";
import { createDataFolder, type DataFolder } from "../harness/data-folder.ts";
import { type ServerProcess, startServer } from "../harness/server.ts";

/** The most memory that a process ever held, in MiB. */
const peakMib = (pid: number | undefined): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024);
};

const atOnce = 20;

/** What 20 GiB of bombs at once may take: the idle server, the budget of bodies, two decoders, and their garbage. */
const inflatingMibMax = 512;

/** The same of bodies that are parsed: each of the two encoding threads may fill its heap, 256 MiB, with text. */
const parsingMibMax = 1024;

const encodings: readonly Encoding[] = ["gzip", "deflate", "br", "zstd"];

const json = { "content-type": "application/json" };

const post = async (url: string, body: string | Uint8Array<ArrayBuffer>, headers: object) => {
  const init = { method: "POST", headers: { ...json, ...headers }, body };
  const response = await fetch(`${url}/logs`, init);
  const { code } = (await response.json()) as { code?: string };
  return `${response.status} ${code}`;
};

/** Posts the body many times at once. Returns how often each answer came. */
const attack = async (server: ServerProcess, body: Uint8Array<ArrayBuffer>, encoding: string) => {
  const headers = { "content-encoding": encoding };
  const posts = Array.from({ length: atOnce }, () => post(server.url, body, headers));
  const answers = await Promise.all(posts);
  const next = await post(server.url, '{"severity":"info","message":"next"}', {});
  const counts = Map.groupBy(answers, (one) => one);
  return { next, answers: new Map([...counts].map(([answer, all]) => [answer, all.length])) };
};

describe("20 bodies at once that are too much", () => {
  let folder: DataFolder;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = await createDataFolder();
    server = await startServer({ dataFolder: folder.path });
  });

  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it.each(encodings)(
    "are refused as bombs of 1 GiB in %s, and the next is served",
    async (encoding) => {
      const bomb = await createBomb(encoding, 1024);
      const { answers, next } = await attack(server, bomb, encoding);
      const peak = peakMib(server.child.pid);
      console.table([
        { encoding, sentBytes: bomb.length, ...Object.fromEntries(answers), peakMib: peak },
      ]);
      for (const answer of answers.keys())
        expect(answer).toMatch(/^(413 BODY_TOO_LARGE|503 BUSY)$/);
      expect(peak).toBeLessThan(inflatingMibMax);
      expect(answers.get("413 BODY_TOO_LARGE")).toBeGreaterThan(0);
      expect(next).toBe("201 undefined");
    },
    120_000,
  );

  it("are refused as 31 MiB of brackets each, and the next is served", async () => {
    const body = new Uint8Array(31 * 2 ** 20).fill(91);
    const { answers, next } = await attack(server, body, "identity");
    console.table([{ ...Object.fromEntries(answers), peakMib: peakMib(server.child.pid) }]);
    for (const answer of answers.keys()) expect(answer).toMatch(/^(400 BODY_INVALID|503 BUSY)$/);
    expect(peakMib(server.child.pid)).toBeLessThan(parsingMibMax);
    expect(next).toBe("201 undefined");
  }, 120_000);
});
