import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for one test; it goes away with it. */
export interface DataFolder extends AsyncDisposable {
  readonly path: string;
}

export const createDataFolder = async (): Promise<DataFolder> => {
  const path = await mkdtemp(join(tmpdir(), "log-service-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
};
