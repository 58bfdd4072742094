import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createLastUsed, readLastUsed } from "./last-used.ts";

const openTest = async () => {
  const folder = await mkdtemp(join(tmpdir(), "log-service-used-"));
  const path = join(folder, "keys-used.json");
  const failures: unknown[] = [];
  let now = 1000;
  const lastUsed = createLastUsed({ path, now: () => now, onFailure: (one) => failures.push(one) });
  return {
    path,
    lastUsed,
    failures,
    passTo: (time: number) => {
      now = time;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

it("keeps when a key was last used, also those of earlier runs", async () => {
  await using test = await openTest();
  await writeFile(test.path, JSON.stringify({ version: 1, used: { old: 5, both: 6 } }));
  test.lastUsed.note("both");
  test.passTo(2000);
  test.lastUsed.note("new");
  test.lastUsed.note("new");
  await test.lastUsed[Symbol.asyncDispose]();
  expect(await readLastUsed(test.path)).toEqual({ old: 5, both: 1000, new: 2000 });
});

it("starts anew from a file that is damaged", async () => {
  await using test = await openTest();
  await writeFile(test.path, "{");
  expect(await readLastUsed(test.path)).toEqual({});
  test.lastUsed.note("a");
  await test.lastUsed[Symbol.asyncDispose]();
  expect(await readLastUsed(test.path)).toEqual({ a: 1000 });
});

it.each([{ a: "soon" }, { a: 1e300 }, null])("takes %j for no times", async (used) => {
  await using test = await openTest();
  await writeFile(test.path, JSON.stringify({ version: 1, used }));
  expect(await readLastUsed(test.path)).toEqual({});
});

it("reports a file that cannot be written, and fails nobody's request", async () => {
  const failures: unknown[] = [];
  const onFailure = (error: unknown) => failures.push(error);
  const path = join(tmpdir(), "log-service-no-such-folder", "keys-used.json");
  const lastUsed = createLastUsed({ path, now: () => 1, onFailure });
  lastUsed.note("a");
  await lastUsed[Symbol.asyncDispose]();
  expect(failures).toHaveLength(2);
});
