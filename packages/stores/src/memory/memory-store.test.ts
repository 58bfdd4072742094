import { createTestClock, describeConformance } from "../conformance/index.ts";
import { createMemoryStore } from "./memory-store.ts";

describeConformance(
  "memory",
  async () => {
    const clock = createTestClock();
    const store = createMemoryStore({ clock: clock.now });
    return { store, clock, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
  },
  { canRewrite: true },
);
