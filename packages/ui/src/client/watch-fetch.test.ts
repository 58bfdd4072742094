import { expect, it } from "vitest";
import { watchFetch } from "./watch-fetch.ts";

const watched = (send: () => Promise<Response>) => {
  const told: unknown[] = [];
  const sendWatched = watchFetch(send, {
    onRefused: (refusal) => told.push(refusal),
    onReachable: (isReachable) => told.push(isReachable),
  });
  return { told, send: () => sendWatched("http://127.0.0.1/logs") };
};

it.each([
  [401, "KEY_REQUIRED", "keyMissing"],
  [401, "KEY_INVALID", "keyWrong"],
  [401, "TOKEN_INVALID", "keyWrong"],
  [403, "SCOPE_REQUIRED", "keyCannotRead"],
])("tells of %i %s", async (status, code, refusal) => {
  const { told, send } = watched(async () => Response.json({ code }, { status }));
  const response = await send();
  expect(told).toEqual([true, refusal]);
  expect(await response.json()).toEqual({ code });
});

it.each([
  [403, '{"code":"ORIGIN_FORBIDDEN"}'],
  [403, "<html>a proxy</html>"],
  [401, "null"],
  [200, '{"code":"KEY_INVALID"}'],
])("takes %i %s for no refusal", async (status, body) => {
  const { told, send } = watched(async () => new Response(body, { status }));
  await send();
  expect(told).toEqual([true]);
});

it("tells when nobody answers", async () => {
  const { told, send } = watched(() => Promise.reject(new TypeError("Failed to fetch")));
  await expect(send()).rejects.toThrow("Failed to fetch");
  expect(told).toEqual([false]);
});

it("takes a request that was given up for no sign", async () => {
  const { told, send } = watched(() => Promise.reject(new DOMException("gone", "AbortError")));
  await expect(send()).rejects.toThrow("gone");
  expect(told).toEqual([]);
});
