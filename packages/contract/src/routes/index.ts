import type { Route } from "../route.ts";
import { context } from "./context.ts";
import { get } from "./get.ts";
import { health } from "./health.ts";
import { ingest } from "./ingest.ts";
import { metrics } from "./metrics.ts";
import { openapi } from "./openapi.ts";
import { ready } from "./ready.ts";
import { search } from "./search.ts";

export { context, get, health, ingest, metrics, openapi, ready, search };

/** Every route of the API, in the order of the documents. */
export const routes: readonly Route[] = [
  ingest,
  search,
  get,
  context,
  health,
  ready,
  metrics,
  openapi,
];
