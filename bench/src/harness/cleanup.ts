import { rmSync } from "node:fs";

/** What must not outlive the benchmark: temporary folders and child processes, also at Ctrl-C. */
export interface Cleanup {
  folder(path: string): void;
  child(pid: number): void;
  childEnded(pid: number): void;
  /** Ends the children and removes the folders, at once. */
  run(): void;
}

export const createCleanup = (): Cleanup => {
  const folders = new Set<string>();
  const children = new Set<number>();
  const run = () => {
    for (const pid of children) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended in the meantime.
      }
    }
    children.clear();
    for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
    folders.clear();
  };
  return {
    folder: (path) => void folders.add(path),
    child: (pid) => void children.add(pid),
    childEnded: (pid) => void children.delete(pid),
    run,
  };
};
