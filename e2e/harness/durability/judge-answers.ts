import type { Step } from "./system-calls.ts";

export interface SyncReport {
  /** 201 answers. */
  readonly answers: number;
  /** Completed syncs of a day's log between a request and its answer, all answers together. */
  readonly syncsBetween: number;
  /** The fewest of them for one answer. */
  readonly fewestSyncs: number;
  /** Answers that were given while something written to a log was not synced. */
  readonly withUnsynced: number;
  /** Answers whose reservation was not synced before the first byte of their chunks was written. */
  readonly reservedLate: number;
}

const isDayLog = (file: string) => /^\d{4}-\d\d-\d\d\.db-wal$/.test(file);

const metaLog = "meta.db-wal";

/** Files that hold something unsynced after these steps. */
const unsyncedAfter = (steps: readonly Step[]): Set<string> => {
  const unsynced = new Set<string>();
  for (const step of steps) {
    if (step.kind === "wrote") unsynced.add(step.file);
    if (step.kind === "synced") unsynced.delete(step.file);
  }
  return unsynced;
};

/** Where the last part of a request was read, before the answer at this place; -1 when it was not seen. */
const readBefore = (steps: readonly Step[], at: number, socket: string): number =>
  steps.slice(0, at).findLastIndex((step) => "socket" in step && step.socket === socket);

const isReservedLate = (between: readonly Step[]): boolean => {
  const reserved = between.findIndex((step) => step.kind === "synced" && step.file === metaLog);
  const chunk = between.findIndex((step) => step.kind === "wrote" && isDayLog(step.file));
  return reserved === -1 || chunk < reserved;
};

/** Judges each 201 answer by what was written and synced between the end of its request and its first byte. */
export const judgeAnswers = (
  steps: readonly Step[],
  expects: { readonly reservation: boolean },
): SyncReport => {
  const answers = steps.flatMap((step, at) =>
    step.kind === "answer" && step.status === 201 ? [{ at, socket: step.socket }] : [],
  );
  const windows = answers.map(({ at, socket }) =>
    steps.slice(readBefore(steps, at, socket) + 1, at),
  );
  const syncs = windows.map(
    (between) => between.filter((step) => step.kind === "synced" && isDayLog(step.file)).length,
  );
  return {
    answers: answers.length,
    syncsBetween: syncs.reduce((sum, count) => sum + count, 0),
    fewestSyncs: Math.min(...syncs),
    withUnsynced: answers.filter(({ at }) => unsyncedAfter(steps.slice(0, at)).size > 0).length,
    reservedLate: expects.reservation ? windows.filter(isReservedLate).length : 0,
  };
};
