import { handler as context } from "./context/handler.ts";
import { handler as erase } from "./erase/handler.ts";
import { handler as erasure } from "./erasure/handler.ts";
import { handler as exportHandler } from "./export/handler.ts";
import { handler as fields } from "./fields/handler.ts";
import { handler as fieldValues } from "./fieldValues/handler.ts";
import { handler as get } from "./get/handler.ts";
import { handler as health } from "./health/handler.ts";
import { handler as ingest } from "./ingest/handler.ts";
import { handler as metrics } from "./metrics/handler.ts";
import { handler as openapi } from "./openapi/handler.ts";
import { handler as patterns } from "./patterns/handler.ts";
import { handler as ready } from "./ready/handler.ts";
import { handler as search } from "./search/handler.ts";
import { handler as stats } from "./stats/handler.ts";
import { handler as tail } from "./tail/handler.ts";
import { handler as usage } from "./usage/handler.ts";

/** The handler of each route, by its operationId. */
export const handlers = {
  ingest,
  search,
  tail,
  export: exportHandler,
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
};
