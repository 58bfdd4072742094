import { routes } from "@log-service/contract";
import { expect, it } from "vitest";
import {
  accessRules,
  createMatrixKeys,
  credentialKinds,
  requestTo,
  routeCases,
  verdictIn,
  verdictOf,
} from "../test/access-cases.ts";
import { describeOnHosts, json } from "../test/hosts.ts";
import { testNow } from "../test/test-app.ts";

const secretEntry = {
  severity: "error",
  message: "only-game-1-says-this",
  service: "only-game-1-runs-this",
  attributes: { only_game_1_has_this: "only-game-1-knows-this" },
};

it("has a rule for each route, as its contract says", () => {
  const declared = routes.map((route) => [route.operationId, route.scope]);
  const ruled = routes.map(({ operationId }) => [operationId, accessRules[operationId]]);
  expect(declared).toEqual(ruled);
});

const keys = createMatrixKeys(testNow);
const [all] = keys.sets.filter(({ grant }) => grant.length === 3);
const bearer = (text = "") => ({ authorization: `Bearer ${text}` });

describeOnHosts("access", (host) => {
  const store = async () => {
    await host.use({ keys: keys.source });
    const headers = { "content-type": "application/json", ...bearer(all?.texts.right) };
    const init = { method: "POST", headers };
    const body = JSON.stringify(secretEntry);
    const { logId } = await json<{ logId: string }>(host.fetch("/logs", { ...init, body }));
    const begun = host.fetch("/erasures?q=only-game-1-erases-this", init);
    return { logId, erasureId: (await json<{ id: string }>(begun)).id };
  };

  it.each(routeCases)("to %s is for whom its rule says, and for nobody else", async (_, route) => {
    const ids = await store();
    const cells = keys.sets.flatMap(({ grant, texts }) =>
      credentialKinds.map((kind) => ({ grant, kind, text: texts[kind] })),
    );
    const found: string[] = [];
    const wanted: string[] = [];
    for (const { grant, kind, text } of cells) {
      const { path, init } = requestTo(route, ids, text);
      const verdict = await verdictIn(await host.fetch(path, init));
      found.push(`${grant} ${kind}: ${verdict}`);
      wanted.push(`${grant} ${kind}: ${verdictOf(accessRules[route.operationId], grant, kind)}`);
    }
    expect(found).toEqual(wanted);
  });

  it.each(routeCases)("to %s shows another tenant nothing", async (_, route) => {
    const ids = await store();
    const { path, init } = requestTo(route, ids, all?.texts["other tenant"]);
    const answer = await (await host.fetch(path, init)).text();
    // The id was in the request itself: that it comes back says nothing.
    expect(answer).not.toMatch(/only.game.1/);
  });

  it.each(routeCases)("to %s works with every way to send a key", async (_, route) => {
    const ids = await store();
    const text = all?.texts.right ?? "";
    const basic = Buffer.from(`agent:${text}`).toString("base64");
    for (const own of [bearer(text), { "x-api-key": text }, { authorization: `Basic ${basic}` }]) {
      const { path, init } = requestTo(route, ids);
      const response = await host.fetch(path, { ...init, headers: { ...init.headers, ...own } });
      expect(response.status).toBeLessThan(300);
      await response.body?.cancel();
    }
  });
});
