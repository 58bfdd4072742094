import { expect, it } from "vitest";
import { firstEntryCommand } from "./first-entry.ts";

it("sends an entry to this address", () => {
  const command = firstEntryCommand("http://127.0.0.1:3000", false);
  expect(command).toContain("curl http://127.0.0.1:3000/logs \\\n");
  expect(command).not.toContain("authorization");
  const [, body = ""] = /-d '(.*)'$/.exec(command) ?? [];
  expect(JSON.parse(body)).toMatchObject({ severity: "info", message: "hello" });
});

it("takes the key from the environment where the service asks for one", () => {
  expect(firstEntryCommand("https://logs.example", true)).toContain("Bearer $LOG_API_KEY");
});
