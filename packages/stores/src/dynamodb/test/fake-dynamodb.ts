import { Buffer } from "node:buffer";
import type { AttributeValue, Item } from "../answer.ts";

/**
 * DynamoDB in memory, as far as this store uses it, behind a `fetch` of its own; what it does not know it refuses. It is
 * here so that the suite runs in seconds without Java; `npm run e2e:aws` runs the same suite on Amazon's own emulator.
 */
export interface FakeDynamo {
  readonly fetch: typeof fetch;
  /** The actions that were called, in order. */
  readonly actions: string[];
  /** Every item, by table. */
  readonly items: ReadonlyMap<string, ReadonlyMap<string, Item>>;
  /** Answers the next requests itself where it returns something. */
  intercept(answer: (action: string, input: Input) => Response | undefined): void;
}

export interface Input {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Item;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly UpdateExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly KeyConditionExpression?: string;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
}

const pageBytesMax = 1_000_000;
const itemBytesMax = 400 * 1024;

export const failure = (name: string, more: object = {}, status = 400): Response =>
  Response.json(
    { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...more },
    { status },
  );

const textOf = (value: AttributeValue | undefined): string => Object.values(value ?? {})[0] ?? "";

const bytesIn = (value: AttributeValue): number =>
  "B" in value ? Buffer.from(value.B, "base64").length : Buffer.byteLength(textOf(value));

const sizeOf = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + name.length + bytesIn(value), 0);

/** A sort key as text that sorts as its bytes do. */
const sortText = (value: AttributeValue | undefined): string =>
  Buffer.from(textOf(value), "base64").toString("hex");

const keyOf = (item: Item): string => `${textOf(item.pk)} ${sortText(item.sk)}`;

type Condition = (there: Item | undefined, values: Item) => boolean;

const numberIn = (item: Item | undefined, name: string): number => Number(textOf(item?.[name]));

const isFree: Condition = (there, values) =>
  there === undefined || numberIn(there, "heldUntil") <= numberIn(values, ":now");

const isHolder: Condition = (there, values) =>
  textOf(there?.holder) === textOf(values[":holder"]) && there !== undefined;

const conditions: Readonly<Record<string, Condition>> = {
  "": () => true,
  "holder = :holder": isHolder,
  "attribute_not_exists(pk) OR heldUntil <= :now OR holder = :holder": (there, values) =>
    isFree(there, values) || isHolder(there, values),
  "attribute_not_exists(pk)": (there) => there === undefined,
  "attribute_not_exists(pk) OR heldUntil <= :now": isFree,
  "#m = :whole OR #m = :part": (there, values) =>
    [":whole", ":part"].some((name) => textOf(there?.meta) === textOf(values[name])),
};

const capacity = (input: Input, bytes: number, unit: number) => ({
  ConsumedCapacity: {
    TableName: input.TableName,
    CapacityUnits: Math.max(1, Math.ceil(bytes / unit)),
  },
});

/** Answers for a condition that is not met, or that it does not know. */
const refuseBy = (
  { ConditionExpression: condition = "", ...input }: Input,
  there: Item | undefined,
): Response | undefined => {
  const isMet = conditions[condition];
  if (isMet === undefined) return failure("ValidationException");
  if (isMet(there, input.ExpressionAttributeValues ?? {})) return undefined;
  const isAsked = input.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  return failure("ConditionalCheckFailedException", isAsked ? { Item: there } : {});
};

const putItem = (items: Map<string, Item>, input: Input): Response => {
  const { Item: item = {} } = input;
  if (sizeOf(item) > itemBytesMax) return failure("ValidationException");
  const refusal = refuseBy(input, items.get(keyOf(item)));
  if (refusal) return refusal;
  items.set(keyOf(item), item);
  return Response.json(capacity(input, sizeOf(item), 1024));
};

const getItem = (items: Map<string, Item>, input: Input): Response => {
  const item = items.get(keyOf(input.Key ?? {}));
  return Response.json({
    ...(item && { Item: item }),
    ...capacity(input, sizeOf(item ?? {}), 4096),
  });
};

/** Knows updates that set some attributes, and add to numbers or remove one. */
const updateItem = (items: Map<string, Item>, input: Input): Response => {
  const { Key: key = {}, UpdateExpression: expression = "" } = input;
  const shape = /^SET (.*?)(?: ADD (.*))?(?: REMOVE (.*))?$/;
  const [, sets = "", adds = "", removed = ""] = shape.exec(expression) ?? [];
  if (sets === "") return failure("ValidationException");
  const refusal = refuseBy(input, items.get(keyOf(key)));
  if (refusal) return refusal;
  const names = input.ExpressionAttributeNames ?? {};
  const values = input.ExpressionAttributeValues ?? {};
  const item: Record<string, AttributeValue> = { ...key, ...items.get(keyOf(key)) };
  const pairs = (text: string, between: string) =>
    text === "" ? [] : text.split(", ").map((one) => one.split(between) as [string, string]); // as the expressions here are
  for (const [name, value] of pairs(sets, " = "))
    item[names[name] ?? name] = values[value] ?? { N: "0" };
  for (const [name, value] of pairs(adds, " ")) {
    const attribute = names[name] ?? name;
    const there = item[attribute] === undefined ? 0 : numberIn(item, attribute);
    item[attribute] = { N: String(there + numberIn(values, value)) };
  }
  delete item[names[removed] ?? ""];
  if (sizeOf(item) > itemBytesMax) return failure("ValidationException");
  items.set(keyOf(key), item);
  return Response.json({ Attributes: item, ...capacity(input, sizeOf(item), 1024) });
};

const deleteItem = (items: Map<string, Item>, input: Input): Response => {
  const key = keyOf(input.Key ?? {});
  const refusal = refuseBy(input, items.get(key));
  if (refusal) return refusal;
  items.delete(key);
  return Response.json(capacity(input, 0, 1024));
};

const query = (items: Map<string, Item>, input: Input): Response => {
  if (input.KeyConditionExpression !== "pk = :pk AND sk BETWEEN :low AND :high")
    return failure("ValidationException");
  const values = input.ExpressionAttributeValues ?? {};
  const [low, high] = [sortText(values[":low"]), sortText(values[":high"])];
  if (low > high) return failure("ValidationException");
  const sign = input.ScanIndexForward === false ? -1 : 1;
  const start = input.ExclusiveStartKey && sortText(input.ExclusiveStartKey.sk);
  const found = [...items.values()]
    .filter((item) => textOf(item.pk) === textOf(values[":pk"]))
    .map((item) => ({ item, sk: sortText(item.sk) }))
    .filter(({ sk }) => sk >= low && sk <= high)
    .sort((a, b) => (a.sk < b.sk ? -sign : sign))
    .filter(({ sk }) => start === undefined || (sign < 0 ? sk < start : sk > start));
  const page: Item[] = [];
  let bytes = 0;
  for (const { item } of found) {
    if (page.length === (input.Limit ?? Number.POSITIVE_INFINITY) || bytes > pageBytesMax) break;
    page.push(item);
    bytes += sizeOf(item);
  }
  const last = page.at(-1);
  const isCut = page.length < found.length || page.length === input.Limit;
  return Response.json({
    Items: page,
    ...(isCut && last && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }),
    ...capacity(input, bytes, 4096),
  });
};

const operations: Readonly<Record<string, (items: Map<string, Item>, input: Input) => Response>> = {
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  GetItem: getItem,
  Query: query,
};

export const createFakeDynamo = (): FakeDynamo => {
  const tables = new Map<string, Map<string, Item>>();
  const actions: string[] = [];
  let intercepted: Parameters<FakeDynamo["intercept"]>[0] = () => undefined;
  return {
    items: tables,
    actions,
    intercept: (answer) => {
      intercepted = answer;
    },
    fetch: async (_, init) => {
      init?.signal?.throwIfAborted();
      const headers = new Headers(init?.headers);
      const action = headers.get("x-amz-target")?.split(".")[1] ?? "";
      if (!headers.has("authorization")) return failure("MissingAuthenticationTokenException");
      const input: Input = JSON.parse(String(init?.body));
      actions.push(action);
      const items = tables.get(input.TableName) ?? new Map<string, Item>();
      tables.set(input.TableName, items);
      return (
        intercepted(action, input) ??
        operations[action]?.(items, input) ??
        failure("UnknownOperationException")
      );
    },
  };
};
