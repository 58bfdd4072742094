import { expect, it } from "vitest";
import { findObstacle } from "./obstacle.ts";

const url = "http://demo.test";
const answering = (status: number) => async () => new Response("{}", { status });
const nobody = async () => {
  throw new TypeError("fetch failed");
};

it.each([
  ["no server", undefined, nobody, /^there is no server at http:\/\/demo\.test; /],
  ["something else", undefined, answering(502), /^http:\/\/demo\.test\/logs answered 502$/],
  ["no key", undefined, answering(401), /wants an API key; set LOG_API_KEY$/],
  ["a wrong key", "lsk_a_b", answering(401), /^LOG_API_KEY is no valid key/],
  ["a key that may only read", "lsk_a_b", answering(403), /with the scope ingest; make one/],
])("says before it sends that there is %s", async (_, apiKey, send, pattern) => {
  expect(await findObstacle({ url, apiKey }, send)).toMatch(pattern);
});

it("finds no obstacle where an empty batch is refused for being empty", async () => {
  expect(await findObstacle({ url, apiKey: undefined }, answering(400))).toBeUndefined();
});
