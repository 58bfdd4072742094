import type { ProblemAnswer } from "@log-service/contract";
import { expect, it } from "vitest";
import { describeOnHosts, json } from "../test/hosts.ts";
import { first, startOidc, stranger } from "../test/oidc.ts";
import { noKeys, testNow } from "../test/test-app.ts";
import { createAccess } from "./access.ts";

describeOnHosts("a token", (host) => {
  const use = async () => {
    const test = await startOidc();
    const access = createAccess({
      keys: noKeys,
      tokens: { verify: test.verify },
      now: () => testNow,
      isOpenWithoutKeys: true,
    });
    await host.use({ deps: { access } });
    const ask = (token: string, path = "/logs") =>
      host.fetch(path, { headers: { authorization: `Bearer ${token}` } });
    return { ...test, ask };
  };

  it("lets in by its scopes, and nobody without one, though there is no key", async () => {
    await using test = await use();
    expect((await test.ask(await first.sign(test.claims))).status).toBe(200);
    const writer = await first.sign({ ...test.claims, scope: "logs:write" });
    expect(await json<ProblemAnswer>(test.ask(writer))).toMatchObject({ code: "SCOPE_REQUIRED" });
    const missing = await json<ProblemAnswer>(host.fetch("/logs"));
    expect(missing).toMatchObject({ status: 401, code: "KEY_REQUIRED" });
  });

  it("that is forged gets 401, and says nothing of itself", async () => {
    await using test = await use();
    const token = await stranger.sign({ ...test.claims, sub: "somebody" });
    const response = await test.ask(token);
    expect(response.headers.get("www-authenticate")).toContain("Bearer");
    const problem = await json<ProblemAnswer>(response);
    expect(problem).toMatchObject({ status: 401, code: "TOKEN_INVALID" });
    expect(JSON.stringify(problem)).not.toMatch(/somebody|eyJ/);
  });

  it("gets 503 and when to come again while the issuer is down", async () => {
    await using test = await use();
    test.issuer.answer = (_, response) => response.destroy();
    const response = await test.ask(await first.sign(test.claims));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("10");
    expect(await json<ProblemAnswer>(response)).toMatchObject({ code: "ISSUER_UNAVAILABLE" });
  });
});
