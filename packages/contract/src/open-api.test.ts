import { errorCatalogue } from "@log-service/core/errors";
import { describe, expect, it } from "vitest";
import { problemAnswerSchema } from "./answers.ts";
import { openApi } from "./open-api.ts";
import { errorsOf } from "./route.ts";
import { routes } from "./routes/index.ts";

const document = openApi();
// As it is sent; the walk below needs plain objects.
const sent: unknown = JSON.parse(JSON.stringify(document));

const operations = routes.map((route) => {
  const operation = document.paths[route.path]?.[route.method.toLowerCase()];
  return [route.operationId, route, operation] as const;
});

interface Found {
  readonly path: string;
  readonly value: unknown;
}

/** Every value of a JSON document with its JSON Pointer. */
const walk = (value: unknown, path = "#"): Found[] => [
  { path, value },
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) =>
        walk(inner, `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`),
      )
    : []),
];

const everything = walk(sent);

describe("the OpenAPI document", () => {
  it("is an OpenAPI 3.1 document", () => {
    expect(document).toMatchObject({ openapi: "3.1.1", info: { title: "Log Service" } });
  });

  it("resolves each of its references", () => {
    const places = new Set(everything.map(({ path }) => path));
    const references = everything.filter(({ path }) => path.endsWith("/$ref"));
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter(({ value }) => !places.has(String(value)))).toEqual([]);
  });

  it("names components with letters, digits, dots, dashes and underscores only", () => {
    const names = Object.values(document.components).flatMap((group) => Object.keys(group));
    expect(names.filter((name) => !/^[\w.-]+$/.test(name))).toEqual([]);
  });

  it("has no schema identifiers, which would change what references mean", () => {
    expect(everything.filter(({ path }) => /\/\$(id|schema)$/.test(path))).toEqual([]);
  });

  it("describes every route, and no other", () => {
    const described = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map((operation) => operation.operationId),
    );
    expect(described.toSorted()).toEqual(routes.map((route) => route.operationId).toSorted());
  });

  it("knows every code", () => {
    expect(document.components.schemas).toHaveProperty(
      "ErrorCode.enum",
      Object.keys(errorCatalogue),
    );
  });
});

describe.each(operations)("the operation %s", (_, route, operation) => {
  const answers = everything.filter(({ path }) =>
    path.startsWith(`#/paths/${route.path.replaceAll("/", "~1")}/${route.method.toLowerCase()}/`),
  );
  const problems = answers.filter(({ path }) =>
    /application~1problem\+json\/examples\/[A-Z0-9_]+\/value$/.test(path),
  );

  it("has an example of each error that the route answers with", () => {
    const codes = problems.map(({ path }) => path.split("/").at(-2));
    expect(codes.toSorted()).toEqual(errorsOf(route).toSorted());
  });

  it("has errors under their status, in the shape of every error", () => {
    for (const { path, value } of problems) {
      const problem = problemAnswerSchema.parse(value);
      expect(problem).toEqual(value);
      expect(path).toContain(`/responses/${problem.status}/`);
    }
  });

  it("declares exactly the parameters of the path", () => {
    const inPath = (operation?.parameters ?? []).filter((one) => "in" in one && one.in === "path");
    const names = inPath.map((one) => ("name" in one ? `{${one.name}}` : ""));
    expect(names).toEqual(route.path.match(/\{\w+\}/g) ?? []);
  });

  it("describes each answer", () => {
    for (const answer of Object.values(operation?.responses ?? {}))
      expect(answer).toHaveProperty("description", expect.stringMatching(/\.$/));
  });

  it("asks for a key where the route has a scope, and nowhere else", () => {
    expect(operation?.security.length).toBe(route.scope === "none" ? 0 : 3);
  });
});
