import type { Filter } from "@log-service/query";
import type { Measure } from "../aggregate/cell.ts";
import type { Place } from "../service/cursor.ts";
import type { Order } from "../service/select.ts";

interface RangeTask {
  readonly filter: Filter;
  /** Milliseconds since 1970: from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface StatsTask extends RangeTask {
  readonly kind: "stats";
  readonly measures: readonly Measure[];
  /** The fields that group entries, as a query names them. */
  readonly by: readonly string[];
  readonly intervalMs: number | undefined;
}

export interface FieldsTask extends RangeTask {
  readonly kind: "fields";
  /** Whether different values are counted. */
  readonly isDistinct: boolean;
}

export interface ValuesTask extends RangeTask {
  readonly kind: "values";
  readonly name: string;
}

export interface PageTask extends RangeTask {
  readonly kind: "page";
  readonly order: Order;
  readonly place: Place | undefined;
  /** How many entries of a slice of chunks at most. */
  readonly limit: number;
}

/** What is counted over many chunks. */
export type TallyTask = StatsTask | FieldsTask | ValuesTask;

/** What is asked of many chunks, as data, so that it can go to another thread. */
export type ScanTask = TallyTask | PageTask;
