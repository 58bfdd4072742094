import type { Warning } from "@log-service/contract";
import { LogServiceError } from "@log-service/core";
import { type Filter, normalize, parse } from "@log-service/query";

/** The parameters that narrow what a route looks at. */
interface Narrowing {
  readonly q?: string | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly service?: string | undefined;
}

interface Narrowed {
  readonly filter: Filter;
  /** Hints at a query that has a meaning, but perhaps not the one that was meant. */
  readonly warnings: readonly Warning[];
}

const equals = (field: string, value: string): Filter => ({ op: "equals", field, value });

/** Makes one filter of the query and the other parameters. Throws QUERY_INVALID with all problems of the query. */
export const filterOf = ({ q = "", severity, service }: Narrowing): Narrowed => {
  const { filter, problems, hints } = parse(q);
  if (problems.length > 0) {
    const detail = problems.map(({ from, message }) => `at ${from}: ${message}`).join("; ");
    throw new LogServiceError("QUERY_INVALID", detail, { queryProblems: problems });
  }
  const filters: Filter[] = [filter];
  if (severity)
    filters.push({ op: "or", filters: severity.map((value) => equals("severity", value)) });
  if (service !== undefined) filters.push(equals("service", service));
  const warnings = hints.map(({ from, message, suggestion }): Warning => {
    const meant = suggestion ? `; you may have meant ${suggestion}` : "";
    return { code: "QUERY_HINT", message: `at ${from} of q: ${message}${meant}` };
  });
  return { filter: normalize({ op: "and", filters }), warnings };
};
