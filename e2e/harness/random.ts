/** Random numbers that one seed repeats. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** Mulberry32: small, and good enough to choose moments and sizes. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    pick: (choices) => choices[integer(0, choices.length - 1)] as (typeof choices)[number], // not empty
  };
};

/**
 * The seed from an environment variable, or the usual one; a new one with `TEST_SEED=random`. It is printed, so that a failure
 * can be repeated.
 */
export const seedFrom = (name: string): number => {
  const given = Number(process.env[name]);
  const isExploring = process.env.TEST_SEED === "random";
  const usual = isExploring ? Math.floor(Math.random() * 2 ** 31) : 20261122;
  const seed = given > 0 ? given : usual;
  console.log(`${name}=${seed}`);
  return seed;
};
