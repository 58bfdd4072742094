import { expect, it } from "vitest";
import { sign } from "./sign.ts";

const request = {
  host: "dynamodb.eu-west-1.amazonaws.com",
  region: "eu-west-1",
  service: "dynamodb",
  headers: {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.PutItem",
  },
  body: '{"TableName":"chunks","message":"ü"}',
  time: Date.UTC(2026, 10, 22, 9),
};

const credentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

// What botocore 1.43 makes of the same requests.
it.each([
  [undefined, "ea34817adba6c55464a2e4fd992281769657893bd4de3636b01e03775ef51b5a"],
  ["a-token", "17c34ce7d7cce4cd718836273b0c304d1e54166bf8dd08eadfc337826fb0731d"],
])("signs as AWS's own client does, session token %s", (sessionToken, signature) => {
  const headers = sign({ ...request, credentials: { ...credentials, sessionToken } });
  expect(headers.authorization).toMatch(new RegExp(`, Signature=${signature}$`));
  expect(headers["x-amz-date"]).toBe("20261122T090000Z");
  expect(headers["x-amz-security-token"]).toBe(sessionToken);
});

it("signs a path and a query as AWS's own client does", () => {
  const headers = sign({
    host: "lambda.eu-west-1.amazonaws.com",
    region: "eu-west-1",
    service: "lambda",
    path: "/2015-03-31/functions/log-service-maintenance/invocations",
    search: "Qualifier=live",
    headers: { "content-type": "application/json", "x-amz-invocation-type": "Event" },
    body: '{"eraseOf":"game-1"}',
    time: request.time,
    credentials,
  });
  const signature = "280eeeaada218af073db521a5930b56381ff215b972100ecc9abdb327a183648";
  expect(headers.authorization).toMatch(new RegExp(`, Signature=${signature}$`));
});

it("gives another signature for another body, time or key", () => {
  const signatures = [
    sign({ ...request, credentials }),
    sign({ ...request, credentials, body: "{}" }),
    sign({ ...request, credentials, time: request.time + 1000 }),
    sign({ ...request, credentials: { ...credentials, secretAccessKey: "other" } }),
  ].map((headers) => headers.authorization);
  expect(new Set(signatures).size).toBe(4);
});
