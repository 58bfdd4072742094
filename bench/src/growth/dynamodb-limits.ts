/**
 * A model of what a DynamoDB table takes, of the figures that AWS publishes. It is not DynamoDB: what AWS only describes
 * ("minutes", "may") is a number here, and is marked as assumed.
 */
export const published = {
  /** Of each partition, whatever the table's mode, a second. */
  writeUnitsPerSecond: 1000,
  readUnitsPerSecond: 3000,
  /** Unused throughput of so many seconds may be used later: the most that AWS speaks of, and not guaranteed. */
  burstSeconds: 300,
  /** What a new on-demand table takes at once, as partitions of the above. */
  partitionsAtFirst: 4,
} as const;

export const assumed = {
  /** How long a partition is hot before it is split: AWS says that it takes minutes. */
  splitAfterSeconds: 300,
} as const;

/** A range of keys that one partition serves: it fills with each second, and holds what was not used. */
export interface KeyRange {
  /** Takes the units, if they are there; times in seconds since the beginning. */
  take(units: number, now: number): boolean;
  /** Takes as many as are there, up to `units`, and returns how many. */
  takeUpTo(units: number, now: number): number;
}

export const createKeyRange = (
  unitsPerSecond: number = published.writeUnitsPerSecond,
): KeyRange => {
  let held = unitsPerSecond;
  let filledAt = 0;
  const fill = (now: number): void => {
    const most = unitsPerSecond * published.burstSeconds;
    held = Math.min(most, held + (now - filledAt) * unitsPerSecond);
    filledAt = now;
  };
  return {
    take: (units, now) => {
      fill(now);
      if (held < units) return false;
      held -= units;
      return true;
    },
    takeUpTo: (units, now) => {
      fill(now);
      const taken = Math.min(held, units);
      held -= taken;
      return taken;
    },
  };
};

interface Partition {
  readonly range: KeyRange;
  /** The partition keys that it was asked for, and the units since it became hot. */
  readonly keys: Map<string, number>;
  hotSince: number | undefined;
  refusedAt: number;
}

/** A table whose items lie by the hash of their partition key; items under one key lie in order of time. */
export interface Table {
  /** False when the key's partition takes no more: the write is throttled. */
  write(key: string, units: number, now: number): boolean;
  readonly partitionCount: number;
}

/** FNV-1a: any hash that spreads keys evenly would do. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++)
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
};

/** A partition that was not refused anything for so long is not hot any more. */
const coolAfterSeconds = 10;

const createPartition = (): Partition => ({
  range: createKeyRange(),
  keys: new Map(),
  hotSince: undefined,
  refusedAt: Number.NEGATIVE_INFINITY,
});

/**
 * Creates a new on-demand table. A partition that stays hot is split in two between its keys, never within one: DynamoDB
 * does not split where the sort key only grows, since all that is new would go to one side.
 */
export const createTable = (): Table => {
  const partitions = Array.from({ length: published.partitionsAtFirst }, createPartition);
  const homes = new Map<string, Partition>();

  const homeOf = (key: string): Partition => {
    const home = homes.get(key) ?? partitions[hashOf(key) % published.partitionsAtFirst]!;
    homes.set(key, home);
    return home;
  };

  /** The hottest key stays, the next goes, and so on. */
  const split = (partition: Partition): void => {
    const other = createPartition();
    const byHeat = [...partition.keys].toSorted(([, a], [, b]) => b - a);
    for (const [index, [key]] of byHeat.entries()) if (index % 2 === 1) homes.set(key, other);
    partitions.push(other);
  };

  const refuse = (partition: Partition, now: number): void => {
    const isStillHot = now - partition.refusedAt <= coolAfterSeconds;
    partition.refusedAt = now;
    if (!isStillHot || partition.hotSince === undefined) {
      partition.hotSince = now;
      partition.keys.clear();
    } else if (now - partition.hotSince >= assumed.splitAfterSeconds && partition.keys.size > 1) {
      split(partition);
      partition.hotSince = undefined;
    }
  };

  return {
    write: (key, units, now) => {
      const partition = homeOf(key);
      const isTaken = partition.range.take(units, now);
      partition.keys.set(key, (partition.keys.get(key) ?? 0) + units);
      if (!isTaken) refuse(partition, now);
      return isTaken;
    },
    get partitionCount() {
      return partitions.length;
    },
  };
};
