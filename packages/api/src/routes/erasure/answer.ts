import type { ErasureAnswer } from "@log-service/contract";
import { formatTimestamp, LogServiceError } from "@log-service/core";
import type { ErasureReport } from "@log-service/core/service";
import type { AppDeps } from "../../handler.ts";

/** The erasures of the host. A host without mounts neither route. */
export const erasuresOf = ({ erasures }: AppDeps): NonNullable<AppDeps["erasures"]> => {
  if (erasures === undefined) throw new LogServiceError("INTERNAL", "this host does not erase");
  return erasures;
};

/** A report as it goes over the wire. */
export const toAnswer = (report: ErasureReport): ErasureAnswer => {
  const { id, state, query, from, to, createdAt, finishedAt, waitingFor } = report;
  return {
    id,
    state,
    ...(query !== undefined && { query }),
    from: formatTimestamp(from),
    to: formatTimestamp(to),
    createdAt: formatTimestamp(createdAt),
    ...(finishedAt !== undefined && { finishedAt: formatTimestamp(finishedAt) }),
    matched: report.matched,
    erased: report.erased,
    chunksRewritten: report.chunks,
    ...(waitingFor && { waitingFor }),
    left: report.left,
    leftCount: report.leftCount,
  };
};
