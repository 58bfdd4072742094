/**
 * Microseconds of processor time that one call takes, in the best of some rounds: of the main thread alone, so that other
 * programs disturb it little.
 */
export const cpuMicroseconds = async (
  calls: number,
  rounds: number,
  run: () => Promise<void> | void,
): Promise<number> => {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.threadCpuUsage();
    for (let call = 0; call < calls; call++) await run();
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, (user + system) / calls);
  }
  return best;
};
