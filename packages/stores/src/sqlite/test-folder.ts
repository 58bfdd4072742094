import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** In memory where the machine has such a folder: these tests sync some thousand times. */
const parent = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Makes a folder for one test; it goes away with everything in it. */
export const createTestFolder = (): Disposable & { readonly path: string } => {
  const path = mkdtempSync(join(parent, "log-service-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
};
