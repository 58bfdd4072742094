import { type IdSeed, logIdAt, type ParseContext, type RejectedEntry } from "../entry/index.ts";
import { errorOfParts } from "../errors.ts";
import type { CommittedChunk, Share } from "./commit-shares.ts";
import type { EncodedShare, ParsedBody, SharedBody, SharedTask } from "./encode-shared.ts";
import type { IngestReport } from "./ingest.ts";

/** A small body that may share its chunks with others. */
export interface SmallBody extends Omit<SharedBody, "end"> {
  readonly bytes: Uint8Array;
}

/** What became of a body. */
export interface StoredBody {
  readonly isSingle: boolean;
  readonly accepted: number;
  readonly rejectedCount: number;
  readonly rejected: readonly RejectedEntry[];
  /** The first entry that was accepted. */
  readonly first: { readonly logId: string; readonly timestamp: number } | undefined;
}

export interface WaitingBody {
  readonly body: SmallBody;
  readonly resolve: (stored: StoredBody) => void;
  readonly reject: (error: unknown) => void;
}

interface TaskOptions {
  readonly context: ParseContext;
  readonly seed: IdSeed;
}

/** Puts bodies one after the other. */
export const taskOf = (waiting: readonly WaitingBody[], options: TaskOptions): SharedTask => {
  const bytes = new Uint8Array(waiting.reduce((sum, { body }) => sum + body.bytes.length, 0));
  let end = 0;
  const bodies = waiting.map(({ body }): SharedBody => {
    bytes.set(body.bytes, end);
    end += body.bytes.length;
    const { format, textDefaults } = body;
    return format === "text" ? { end, format, textDefaults } : { end, format };
  });
  return { bytes, bodies, ...options };
};

const storedOf = (parsed: ParsedBody, committed: readonly CommittedChunk[]): StoredBody => {
  const { isSingle, accepted, rejectedCount, rejected, chunk, index, timestamp } = parsed;
  const holder = accepted > 0 ? committed[chunk] : undefined;
  const first = holder && { logId: logIdAt(holder.id, index), timestamp };
  return { isSingle, accepted, rejectedCount, rejected, first };
};

interface ShareOptions {
  readonly tenant: string;
  readonly waiting: readonly WaitingBody[];
  readonly bodyBytes: number;
  readonly onIngest: (report: IngestReport) => void;
}

/**
 * Answers the bodies of which nothing is to be stored, and returns the part of a commit that answers the others; undefined
 * when there are none.
 */
export const shareOf = (encoded: EncodedShare, options: ShareOptions): Share | undefined => {
  const { tenant, waiting, bodyBytes, onIngest } = options;
  const { chunks, outcomes, services } = encoded;
  const stored: { readonly one: WaitingBody; readonly parsed: ParsedBody }[] = [];
  let accepted = 0;
  let rejected = 0;
  for (const [place, one] of waiting.entries()) {
    const outcome = outcomes[place] as EncodedShare["outcomes"][number]; // there is one for each body
    if ("failure" in outcome) one.reject(errorOfParts(outcome.failure));
    else {
      accepted += outcome.accepted;
      rejected += outcome.rejectedCount;
      if (outcome.accepted > 0) stored.push({ one, parsed: outcome });
      else one.resolve(storedOf(outcome, []));
    }
  }
  const report = () =>
    onIngest({ tenant, bodyBytes, accepted, services, rejected, isRepeat: false });
  if (stored.length === 0) {
    report();
    return undefined;
  }
  return {
    chunks: chunks.map((chunk) => ({ tenant, ...chunk })),
    answer: (committed) => {
      report();
      for (const { one, parsed } of stored) one.resolve(storedOf(parsed, committed));
    },
    refuse: (error) => {
      for (const { one } of stored) one.reject(error);
    },
  };
};
