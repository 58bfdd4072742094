import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { attempt, fill, keysWith, messagesOf, storedMessages } from "../harness/full-disk.ts";
import { startServer } from "../harness/server.ts";

// Needs no rights: the kernel refuses to make any file larger. The real thing, a full file system, is a long test.
const filesUpTo = (kib: number) => [
  "bash",
  "-c",
  `trap '' XFSZ; ulimit -S -f ${kib}; exec "$@"`,
  "--",
];

it("refuses with 503 when files cannot grow, loses nothing, and goes on when they can", async () => {
  await using folder = await createDataFolder();
  await using server = await startServer({ dataFolder: folder.path, under: filesUpTo(800) });
  const attempts = await fill(server.url, "first");
  const refused = attempts.filter((one) => one.status !== 201);
  expect(refused.length).toBeGreaterThanOrEqual(5);
  for (const one of refused) {
    expect(one.status).toBe(503);
    expect(one.code).toMatch(/^STORE_(FULL|UNAVAILABLE)$/);
    expect(Number(one.retryAfter)).toBeGreaterThan(0);
  }
  const acknowledged = keysWith(attempts, 201);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(await storedMessages(server.url)).toEqual(messagesOf(acknowledged));

  spawnSync("prlimit", ["--pid", String(server.child.pid), "--fsize=unlimited:"]);
  for (const key of keysWith(refused, 503))
    expect(await attempt(server.url, key)).toMatchObject({ status: 201 });
  const all = messagesOf(attempts.map((one) => one.key));
  expect(await storedMessages(server.url)).toEqual(all);
  await server.kill("SIGKILL");
  await using next = await startServer({ dataFolder: folder.path });
  expect(await storedMessages(next.url)).toEqual(all);
}, 60_000);
