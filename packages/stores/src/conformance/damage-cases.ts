import type { Damage } from "@log-service/core";
import { describe, expect, it } from "vitest";
import { createTestChunks, someTime } from "./chunks.ts";
import { musts } from "./musts.ts";
import { idsOf, type OpenStore, readAll } from "./test-store.ts";

const dayMs = 86_400_000;

/** For stores of which a part can be damaged. */
export const describeDamage = (openStore: OpenStore): void => {
  describe("when a part of it is damaged", () => {
    it.each(["newest", "oldest"] as const)(`${musts.damageIsReported} (%s)`, async (order) => {
      await using opened = await openStore();
      const chunks = createTestChunks(5, (index) => ({ maxTime: someTime + index * dayMs }));
      await opened.store.put(chunks);
      const [, , damaged] = chunks;
      const store = await opened.damage?.(damaged!);
      const damages: Damage[] = [];
      const onDamage = (damage: Damage) => damages.push(damage);
      const found = await readAll(store!, { tenant: "a", order, onDamage });
      const readable = idsOf(chunks).filter((id) => id !== damaged?.meta.id);
      expect(idsOf(found).toSorted()).toEqual(readable.toSorted());
      expect(damages).toHaveLength(1);
      const looking = store?.get("a", damaged!.meta.id);
      await expect(looking).rejects.toMatchObject({ code: "CHUNK_CORRUPT" });
    });
  });
};
