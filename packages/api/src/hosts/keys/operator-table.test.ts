import { expect, it } from "vitest";
import { missingFor } from "./operator-table.ts";

const region = { AWS_REGION: "eu-west-1" };

it.each([
  [{}, /^AWS_REGION is not set$/],
  [region, /^not set: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY; aws configure/],
  [{ ...region, AWS_ACCESS_KEY_ID: "id" }, /^not set: AWS_SECRET_ACCESS_KEY; aws configure/],
])("says what an operator has not set yet: %j", (env, pattern) => {
  expect(missingFor(env)).toMatch(pattern);
});

it("has nothing to say when all is set, the Region by either name", () => {
  const credentials = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };
  expect(missingFor({ ...credentials, ...region })).toBeUndefined();
  expect(missingFor({ ...credentials, AWS_DEFAULT_REGION: "eu-west-1" })).toBeUndefined();
});
