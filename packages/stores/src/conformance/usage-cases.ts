import type { UsageRow, UsageStore } from "@log-service/core/service";
import { describe, expect, it } from "vitest";

interface OpenedUsage extends AsyncDisposable {
  readonly store: UsageStore;
}

const row = (changes: Partial<UsageRow>): UsageRow => ({
  tenant: "game-1",
  day: "2026-11-22",
  slot: "=gateway",
  entries: 1,
  bytes: 100,
  ...changes,
});

const sorted = (rows: readonly UsageRow[]) =>
  rows.map((one) => JSON.stringify(Object.entries(one).toSorted())).toSorted();

/** What every store of usage does. */
export const describeUsageStore = (name: string, open: () => Promise<OpenedUsage>): void => {
  describe(`the usage of ${name}`, () => {
    it("adds up, by tenant, day and slot", async () => {
      await using opened = await open();
      const { store } = opened;
      await store.add([row({}), row({ slot: "" }), row({ tenant: "game-2" })]);
      await store.add([row({ entries: 2, bytes: 50 }), row({ day: "2026-11-23" })]);
      const found = await store.read("game-1", "2026-11-22", "2026-11-22");
      expect(sorted(found)).toEqual(sorted([row({ entries: 3, bytes: 150 }), row({ slot: "" })]));
    });

    it("reads days from one to another, both included, and of no other tenant", async () => {
      await using opened = await open();
      const { store } = opened;
      const days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"];
      for (const day of days) await store.add([row({ day }), row({ day, tenant: "game-10" })]);
      const found = await store.read("game-1", "2026-11-21", "2026-11-22");
      expect(found.map(({ tenant, day }) => `${tenant} ${day}`).toSorted()).toEqual([
        "game-1 2026-11-21",
        "game-1 2026-11-22",
      ]);
      expect(await store.read("game", "2026-11-21", "2026-11-22")).toEqual([]);
    });

    it("keeps numbers and names as they are", async () => {
      await using opened = await open();
      const { store } = opened;
      const odd = [
        row({ slot: "=# :e é '\"" }),
        row({ slot: "*", entries: 0 }),
        row({ slot: "=b", bytes: 2 ** 52, entries: 2 ** 40 }),
      ];
      await store.add(odd);
      expect(sorted(await store.read("game-1", "2026-11-22", "2026-11-22"))).toEqual(sorted(odd));
    });
  });
};
