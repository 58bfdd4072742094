import { createKeyRange, published } from "./dynamodb-limits.ts";

export interface Outcome {
  /** Of what was sent, the share that was refused for good. */
  readonly refusedShare: number;
  /** Of all attempts, the share that was throttled. */
  readonly throttledShare: number;
  readonly where: string;
  readonly shardCount: number;
}

const ticksPerSecond = 10;

/**
 * Drives the usual design: an item of a unit for each entry under a random id, and an index on the constant `type` with the time.
 * What the index does not take, the table refuses: AWS calls it back-pressure. Nothing is sent again here; that would add load,
 * and the index would take no more.
 */
export const driveUsualDesign = (entriesPerSecond: number, seconds: number): Outcome => {
  // Random ids spread evenly over the partitions: as good as one range of their sum.
  const table = createKeyRange(published.writeUnitsPerSecond * published.partitionsAtFirst);
  const index = createKeyRange();
  const offered = entriesPerSecond / ticksPerSecond;
  let taken = 0;
  let isIndexFull = false;
  for (let tick = 1; tick <= seconds * ticksPerSecond; tick++) {
    const now = tick / ticksPerSecond;
    const byIndex = index.takeUpTo(offered, now);
    isIndexFull ||= byIndex < offered;
    taken += table.takeUpTo(byIndex, now);
  }
  const sent = entriesPerSecond * seconds;
  const refusedShare = 1 - taken / sent;
  const where = isIndexFull ? "the index's one key" : "";
  return { refusedShare, throttledShare: refusedShare, where, shardCount: 1 };
};
