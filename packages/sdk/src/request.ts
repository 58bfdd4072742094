import { type Operations, operations } from "./api.generated.ts";

export type Name = keyof Operations;

/** What is sent with an ingest. */
export interface Content {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join();
  return value instanceof Date ? value.toISOString() : String(value);
};

/** The method of an operation, and its path with a query: what the path does not name. */
export const targetOf = (name: Name, parameters: object) => {
  const [method = "", path = ""] = operations[name].split(" ");
  const rest = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters))
    if (value !== undefined) rest.set(key, textOf(value));
  const target = path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = rest.get(key) ?? "";
    rest.delete(key);
    return encodeURIComponent(value);
  });
  const query = rest.toString();
  return { method, target: query ? `${target}?${query}` : target };
};

/** `crypto.randomUUID` is missing on pages that came over plain HTTP. */
export const newKey = (): string =>
  crypto.getRandomValues(new Uint32Array(4)).reduce((key, part) => key + part.toString(36), "");

export const contentOf = (
  body: object | string,
  type: string | undefined,
  key: string | undefined,
): Content => {
  const isText = typeof body === "string" || body instanceof Uint8Array;
  const headers = {
    "content-type": type ?? (isText ? "application/x-ndjson" : "application/json"),
    ...(key && { "idempotency-key": key }),
  };
  // Every Uint8Array can be sent; only its type leaves open whether its memory is shared.
  return { body: isText ? (body as Content["body"]) : JSON.stringify(body), headers };
};
