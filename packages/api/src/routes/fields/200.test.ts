import type { FieldsAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json, type TestHost } from "../../test/hosts.ts";

const fill = (host: TestHost) =>
  host.post(
    Array.from({ length: 60 }, (_, index) => ({
      severity: "info",
      message: `entry ${index}`,
      timestamp: Date.UTC(2026, 10, 22, 8, 0, index * 2),
      ...(index < 40 && { service: "chat" }),
      attributes: {
        status: index % 3 === 0 ? "200" : 200,
        ...(index < 20 && { retry: true }),
        ...(index < 10 && { service: "own" }),
      },
    })),
  );

const fields = (host: TestHost, query = "") =>
  json<FieldsAnswer>(host.fetch(`/logs/fields${query}`));

describeOnHosts("fields answers 200", (host) => {
  it("has none where nothing is stored", async () => {
    expect(await fields(host)).toEqual({ fields: [], complete: true });
  });

  it("lists fields as a query names them, with types and counts", async () => {
    await fill(host);
    expect(await fields(host)).toEqual({
      fields: [
        { name: "message", types: { string: 60 }, count: 60 },
        { name: "severity", types: { string: 60 }, count: 60 },
        { name: "status", types: { string: 20, number: 40 }, count: 60 },
        { name: "service", types: { string: 40 }, count: 40 },
        { name: "retry", types: { boolean: 20 }, count: 20 },
        { name: "attributes.service", types: { string: 10 }, count: 10 },
      ],
      complete: true,
    });
  });

  it("counts different values when it is asked to", async () => {
    await fill(host);
    const { fields: found } = await fields(host, "?distinct=true&q=message:*");
    expect(found.map(({ name, distinct }) => [name, distinct])).toEqual([
      ["message", undefined],
      ["severity", 1],
      ["status", 2],
      ["service", 1],
      ["retry", 1],
      ["attributes.service", 1],
    ]);
  });

  it("counts entries that match, in the range", async () => {
    await fill(host);
    const from = Date.UTC(2026, 10, 22, 8, 0, 10);
    const { fields: found } = await fields(host, `?q=retry:true&from=${from}`);
    expect(found).toContainEqual({ name: "retry", types: { boolean: 15 }, count: 15 });
    expect(found).toContainEqual({ name: "service", types: { string: 15 }, count: 15 });
    expect(found).toContainEqual({ name: "attributes.service", types: { string: 5 }, count: 5 });
  });
});
