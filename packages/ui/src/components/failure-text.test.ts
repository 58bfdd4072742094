import { LogServiceError } from "@log-service/sdk";
import { expect, it } from "vitest";
import { failureSentence, failureText } from "./failure-text.ts";

const unreachable = new LogServiceError(
  "UNREACHABLE",
  "no answer from http://127.0.0.1:3000/logs: TypeError: Failed to fetch",
);
const proxy = new LogServiceError("UNEXPECTED_ANSWER", "502 <html><h1>Bad Gateway</h1></html>");
const chunk = new TypeError("Failed to fetch dynamically imported module: http://x/a.js");
const late = new DOMException("signal timed out", "TimeoutError");

it.each([
  [unreachable, "The service does not answer."],
  [proxy, "Something else than the service has answered."],
  [chunk, "Something went wrong in this page."],
  [late, "The answer took too long."],
])("says in words what %s means", (error, sentence) => {
  expect(failureSentence(error)).toBe(sentence);
  const { title, detail } = failureText(error);
  expect(`${title} ${detail}`).not.toMatch(/https?:|<|Error|fetch|signal/);
});

it("says what the service says as it says it", () => {
  const answer = {
    type: "about:blank",
    code: "STORE_UNAVAILABLE",
    title: "The store cannot be reached",
    status: 503,
    detail: "the store did not answer within 5 s",
    requestId: "r",
  } as const;
  const error = new LogServiceError(answer.code, answer.detail, { answer });
  expect(failureText(error)).toEqual({ title: answer.title, detail: answer.detail });
  expect(failureSentence(error)).toBe(answer.detail);
});
