import { setTimeout as wait } from "node:timers/promises";
import { type Counts, runLoad } from "./load.ts";
import { type Observation, type Observed, observe } from "./observe.ts";

export interface Soaked {
  /** One for each second. */
  readonly observations: readonly Observation[];
  readonly counts: Counts;
}

/** What a server has to be started with (`node --import`): chunks are merged a quarter of a minute after they came. */
export const soakPreloads: readonly string[] = ["../fast-clock.ts", "collect-garbage.ts"].map(
  (name) => new URL(name, import.meta.url).href,
);

/** Garbage is collected as often, so that what is held can be told from what is not. */
const secondsPerCollection = 5;

/** Asks a server for everything at once for a time, and looks at what it holds meanwhile. */
export const soak = async (
  observed: Observed,
  seconds: number,
  onObservation: (observation: Observation) => void = () => undefined,
): Promise<Soaked> => {
  const stop = new AbortController();
  const load = runLoad({ ...observed, signal: stop.signal });
  const observations: Observation[] = [];
  try {
    for (let second = 0; second < seconds; second++) {
      // What fails under load ends it at once.
      await Promise.race([wait(1000), load]);
      if (second % secondsPerCollection === secondsPerCollection - 1)
        process.kill(observed.pid, "SIGUSR2");
      const observation = await observe(observed, second);
      observations.push(observation);
      onObservation(observation);
    }
  } finally {
    stop.abort();
  }
  return { observations, counts: await load };
};
