import {
  type Content,
  type Example,
  errorsByStatus,
  type Parameters,
  type Route,
  routes,
} from "@log-service/contract";
import { block, code, madeBy, page, table } from "./markdown.ts";

const origin = "http://127.0.0.1:3000";

const show = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 2);

/** A text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The path with its example values in place of its parameters. */
const pathOf = ({ path, params = {} }: Route): string =>
  Object.entries(params).reduce(
    (text, [name, { example }]) => text.replace(`{${name}}`, example),
    path,
  );

const curlGet = (route: Route, query: string): string =>
  `curl ${quoted(`${origin}${pathOf(route)}${query === "" ? "" : `?${query}`}`)}`;

const curlPost = (route: Route, type: string, value: unknown): string =>
  `curl ${quoted(`${origin}${pathOf(route)}`)} -H 'Content-Type: ${type}' --data-binary @- <<'END'
${show(value).trimEnd()}
END`;

const bodyExamples = (route: Route): string[] =>
  Object.entries(route.body?.contents ?? {}).flatMap(([type, content]) => [
    `${code(type)}${content.description === undefined ? "" : `: ${content.description}`}`,
    ...Object.values(content.examples).map(({ value }: Example<unknown>) =>
      block("sh", curlPost(route, type, value)),
    ),
  ]);

const getExamples = (route: Route): string =>
  route.method === "GET"
    ? block("sh", (route.queryExamples ?? [""]).map((query) => curlGet(route, query)).join("\n"))
    : "";

const parameterRows = (parameters: Parameters | undefined, place: string): string[][] =>
  Object.entries(parameters ?? {}).map(([name, { description, absent, example }]) => [
    code(name),
    place,
    description,
    absent === undefined ? "" : code(String(absent)),
    code(example),
  ]);

const parameters = (route: Route): string => {
  const rows = [
    ...Object.entries(route.params ?? {}).map(([name, { description, example }]) => [
      code(name),
      "path",
      description,
      "",
      code(example),
    ]),
    ...parameterRows(route.query, "query"),
    ...parameterRows(route.headers, "header"),
  ];
  return rows.length === 0 ? "" : table(["Parameter", "In", "Meaning", "Default", "Example"], rows);
};

const answerExamples = (content: Content): string[] =>
  Object.values(content.examples).flatMap(({ summary, value }) => [
    `${summary}:`,
    block(typeof value === "string" ? "text" : "json", show(value)),
  ]);

const answers = (route: Route): string[] =>
  Object.entries(route.responses).flatMap(([status, answer]) => [
    `**${status}** ${code(answer.contentType)}: ${answer.description}`,
    ...answerExamples(answer),
    ...Object.entries(answer.alternatives ?? {}).flatMap(([type, content]) => [
      `Or ${code(type)}, if the request says so.`,
      ...answerExamples(content),
    ]),
  ]);

const errors = (route: Route): string =>
  [...errorsByStatus(route)]
    .map(([status, codes]) => `- **${status}** ${codes.map(code).join(", ")}`)
    .join("\n");

const access = ({ scope }: Route): string =>
  scope === "none" ? "No key is needed." : `Needs a key with the scope ${code(scope)}.`;

const section = (route: Route): string[] => [
  `## ${route.operationId}`,
  `${code(`${route.method} ${route.path}`)}: ${route.summary}.`,
  route.description,
  access(route),
  getExamples(route),
  parameters(route),
  ...(route.body === undefined
    ? []
    : [
        `${route.body.description} Compressed with ${route.body.encodings.join(", ")} as Content-Encoding says, or not at all.`,
        ...bodyExamples(route),
      ]),
  ...answers(route),
  `Errors, explained in [errors.md](errors.md):\n\n${errors(route)}`,
];

export const apiReference = (): string =>
  page([
    madeBy("`packages/contract/src/routes`"),
    "# The HTTP API",
    "The same for machines: [openapi.json](openapi.json), which the server gives at `GET /openapi.json`. Where keys are\nrequired, send one as `Authorization: Bearer lsk_...`, as `x-api-key`, or as the password of Basic. Every answer has\nan `x-request-id`, which finds the request in the server's log. `from` is inclusive and `to` exclusive.",
    table(
      ["Route", "Operation", "Does"],
      routes.map((route) => [
        code(`${route.method} ${route.path}`),
        `[${route.operationId}](#${route.operationId.toLowerCase()})`,
        route.summary,
      ]),
    ),
    ...routes.flatMap(section),
  ]);
