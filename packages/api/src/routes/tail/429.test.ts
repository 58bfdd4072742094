import { expect, it } from "vitest";
import { createApiKey } from "../../access/api-key.ts";
import { createOpenStreams } from "../../access/open-streams.ts";
import { createTestApp, testNow } from "../../test/test-app.ts";

const createKeys = (count: number) => {
  const keys = Array.from({ length: count }, () =>
    createApiKey({ tenant: "game-1", scopes: ["read"], createdAt: testNow }),
  );
  const find = async (id: string) => keys.find(({ record }) => record.id === id)?.record;
  return { texts: keys.map(({ text }) => text), source: { find, isEmpty: async () => false } };
};

it("a key holds no more streams open than it may, and opens another when one has ended", async () => {
  const { texts, source } = createKeys(2);
  const [key = "", other = ""] = texts;
  const { app } = createTestApp({ keys: source, deps: { openStream: createOpenStreams(2) } });
  const ask = (text: string, accept: string, method = "GET") => {
    const headers = { accept, authorization: `Bearer ${text}` };
    return app.fetch(new Request("http://localhost/logs/tail", { method, headers }));
  };
  const stream = (text: string) => ask(text, "text/event-stream");
  const [first, second] = [await stream(key), await stream(key)];
  expect([first.status, second.status]).toEqual([200, 200]);
  const refused = await stream(key);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await refused.json()).toMatchObject({
    code: "RATE_EXCEEDED",
    detail: "the key may hold 2 streams open at once (LOG_SERVICE_KEY_STREAMS)",
  });
  const others = await stream(other);
  expect(others.status).toBe(200);
  expect((await ask(key, "application/json")).status).toBe(200);
  await first.body?.cancel();
  // Who asks for the headers only holds nothing open.
  for (let time = 0; time < 3; time++)
    expect((await ask(key, "text/event-stream", "HEAD")).status).toBe(200);
  const third = await stream(key);
  expect(third.status).toBe(200);
  expect((await stream(key)).status).toBe(429);
  await Promise.all([second, third, others].map(({ body }) => body?.cancel()));
});
