import type { ChunkStore } from "@log-service/core";
import fc from "fast-check";
import { createTestApp, testNow } from "../../../../packages/api/src/test/test-app.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { anyRequest, type RouteRequest } from "./request.ts";

/** A request that takes longer hangs. */
const answerMsMax = 20_000;

/** The app where waiting takes no time, and where the last operation that has answered is known. */
const createWorld = (store?: ChunkStore) => {
  let uptime = 0;
  let operation: string | undefined;
  const none = () => undefined;
  const { app } = createTestApp({
    ...(store !== undefined && { store }),
    deps: {
      bodyBytesMax: 2 ** 20,
      uptimeMs: () => uptime,
      setTimer: (ms, fire) => {
        const timer = setImmediate(() => {
          uptime += ms;
          fire();
        });
        return () => clearImmediate(timer);
      },
      metrics: {
        onIngest: none,
        onCommit: none,
        onDamage: none,
        onScan: none,
        onRequest: (report) => {
          operation = report.operation;
        },
        render: async () => ({
          contentType: "text/plain; version=0.0.4; charset=utf-8",
          text: "# HELP x\n",
        }),
      },
    },
  });
  /** Asks, and says which operation has answered. */
  const ask = async (request: Request) => {
    operation = undefined;
    const response = await app.fetch(request);
    return { response, operation };
  };
  return { ask };
};

type World = ReturnType<typeof createWorld>;

/** The whole text; of a stream that has no end, what comes first. */
const textOf = async (response: Response): Promise<string> => {
  if (!response.headers.get("content-type")?.startsWith("text/event-stream"))
    return response.text();
  let text = "";
  let parts = 0;
  for await (const part of response.body ?? []) {
    text += Buffer.from(part).toString();
    parts += 1;
    if (parts === 3) break;
  }
  return text;
};

const toRequest = (request: RouteRequest, cursor?: string): Request => {
  const { method, path, pairs, rawQuery, headers, body } = request;
  const search = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]));
  if (cursor !== undefined) search.set("cursor", cursor);
  const init: RequestInit = {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  };
  if (body !== undefined && method !== "GET" && method !== "HEAD") init.body = body;
  return new Request(`http://localhost${path}?${search}${rawQuery}`, init);
};

const withDeadline = async <T>(work: Promise<T>): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer")), answerMsMax);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
};

const hear = async ({ ask }: World, request: Request) => {
  const { response, operation } = await ask(request);
  const text = await textOf(response);
  judgeAnswer({ response, text, method: request.method, operation });
  return { status: response.status, operation, text };
};

const cursorIn = (text: string): string | undefined =>
  /"nextCursor":"([^"]+)"\D/.exec(text)?.[1] ?? /^id: (.+)$/m.exec(text)?.[1];

/** Entries of several minutes, some of them hostile, so that what is asked finds something. */
const fill = async ({ ask }: World): Promise<string[]> => {
  const entries = Array.from({ length: 60 }, (_, index) => ({
    severity: ["info", "warning", "error"][index % 3],
    message: index % 7 === 0 ? `=cmd\x1b[2J\r\n\u2028${index}` : `tick took ${index} ms`,
    service: ["gateway", "chat"][index % 2],
    timestamp: testNow - index * 20_000,
    attributes: {
      player_id: `p-${index % 5}`,
      latency_ms: index,
      "http.status": 200,
      ["__proto__"]: 1,
    },
  }));
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(entries) };
  await ask(new Request("http://localhost/logs", init));
  const { response } = await ask(new Request("http://localhost/logs?limit=3"));
  const { logs } = (await response.json()) as { logs: readonly { logId: string }[] };
  return logs.map(({ logId }) => logId);
};

/** Asks every route random things; a failure prints the seed and the smallest request that still fails. */
export const fuzzRoutes = async (
  numRuns: number,
  seed: number,
  store?: ChunkStore,
): Promise<void> => {
  const world = createWorld(store);
  const outcomes = new Map<string, number>();
  const count = (operation: string, status: number) => {
    const key = `${operation} ${status}`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  };
  const property = fc.asyncProperty(anyRequest(await fill(world)), async (request) => {
    const first = await withDeadline(hear(world, toRequest(request)));
    count(first.operation ?? "preflight", first.status);
    const isPaged = ["search", "tail"].includes(first.operation ?? "");
    const cursor = first.status === 200 && isPaged ? cursorIn(first.text) : undefined;
    if (cursor === undefined) return;
    const next = toRequest(request, request.changeCursor(cursor));
    const second = await withDeadline(hear(world, next));
    count(`${second.operation} after a cursor`, second.status);
  });
  await fc.assert(property, { numRuns, seed });
  console.log(
    [...outcomes]
      .sort()
      .map(([what, times]) => `${what}: ${times}`)
      .join(", "),
  );
};
