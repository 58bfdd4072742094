import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeUsageStore } from "../conformance/usage-cases.ts";
import { silentLog } from "./log.ts";
import { createTestFolder } from "./test-folder.ts";
import { openSqliteUsage } from "./usage.ts";

describeUsageStore("SQLite", async () => {
  const folder = createTestFolder();
  const store = openSqliteUsage({ folder: folder.path });
  return {
    store,
    [Symbol.asyncDispose]: async () => {
      store[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
});

const row = { tenant: "a", day: "2026-11-22", slot: "", entries: 1, bytes: 2 };

it("keeps usage when it is opened again", async () => {
  using folder = createTestFolder();
  for (let run = 0; run < 3; run++) {
    using store = openSqliteUsage({ folder: folder.path });
    await store.add([row]);
  }
  using store = openSqliteUsage({ folder: folder.path });
  expect(await store.read("a", row.day, row.day)).toEqual([{ ...row, entries: 3, bytes: 6 }]);
});

it("sets a damaged file of usage aside, logs it, and counts anew", async () => {
  using folder = createTestFolder();
  writeFileSync(join(folder.path, "usage.db"), Buffer.alloc(5000, 3));
  const logged: string[] = [];
  const log = { ...silentLog, error: (message: string) => void logged.push(message) };
  using store = openSqliteUsage({ folder: folder.path, log });
  await store.add([row]);
  expect(await store.read("a", row.day, row.day)).toEqual([row]);
  expect(logged.join()).toContain("usage is counted anew");
  expect(readdirSync(folder.path).some((name) => name.startsWith("usage.damaged-"))).toBe(true);
});
