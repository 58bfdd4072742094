import { randomBytes } from "node:crypto";
import { createSeeds } from "@log-service/core/service";

/** Seeds of chunks with chance from the system, so that no two processes make the same ids. */
export const createRandomSeeds = (now: () => number): ReturnType<typeof createSeeds> =>
  createSeeds(now, () => randomBytes(6).readUIntBE(0, 6) % 2 ** 42);
