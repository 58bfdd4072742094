import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTestClock, describeConformance, type TestStore } from "../conformance/index.ts";
import { dayFile, dayOf } from "./day.ts";
import { openSqliteStore } from "./sqlite-store.ts";
import { createTestFolder } from "./test-folder.ts";

const openTestStore = async (): Promise<TestStore> => {
  const folder = createTestFolder();
  // Behind all reservations of the suite, which makes up its own times: nothing is swept early.
  const clock = createTestClock();
  let store = await openSqliteStore({ folder: folder.path, clock: clock.now });
  const reopen = async () => {
    await store[Symbol.asyncDispose]();
    store = await openSqliteStore({ folder: folder.path, clock: clock.now });
    return store;
  };
  return {
    store,
    clock,
    reopen,
    isHeld: (bytes) =>
      readdirSync(folder.path).some((name) =>
        readFileSync(join(folder.path, name)).includes(Buffer.from(bytes)),
      ),
    damage: async ({ meta }) => {
      await store[Symbol.asyncDispose]();
      writeFileSync(join(folder.path, dayFile(dayOf(meta.maxTime)).name), Buffer.alloc(9000, 7));
      return reopen();
    },
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
};

describeConformance("sqlite", openTestStore, { isDurable: true, canBeDamaged: true });
