import type { Problem } from "@log-service/core/errors";
import type { ParseContext } from "./parameter.ts";
import type { HeadersOf, Parameters, QueryOf, RouteRequest } from "./route.ts";
import { suggest } from "./suggest.ts";

/** Either all values, or everything that is wrong. */
export type ParsedParameters<T> =
  | { readonly values: T; readonly problems?: undefined }
  | { readonly values?: undefined; readonly problems: readonly Problem[] };

/** What was given for a parameter that was not. */
const absent: readonly string[] = [];

const unknownParameter = (name: string, known: readonly string[]): Problem => {
  const meant = suggest(name, known);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  const list = known.length === 0 ? "This route has none." : `Known: ${known.join(", ")}.`;
  const shown = name.length > 60 ? `${name.slice(0, 60)}...` : name;
  return {
    path: name.slice(0, 200),
    code: "PARAMETER_UNKNOWN",
    message: `${JSON.stringify(shown)} is not a parameter of this route.${hint} ${list}`,
  };
};

const parseParameters = (
  parameters: Parameters,
  textsOf: (name: string) => readonly string[],
  context: ParseContext,
) => {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, parameter] of Object.entries(parameters)) {
    const texts = textsOf(name);
    const text = texts[0];
    values[name] = parameter.absent;
    if (text === undefined) continue;
    if (texts.length > 1) {
      const message = `${name} is given ${texts.length} times; once is the limit`;
      problems.push({ path: name, code: "PARAMETER_INVALID", message });
      continue;
    }
    const parsed = parameter.parse(text, context);
    if ("value" in parsed) values[name] = parsed.value;
    else problems.push({ path: name, code: parameter.code, message: `${name} ${parsed.problem}` });
  }
  return { values, problems };
};

/** A range upside down would be empty for ever; the sender meant something else. */
const rangeProblems = ({ from, to }: Record<string, unknown>): Problem[] =>
  typeof from === "number" && typeof to === "number" && from >= to
    ? [
        {
          path: "from",
          code: "PARAMETER_INVALID",
          message: `from is ${new Date(from).toISOString()}, which is not before to, ${new Date(to).toISOString()}`,
        },
      ]
    : [];

/**
 * Parses the query string of a request to a route. `search` is a URLSearchParams, or any pairs like it. A route that
 * declares no query accepts any.
 */
export const parseQuery = <R extends RouteRequest>(
  route: R,
  search: Iterable<readonly [string, string]>,
  context: ParseContext,
): ParsedParameters<QueryOf<R>> => {
  const known = Object.keys(route.query ?? {});
  const texts = new Map<string, string[]>();
  for (const [name, text] of search) texts.set(name, [...(texts.get(name) ?? []), text]);
  const unknown =
    route.query === undefined ? [] : [...texts.keys()].filter((name) => !known.includes(name));
  const parsed = parseParameters(route.query ?? {}, (name) => texts.get(name) ?? absent, context);
  const problems = [
    ...unknown.map((name) => unknownParameter(name, known)),
    ...parsed.problems,
    ...rangeProblems(parsed.values),
  ];
  // parseParameters has set each name of the route's query to a value of its parameter.
  return problems.length > 0 ? { problems } : { values: parsed.values as QueryOf<R> };
};

/** Parses the headers that a route declares. `get` finds a header by name, whatever its case. */
export const parseHeaders = <R extends RouteRequest>(
  route: R,
  get: (name: string) => string | null | undefined,
  context: ParseContext,
): ParsedParameters<HeadersOf<R>> => {
  const textsOf = (name: string): readonly string[] => {
    const text = get(name);
    return text === null || text === undefined ? absent : [text];
  };
  const { values, problems } = parseParameters(route.headers ?? {}, textsOf, context);
  // parseParameters has set each of the route's headers to a value of its parameter.
  return problems.length > 0 ? { problems } : { values: values as HeadersOf<R> };
};
