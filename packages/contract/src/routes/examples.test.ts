import { describe, expect, it } from "vitest";
import { entrySchema, parseQuery, routes } from "../index.ts";
import { postedEntry, postedLine } from "./examples.ts";

const named = routes.flatMap((route) => [
  ...Object.entries(route.responses).map(
    ([status, answer]) => [`${route.operationId} ${status}`, answer] as const,
  ),
  ...Object.values(route.responses).flatMap(({ alternatives = {} }) =>
    Object.entries(alternatives).map(
      ([type, content]) => [`${route.operationId} ${type}`, content] as const,
    ),
  ),
  ...Object.entries(route.body?.contents ?? {}).map(
    ([type, content]) => [`${route.operationId} ${type}`, content] as const,
  ),
]);

describe.each(named)("the examples of %s", (_, content) => {
  const examples = Object.entries(content.examples);

  it("are there", () => {
    expect(examples).not.toEqual([]);
  });

  it.each(examples)("fit their schema: %s", (_name, { value }) => {
    const outcome = content.schema?.safeParse(value) ?? { error: undefined, data: value };
    expect(outcome.error).toBeUndefined();
    // What a schema does not name it drops: an example has nothing beyond its schema.
    expect(outcome.data).toEqual(value);
    expect(value).not.toBe("");
  });
});

it.each([postedEntry, postedLine])("the posted examples are accepted: %j", (example) => {
  expect(entrySchema.safeParse(example).error).toBeUndefined();
});

describe.each(routes.map((route) => [route.operationId, route] as const))("%s", (_, route) => {
  const parameters = Object.entries({ ...route.query, ...route.headers });

  it("has examples of parameters that are accepted", () => {
    for (const [, parameter] of parameters) {
      const parsed = parameter.parse(parameter.example, { now: 0 });
      expect(parsed).toHaveProperty("value");
      expect(parsed).not.toHaveProperty("value", undefined);
    }
  });

  it("has examples of path parameters that are accepted", () => {
    for (const [name, parameter] of Object.entries(route.params ?? {})) {
      expect(parameter.schema.safeParse(parameter.example).error).toBeUndefined();
      expect(route.path).toContain(`{${name}}`);
    }
  });

  it("has example queries that are accepted", () => {
    for (const query of route.queryExamples ?? []) {
      const pairs = query.split("&").filter((pair) => pair !== "");
      const search = pairs.map((pair) => pair.split("=") as [string, string]); // no other sign in them
      expect(parseQuery(route, search, { now: 0 }).problems).toBeUndefined();
    }
  });
});
