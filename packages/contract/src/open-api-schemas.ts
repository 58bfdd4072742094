import * as z from "zod/mini";
import * as answers from "./answers.ts";
import { postedEntrySchema } from "./entry/schema.ts";
import { erasureAnswerSchema } from "./erasure-answer.ts";
import { patternsAnswerSchema } from "./patterns-answer.ts";
import type { Route } from "./route.ts";
import { usageAnswerSchema } from "./usage-answer.ts";

/** The schemas that have a name of their own in the document; all others stand where they are used. */
const named = {
  ContextAnswer: answers.contextAnswerSchema,
  ErasureAnswer: erasureAnswerSchema,
  ErrorCode: answers.errorCodeSchema,
  FieldValuesAnswer: answers.fieldValuesAnswerSchema,
  FieldsAnswer: answers.fieldsAnswerSchema,
  HealthAnswer: answers.healthAnswerSchema,
  IngestManyAnswer: answers.ingestManyAnswerSchema,
  IngestOneAnswer: answers.ingestOneAnswerSchema,
  LogEntry: answers.logEntrySchema,
  LogId: answers.logIdSchema,
  PatternsAnswer: patternsAnswerSchema,
  PostedEntry: postedEntrySchema,
  Problem: answers.problemSchema,
  ProblemAnswer: answers.problemAnswerSchema,
  QueryProblem: answers.queryProblemSchema,
  ReadyAnswer: answers.readyAnswerSchema,
  RejectedEntry: answers.rejectedEntrySchema,
  SearchAnswer: answers.searchAnswerSchema,
  StatsAnswer: answers.statsAnswerSchema,
  TailAnswer: answers.tailAnswerSchema,
  UsageAnswer: usageAnswerSchema,
  Warning: answers.warningSchema,
} as const satisfies Record<string, z.ZodMiniType>;

type JsonSchema = Readonly<Record<string, unknown>>;

export interface SchemaBook {
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** The JSON Schema of a place of a route, such as `search query limit` or `ingest body application/json`. */
  schemaOf(place: string): JsonSchema;
  reference(schema: z.ZodMiniType): JsonSchema;
}

/** Lists each place of a route that has a schema. */
const placesOf = (route: Route): [string, z.ZodMiniType | undefined][] => {
  const at = (place: string, entries: object) =>
    Object.entries(entries).map(([name, { schema }]): [string, z.ZodMiniType | undefined] => [
      `${route.operationId} ${place}${name}`,
      schema,
    ]);
  return [
    ...at("path ", route.params ?? {}),
    ...at("query ", route.query ?? {}),
    ...at("header ", route.headers ?? {}),
    ...at("body ", route.body?.contents ?? {}),
    ...at("", route.responses),
  ];
};

const uri = (id: string): string => `#/components/schemas/${id}`;

/** Derives the JSON Schema of every schema of the routes, with references to those that have a name. */
export const createSchemaBook = (routes: readonly Route[]): SchemaBook => {
  const registry = z.registry<{ id: string }>();
  const names = new Map<z.ZodMiniType, string>();
  const add = (schema: z.ZodMiniType, id: string): void => {
    if (names.has(schema)) return;
    names.set(schema, id);
    registry.add(schema, { id });
  };
  for (const [id, schema] of Object.entries(named)) add(schema, id);
  const places = new Map(routes.flatMap(placesOf));
  for (const [place, schema] of places) if (schema !== undefined) add(schema, place);
  const { schemas } = z.toJSONSchema(registry, { uri, io: "input" });
  const printed = new Map(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
  );
  const reference = (schema: z.ZodMiniType): JsonSchema => {
    const name = names.get(schema) ?? "";
    return name in named ? { $ref: uri(name) } : (printed.get(name) ?? {});
  };
  return {
    components: Object.fromEntries(Object.keys(named).map((id) => [id, printed.get(id) ?? {}])),
    schemaOf: (place) => {
      const schema = places.get(place);
      return schema === undefined ? {} : reference(schema);
    },
    reference,
  };
};
