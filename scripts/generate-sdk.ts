import { openApi, type Parameter, type Route, routes } from "@log-service/contract";

/** What is used of JSON Schema by the contract. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
}

const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
const keyOf = (name: string): string => (isName(name) ? name : JSON.stringify(name));
const arrayOf = (type: string): string => `readonly ${isName(type) ? type : `(${type})`}[]`;
const union = (types: readonly string[]): string => [...new Set(types)].join(" | ");
const comment = (text: string | undefined): string => (text ? `/** ${text} */\n` : "");

const typeNames: Readonly<Record<string, string>> = { integer: "number" };

const objectType = ({ properties = {}, required = [], additionalProperties }: Schema): string => {
  const members = Object.entries(properties).map(([name, schema]) => {
    const mark = required.includes(name) ? "" : "?";
    return `${comment(schema.description)}readonly ${keyOf(name)}${mark}: ${typeOf(schema)};`;
  });
  const rest =
    typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0
      ? typeOf(additionalProperties)
      : "unknown";
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  if (isOpen && members.length === 0) return `Readonly<Record<string, ${rest}>>`;
  if (isOpen) members.push("readonly [name: string]: unknown;");
  return `{\n${members.join("\n")}\n}`;
};

const typeOf = (schema: Schema): string => {
  if (schema.$ref !== undefined) return schema.$ref.replace("#/components/schemas/", "");
  if (schema.enum !== undefined) return union(schema.enum.map((one) => JSON.stringify(one)));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf !== undefined) return union(schema.anyOf.map(typeOf));
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeNames[type] ?? type));
  if (schema.type === "array") return arrayOf(typeOf(schema.items ?? {}));
  if (schema.type === "object") return objectType(schema);
  return typeof schema.type === "string" ? (typeNames[schema.type] ?? schema.type) : "unknown";
};

const sometime = "2026-11-22T09:00:00.123Z";

const parsedOf = (parameter: Parameter<unknown>, text: string): unknown => {
  const parsed = parameter.parse(text, { now: 0 });
  return "value" in parsed ? parsed.value : undefined;
};

/** What a parameter takes: text as it is sent, and what the client makes such text of. */
const parameterType = (parameter: Parameter<unknown>, schema: Schema): string => {
  const { example } = parameter;
  if (typeof parsedOf(parameter, sometime) === "number") return "Time";
  const list = parsedOf(parameter, example);
  if (!Array.isArray(list)) return typeOf(schema);
  const words = /^\^\(([\w|]+)\)/.exec(String((schema as { pattern?: string }).pattern))?.[1];
  const word = words === undefined ? "string" : union(words.split("|").map((one) => `"${one}"`));
  return `${word} | ${arrayOf(word)}`;
};

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

/**
 * Parameters that routes share have a type of their own, which theirs extend: those that are one object in the contract.
 * Only the type's name is said here.
 */
const sharedTypes: Readonly<Record<string, string>> = {
  FilterParameters: "q severity service",
  RangeParameters: "from to",
};

const isShared = (route: Route, name: string): boolean =>
  routes.filter(({ query }) => query?.[name] !== undefined && query[name] === route.query?.[name])
    .length > 1;

/** The shared types whose parameters a route all has. */
const sharedBy = (route: Route): string[] =>
  Object.keys(sharedTypes).filter((type) =>
    sharedTypes[type]?.split(" ").every((name) => isShared(route, name)),
  );

const parameterMembers = (
  route: Route,
  { parameters }: OpenApiOperation,
  isWanted: (name: string) => boolean,
): string[] =>
  parameters
    .filter((one) => one.in !== "header" && isWanted(one.name))
    .map(({ name, in: place, schema }) => {
      const parameter = route.query?.[name];
      const type = parameter === undefined ? typeOf(schema) : parameterType(parameter, schema);
      const about = parameter?.description ?? route.params?.[name]?.description;
      return `${comment(about)}readonly ${keyOf(name)}${place === "path" ? "" : "?"}: ${type}${place === "path" ? "" : " | undefined"};`;
    });

const parametersType = (route: Route, operation: OpenApiOperation): string => {
  const shared = sharedBy(route);
  const names = shared.flatMap((type) => sharedTypes[type]?.split(" ") ?? []);
  const members = parameterMembers(route, operation, (one) => !names.includes(one));
  const name = `${upperFirst(route.operationId)}Parameters`;
  const base = shared.length > 0 ? ` extends ${shared.join(", ")}` : "";
  return members.length === 0 && base === ""
    ? `export type ${name} = Readonly<Record<never, never>>;`
    : `export interface ${name}${base} {\n${members.join("\n")}\n}`;
};

const answerType = (route: Route, { responses }: OpenApiOperation): string =>
  union(
    Object.entries(route.responses).map(([status, { contentType, schema }]) =>
      schema === undefined
        ? "string"
        : typeOf(responses[status]?.content[contentType]?.schema ?? {}),
    ),
  );

/** Indents by the brackets that are open, since nothing formats a generated file. */
const indent = (text: string): string => {
  let depth = 0;
  return text
    .split("\n")
    .map((line) => {
      if (/^[}\]]/.test(line)) depth--;
      const indented = line === "" ? "" : "  ".repeat(depth) + line;
      if (/[{[]$/.test(line)) depth++;
      return indented;
    })
    .join("\n");
};

/** The types of the SDK, and the list of its operations. */
export const sdkTypes = (): string => {
  const document = openApi();
  // The document is made of these by the contract; its own type leaves them open.
  const schemas = document.components.schemas as Readonly<Record<string, Schema>>;
  const found = routes.map((route) => ({
    route,
    operation: document.paths[route.path]?.[
      route.method.toLowerCase()
    ] as unknown as OpenApiOperation,
  }));
  const shapes = Object.entries(schemas).map(
    ([name, schema]) =>
      `${comment(schema.description)}export ${schema.type === "object" && schema.properties ? `interface ${name} ${typeOf(schema)}` : `type ${name} = ${typeOf(schema)};`}`,
  );
  const shared = Object.entries(sharedTypes).flatMap(([type, names]) => {
    const one = found.find(({ route }) => sharedBy(route).includes(type));
    if (one === undefined) throw new Error(`no route has ${names} of ${type}`);
    const members = parameterMembers(one.route, one.operation, (name) =>
      names.split(" ").includes(name),
    );
    return `export interface ${type} {\n${members.join("\n")}\n}`;
  });
  const parameters = found.map(({ route, operation }) => parametersType(route, operation));
  const members = found.map(
    ({ route, operation }) =>
      `${comment(`${route.summary}.`)}readonly ${route.operationId}: {\nreadonly parameters: ${upperFirst(route.operationId)}Parameters;\nreadonly answer: ${answerType(route, operation)};\n};`,
  );
  const list = routes.map(
    ({ operationId, method, path }) => `${operationId}: ${JSON.stringify(`${method} ${path}`)},`,
  );
  return indent(
    [
      "// Made from packages/contract/src/routes by `npm run fix`; `npm run check` fails when it is stale.",
      "/** ISO 8601 with a zone, milliseconds since 1970, relative like `-15m`, or a `Date`. */\nexport type Time = string | number | Date;",
      ...shapes,
      ...shared,
      ...parameters,
      `/** What each operation of the API takes and answers, by its \`operationId\`. */\nexport interface Operations {\n${members.join("\n")}\n}`,
      `/** The method and path of each operation. */\nexport const operations = {\n${list.join("\n")}\n} as const satisfies Record<keyof Operations, string>;`,
      "",
    ].join("\n\n"),
  ).replace(/\n+$/, "\n");
};
