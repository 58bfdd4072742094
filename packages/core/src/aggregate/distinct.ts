/** Counts different values: exactly while there are few, beyond that within about 2 % (HyperLogLog). */
export interface Distinct {
  /** Adds a value by its key: equal values have equal keys. */
  add(key: string): void;
  readonly count: number;
  /** As data that can go to another thread. */
  readonly data: DistinctData;
  /** Adds what another has counted. */
  addAll(data: DistinctData): void;
}

/** The hashes of few values, or the registers of many. */
export type DistinctData = ReadonlySet<number> | Uint8Array;

const registerBits = 11;
const registers = 2 ** registerBits;

const mix = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** Two hashes of 32 bits in one number below 2^52. */
const hashOf = (key: string): number => {
  let low = 0x811c9dc5;
  let high = 0x2545f491;
  for (let at = 0; at < key.length; at++) {
    const unit = key.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
    high ^= high >>> 15;
  }
  return mix(low) * 2 ** 20 + (mix(high ^ key.length) >>> 12);
};

/** Philippe Flajolet et al., "HyperLogLog": the harmonic mean of what the registers have seen. */
const estimate = (ranks: Uint8Array): number => {
  let sum = 0;
  let empty = 0;
  for (const rank of ranks) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum;
  const isSmall = raw <= 2.5 * registers && empty > 0;
  return Math.round(isSmall ? registers * Math.log(registers / empty) : raw);
};

const addRank = (ranks: Uint8Array, hash: number): void => {
  const low = hash % registers;
  const rest = Math.floor(hash / registers);
  // 41 bits are left: where the first of them that is set stands.
  const rank = rest === 0 ? 42 : 41 - Math.floor(Math.log2(rest));
  if (rank > ranks[low]!) ranks[low] = rank;
};

/** Takes 8 bytes or so a value up to `exactMax` values, and 2 kB from there on. */
export const createDistinct = (exactMax: number): Distinct => {
  let few: Set<number> | undefined = new Set();
  let ranks: Uint8Array | undefined;
  const estimateFromHere = (): Uint8Array => {
    ranks ??= new Uint8Array(registers);
    for (const one of few ?? []) addRank(ranks, one);
    few = undefined;
    return ranks;
  };
  const addHash = (hash: number): void => {
    if (ranks !== undefined) addRank(ranks, hash);
    else if (few!.add(hash).size > exactMax) estimateFromHere();
  };
  return {
    add: (key) => addHash(hashOf(key)),
    get data() {
      return ranks ?? few!;
    },
    addAll: (data) => {
      if (!(data instanceof Uint8Array)) {
        data.forEach(addHash);
        return;
      }
      const own = estimateFromHere();
      for (const [register, rank] of data.entries())
        if (rank > own[register]!) own[register] = rank;
    },
    get count() {
      return ranks === undefined ? few!.size : estimate(ranks);
    },
  };
};
