import type { Target } from "../client/request.ts";
import type { Figure } from "../harness/figure.ts";
import type { Context } from "../harness/scenario.ts";
import type { TimedQuery } from "./search-queries.ts";
export const baselineFigures = async (
  _context: Context,
  _target: Target,
  _times: ReadonlyMap<TimedQuery, number>,
): Promise<Figure[]> => [];
