import { openChunk } from "@log-service/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openAgeingDynamo } from "../harness/compaction.ts";
import { createTestErasing, holding } from "../harness/erasing.ts";
import { countOf, everything, filterOf, ingest } from "../harness/erasure.ts";
import { createTestService, fixedNow } from "../harness/service.ts";

const batches = fc.array(
  fc.array(
    fc.record({
      timestamp: fc.oneof(
        fc.integer({ min: fixedNow - 50, max: fixedNow }),
        fc.integer({ min: fixedNow - 7_200_000, max: fixedNow }),
      ),
      player: fc.nat(3),
    }),
    { minLength: 1, maxLength: 40 },
  ),
  { minLength: 1, maxLength: 15 },
);

/** An erasure cuts through time, or through none. */
const ranges = fc.constantFrom(
  everything,
  { from: fixedNow - 3_600_000, to: fixedNow },
  { from: 0, to: fixedNow - 25 },
);

it("leaves exactly the others in the table, and no byte of what it erased, whatever was sent", async () => {
  await fc.assert(
    fc.asyncProperty(batches, ranges, fc.nat(3), async (sent, range, player) => {
      await using opened = await openAgeingDynamo();
      const { fake, now } = opened;
      await using service = createTestService({ store: opened.store });
      for (const [number, batch] of sent.entries())
        await ingest(service, "game-1", batch, `key-${number}`);
      const erasing = createTestErasing(fake, now);
      const request = { ...range, filter: filterOf(`player:p-${player}`) };
      const { id } = await erasing.requests.erase("game-1", request);
      await erasing.drain();
      const all = sent.flat();
      const isErased = (one: { timestamp: number; player: number }) =>
        one.player === player && one.timestamp >= range.from && one.timestamp < range.to;
      const erased = all.filter(isErased).length;
      expect(await erasing.requests.erasure("game-1", id)).toMatchObject({ state: "done", erased });
      // Sent once more with their keys, they do not come back.
      for (const [number, batch] of sent.entries())
        await ingest(service, "game-1", batch, `key-${number}`);
      expect(await countOf(service, "game-1")).toBe(all.length - erased);
      const kept = [...(fake.items.get("chunks")?.values() ?? [])].flatMap(({ data }) => {
        const bytes = data && "B" in data ? [Buffer.from(data.B, "base64")] : [];
        return bytes.flatMap((one) => {
          const reader = openChunk(one);
          return reader.entries(Array.from({ length: reader.meta.count }, (_, index) => index));
        });
      });
      const messages = (player: number) =>
        kept.filter(({ message }) => message.startsWith(`player p-${player} `)).length;
      for (const one of [0, 1, 2, 3])
        expect(messages(one)).toBe(
          all.filter((entry) => entry.player === one && !isErased(entry)).length,
        );
      const isGone = all.filter((entry) => entry.player === player).every(isErased);
      expect(holding(fake, `said by p-${player}`).length * Number(isGone)).toBe(0);
    }),
    { numRuns: 100 },
  );
}, 300_000);
