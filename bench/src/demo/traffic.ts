import { createGenerator } from "../generator/index.ts";

/** Every so often, for a while, most requests fail: something for a viewer to find. */
const incidentEveryMs = 300_000;
const incidentAfterMs = 60_000;
const incidentMs = 45_000;

/** The most entries of one request. */
const batchMax = 1000;

const producersMax = 20;
const entriesPerSecondOfProducer = 10;

export interface Batch {
  readonly count: number;
  readonly ndjson: string;
}

/** Game logs that happen as time passes. */
export interface Traffic {
  readonly producers: number;
  /** What a producer has logged up to `now`, or undefined when that is nothing. */
  takeBatch(producer: number, now: number): Batch | undefined;
  isIncident(now: number): boolean;
}

/** Creates traffic that starts at `startTime`, in milliseconds since 1970. */
export const createTraffic = (entriesPerSecond: number, startTime: number): Traffic => {
  const wanted = Math.round(entriesPerSecond / entriesPerSecondOfProducer);
  const producers = Math.min(Math.max(wanted, 1), producersMax);
  const isIncident = (now: number): boolean => {
    const passed = (now - startTime) % incidentEveryMs;
    return passed >= incidentAfterMs && passed < incidentAfterMs + incidentMs;
  };
  const generator = createGenerator({
    seed: startTime % 2 ** 31,
    startTime,
    entriesPerSecond,
    producers,
    isIncident,
  });
  const takeBatch = (producer: number, now: number): Batch | undefined => {
    let ndjson = "";
    let count = 0;
    while (count < batchMax && generator.timeOf(producer) <= now) {
      ndjson += generator.batchNdjson(producer, 1);
      count += 1;
    }
    return count === 0 ? undefined : { count, ndjson };
  };
  return { producers, takeBatch, isIncident };
};
