import { routes } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../../test/hosts.ts";

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { readonly operationId: string }>>;
}

describeOnHosts("openapi answers 200", (host) => {
  it("describes every route", async () => {
    const document = await json<Document>(host.fetch("/openapi.json"));
    expect(document.openapi).toMatch(/^3\.1/);
    for (const { path, method, operationId } of routes)
      expect(document.paths[path]?.[method.toLowerCase()]?.operationId).toBe(operationId);
  });
});
