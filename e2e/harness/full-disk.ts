import { readAll } from "./read-all.ts";

/** A batch with a key, and what became of it. */
export interface Attempt {
  readonly key: string;
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: string | null;
}

const entriesPerBatch = 100;

const messageOf = (key: string, index: number) => `${key} entry ${index}`;

/** Sends a batch that hardly compresses; the same one for the same key. */
export const attempt = async (url: string, key: string): Promise<Attempt> => {
  const lines = Array.from({ length: entriesPerBatch }, (_, index) => {
    const noise = Buffer.from(
      Array.from(
        { length: 200 },
        (_, byte) => (byte * byte * 31 + index * 7919 + key.length) % 251,
      ),
    ).toString("base64");
    return JSON.stringify({ severity: "info", message: messageOf(key, index), noise });
  });
  const headers = { "content-type": "application/x-ndjson", "idempotency-key": key };
  const response = await fetch(`${url}/logs`, { method: "POST", headers, body: lines.join("\n") });
  const { code } = (await response.json()) as { code?: string };
  return { key, status: response.status, code, retryAfter: response.headers.get("retry-after") };
};

/** Sends batches until some were refused in a row, or `most` were sent. */
export const fill = async (url: string, name: string, most = 2000): Promise<Attempt[]> => {
  const attempts: Attempt[] = [];
  while (
    attempts.length < most &&
    attempts.slice(-5).filter((one) => one.status !== 201).length < 5
  )
    attempts.push(await attempt(url, `${name}-${attempts.length}`));
  return attempts;
};

export const keysWith = (attempts: readonly Attempt[], status: number): string[] =>
  attempts.filter((one) => one.status === status).map((one) => one.key);

/** The messages of these batches, each once, in the order of their text. */
export const messagesOf = (keys: readonly string[]): string[] =>
  keys
    .flatMap((key) => Array.from({ length: entriesPerBatch }, (_, index) => messageOf(key, index)))
    .toSorted();

export const storedMessages = async (url: string): Promise<string[]> =>
  (await readAll(url)).map((one) => one.message).toSorted();
