import { describe } from "vitest";
import { type ArrivalKind, describeArrivals, describeDurableArrivals } from "./arrival-cases.ts";
import { describeCalls } from "./call-cases.ts";
import { describeDamage } from "./damage-cases.ts";
import { describeDurable } from "./durable-cases.ts";
import { describeExpire } from "./expire-cases.ts";
import { describeFaults } from "./fault-cases.ts";
import { faultPlans, withFaults } from "./faults.ts";
import { describeGet } from "./get-cases.ts";
import { describeModel } from "./model-cases.ts";
import { describePurge } from "./purge-cases.ts";
import { describePut } from "./put-cases.ts";
import { describeReplace, describeWithoutReplace } from "./replace-cases.ts";
import { describeReserve } from "./reserve-cases.ts";
import { describeRewrite, describeRewriteFaults, describeWithoutRewrite } from "./rewrite-cases.ts";
import { describeScan } from "./scan-cases.ts";
import type { OpenStore } from "./test-store.ts";

export { type Fault, type FaultPlan, untilDone, withFaults } from "./faults.ts";
export { createTestClock, type OpenStore, type TestClock, type TestStore } from "./test-store.ts";

export interface ConformanceOptions {
  /** Whether the store keeps what it holds: `TestStore.reopen` is there. */
  readonly isDurable?: boolean;
  /** Whether a part of it can be damaged: `TestStore.damage` is there. */
  readonly canBeDamaged?: boolean;
  /** How well the store knows what arrived when; exact unless given. */
  readonly arrivals?: ArrivalKind;
  /** Whether its chunks can be replaced: `TestStore.clock` is there. */
  readonly canReplace?: boolean;
  /** Whether what is left of a chunk can take its place. */
  readonly canRewrite?: boolean;
  /** How many random sequences of calls are compared with the memory store. */
  readonly modelRuns?: number;
}

/** Registers the tests that every store passes. `openStore` gives each test an empty store of its own. */
export const describeConformance = (
  name: string,
  openStore: OpenStore,
  options: ConformanceOptions = {},
): void => {
  const { isDurable = false, canBeDamaged = false, modelRuns = 100, arrivals = "exact" } = options;
  const { canReplace = true, canRewrite = false } = options;
  const openWithSlicesOfOne: OpenStore = async () => {
    const opened = await openStore();
    const store = withFaults(opened.store, { faults: [], oneItemSlices: true });
    return { ...opened, store, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  };
  describe(`${name}, as a chunk store`, () => {
    describePut(openStore);
    describeScan(openStore);
    describeGet(openStore);
    describeReserve(openStore);
    describeArrivals(openStore, arrivals);
    describeCalls(openStore);
    if (isDurable) describeDurable(openStore);
    if (isDurable) describeDurableArrivals(openStore, arrivals);
    if (canBeDamaged) describeDamage(openStore);
    if (canReplace) {
      describeReplace(openStore);
      describePurge(openStore);
      describeExpire(openStore);
    } else describeWithoutReplace(openStore);
    if (canRewrite) describeRewrite(openStore);
    else describeWithoutRewrite(openStore);
    describeModel(openStore, { canReplace, canRewrite, runs: modelRuns });
    describe("with a page boundary after every item", () => describeScan(openWithSlicesOfOne));
    for (const [faults, plan] of Object.entries(faultPlans)) {
      describe(`behind faults: ${faults}`, () => {
        describeFaults(openStore, plan);
        if (canRewrite) describeRewriteFaults(openStore, plan);
      });
    }
  });
};
