import {
  createDayBudget,
  createUsage,
  type DayBudget,
  type Usage,
} from "@log-service/core/service";
import type { DynamoUsageStore } from "@log-service/stores/dynamodb";
import type { Log } from "../../log.ts";

/**
 * Usage is written when so many write units were spent on chunks: a write for it, and one to learn what other
 * environments took, then come to less than one in a hundred.
 */
export const unitsPerFlush = 250;

/** And when so much time has passed, so that what a quiet environment counted is not lost with it. */
export const flushEveryMs = 15 * 60_000;

interface LambdaUsageDeps {
  readonly store: DynamoUsageStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export interface LambdaUsage extends Pick<Usage, "count" | "read"> {
  /** Notes write units that were spent. */
  onUnits(units: number): void;
  /** What is left of the day: as it was when this environment last wrote, less what came to it since. */
  readonly budget: DayBudget;
  /** Call it at the end of each invocation; it writes now and then. */
  endInvocation(): Promise<void>;
}

/** Counts over invocations. What an environment counted since it last wrote is lost when it is thrown away. */
export const createLambdaUsage = ({ store, now, log }: LambdaUsageDeps): LambdaUsage => {
  const usage = createUsage({ store, now });
  // A function that stores may not query: it learns of a day by adding nothing to it.
  const createBudget = () =>
    createDayBudget({ usage: { read: (tenant, { to }) => store.readAsWriter(tenant, to) }, now });
  let budget = createBudget();
  let units = 0;
  let hasCounted = false;
  let writtenAt = Number.NEGATIVE_INFINITY;
  return {
    count: (report) => {
      hasCounted = true;
      usage.count(report);
    },
    read: usage.read,
    onUnits: (spent) => {
      units += spent;
    },
    budget: { take: (...args) => budget.take(...args) },
    endInvocation: async () => {
      const isDue = units >= unitsPerFlush || now() - writtenAt >= flushEveryMs;
      if (!isDue || !hasCounted) return;
      units = 0;
      writtenAt = now();
      hasCounted = false;
      try {
        await usage.flush();
        budget = createBudget();
      } catch (error) {
        // The entries are stored, and their sender must not send them again because of this.
        hasCounted = true;
        log.warn("usage could not be written", { error });
      }
    },
  };
};
