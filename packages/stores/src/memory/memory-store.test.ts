import { describeConformance } from "../conformance/index.ts";
import { createMemoryStore } from "./memory-store.ts";

describeConformance("memory", async () => {
  const store = createMemoryStore();
  return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
});
