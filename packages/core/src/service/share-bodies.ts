import { logIdAt, type RejectedEntry } from "../entry/index.ts";
import type { CommittedChunk, Share } from "./commit-shares.ts";
import type { EncodedShare, ParsedBody, SmallBody } from "./encode-shared.ts";
import type { IngestReport } from "./ingest.ts";

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

const storedOf = (parsed: ParsedBody, committed: readonly CommittedChunk[]): StoredBody => {
  const { isSingle, accepted, rejectedCount, rejected, chunk, index, timestamp } = parsed;
  const holder = accepted > 0 ? committed[chunk] : undefined;
  const first = holder && { logId: logIdAt(holder.id, index), timestamp };
  return { isSingle, accepted, rejectedCount, rejected, first };
};

interface ShareOptions {
  readonly tenant: string;
  readonly waiting: readonly WaitingBody[];
  readonly onIngest: (report: IngestReport) => void;
}

/**
 * Answers the bodies of which nothing is to be stored, and returns the part of a commit that answers the others; undefined
 * when there are none.
 */
export const shareOf = (encoded: EncodedShare, options: ShareOptions): Share | undefined => {
  const { tenant, waiting, onIngest } = options;
  const { chunks, outcomes, services } = encoded;
  const stored: { readonly one: WaitingBody; readonly parsed: ParsedBody }[] = [];
  let accepted = 0;
  let rejected = 0;
  for (const [place, one] of waiting.entries()) {
    const outcome = outcomes[place] as EncodedShare["outcomes"][number]; // there is one for each body
    if ("failure" in outcome) one.reject(outcome.failure);
    else {
      accepted += outcome.accepted;
      rejected += outcome.rejectedCount;
      if (outcome.accepted > 0) stored.push({ one, parsed: outcome });
      else one.resolve(storedOf(outcome, []));
    }
  }
  const bodyBytes = waiting.reduce((sum, { body }) => sum + body.bytes.length, 0);
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
