import type { Route } from "../route.ts";
import { context } from "./context.ts";
import { erase } from "./erase.ts";
import { erasure } from "./erasure.ts";
import { exportRoute } from "./export.ts";
import { fieldValues } from "./field-values.ts";
import { fields } from "./fields.ts";
import { get } from "./get.ts";
import { health } from "./health.ts";
import { ingest } from "./ingest.ts";
import { metrics } from "./metrics.ts";
import { openapi } from "./openapi.ts";
import { patterns } from "./patterns.ts";
import { ready } from "./ready.ts";
import { search } from "./search.ts";
import { stats } from "./stats.ts";
import { tail } from "./tail.ts";
import { usage } from "./usage.ts";

export {
  context,
  erase,
  erasure,
  exportRoute,
  fields,
  fieldValues,
  get,
  health,
  ingest,
  metrics,
  openapi,
  patterns,
  ready,
  search,
  stats,
  tail,
  usage,
};

/**
 * Every route of the API, in the order of the documents. The first that fits a request answers it, so that a path
 * with a parameter comes after those that it would hide.
 */
export const routes: readonly Route[] = [
  ingest,
  search,
  tail,
  exportRoute,
  stats,
  fields,
  fieldValues,
  patterns,
  get,
  context,
  usage,
  erase,
  erasure,
  health,
  ready,
  metrics,
  openapi,
];
