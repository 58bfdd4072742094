import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

it("the page shows the newest entries when its address is opened", async () => {
  await using stage = await createStage({ entries: 300 });
  const { page } = await stage.open("/");
  await page.getByRole("main").waitFor();
  await expect.poll(() => page.title()).toContain("Logs");
  await expectNoAxeViolations(page);
});

it("the first view fetches no script beyond those that the page names, which the build's test weighs", async () => {
  await using stage = await createStage({ entries: 300 });
  const fetched: string[] = [];
  const { page } = await stage.open("/", {
    before: async (opened) => {
      opened.on("request", (request) => {
        if (request.resourceType() === "script") fetched.push(new URL(request.url()).pathname);
      });
    },
  });
  await waitForEntries(page);
  await page.getByRole("complementary", { name: "Fields" }).getByText("gateway").waitFor();
  await page.waitForLoadState("networkidle");
  const html = await (await page.request.get(page.url())).text();
  const named = [...html.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path);
  expect(fetched.toSorted()).toEqual(named.toSorted());
});
