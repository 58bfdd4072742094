import { print } from "@log-service/query";
import { withCondition, withTerm } from "../../query-text/edit-query.ts";
import type { ChartGroup } from "./chart-data.ts";

const without = (q: string, field: string): string =>
  withCondition(q, print({ op: "not", filter: { op: "exists", field } }));

/** The query that only the entries of a group match. */
export const withGroup = (q: string, by: NonNullable<ChartGroup["by"]>): string =>
  Object.entries(by).reduce(
    (text, [field, value]) =>
      value === null ? without(text, field) : withTerm(text, { field, value }),
    q,
  );
