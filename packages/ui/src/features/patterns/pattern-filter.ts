import { normalize, parse, print } from "@log-service/query";
import { withCondition } from "../../query-text/edit-query.ts";

/** The query of a page that shows, or leaves out, what the query of a pattern finds. */
export const withPattern = (q: string, query: string, isExcluded: boolean): string => {
  const { filter } = parse(query);
  return withCondition(q, isExcluded ? print(normalize({ op: "not", filter })) : query);
};
