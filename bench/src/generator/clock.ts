/** How long one round of quiet and burst takes. */
const cycleMs = 20_000;

/** A burst holds this share of a cycle's entries ... */
const burstShare = 0.3;

/** ... in this share of its time. */
const burstTime = 0.06;

const warp = (part: number): number =>
  part < burstShare
    ? (part / burstShare) * burstTime
    : burstTime + ((part - burstShare) / (1 - burstShare)) * (1 - burstTime);

/**
 * When entry number `place` of a producer happens, in milliseconds after the start. A function of the place and not
 * a sum of gaps, so that producers never drift apart; `place` need not be whole. `phase` in [0, 1) shifts the bursts
 * of one producer against another's.
 */
export const createClock = (entriesPerSecond: number, phase: number) => {
  const entriesPerCycle = (entriesPerSecond * cycleMs) / 1000;
  const zero = warp(phase);
  return (place: number): number => {
    const cycles = place / entriesPerCycle + phase;
    const whole = Math.floor(cycles);
    return (whole + warp(cycles - whole) - zero) * cycleMs;
  };
};
