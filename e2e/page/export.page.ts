import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { expectNoAxeViolations } from "./harness/axe.ts";
import { waitForEntries } from "./harness/entries.ts";
import { createStage } from "./harness/stage.ts";

/** Headless browsers have no window that asks for a file. */
const withoutPicker = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(globalThis, "showSaveFilePicker", { value: undefined });
  });

const openExport = (page: Page) =>
  page.getByRole("button", { name: "Export", exact: true }).first().click();

const startExport = (page: Page) =>
  page.getByRole("dialog", { name: "Export" }).getByRole("button", { name: "Export" }).click();

it.each([
  ["NDJSON", /\.ndjson$/, "\n", 300],
  ["CSV", /\.csv$/, "\r\n", 301],
])("exports what is found as %s", async (format, name, lineEnd, lineCount) => {
  await using stage = await createStage({ entries: 300 });
  const { page } = await stage.open("/?last=3h", { before: withoutPicker, acceptDownloads: true });
  await waitForEntries(page);
  await openExport(page);
  await page.getByRole("radio", { name: format }).check();
  await expectNoAxeViolations(page);
  const arriving = page.waitForEvent("download");
  await startExport(page);
  const download = await arriving;
  expect(download.suggestedFilename()).toMatch(name);
  const file = await text(await download.createReadStream());
  expect(file.trimEnd().split(lineEnd)).toHaveLength(lineCount);
  await page.getByText(/Saved, .* kB/).waitFor();
});

it("says what is missing in a file, and that one is too large", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page, allow } = await stage.open("/", { before: withoutPicker, acceptDownloads: true });
  await waitForEntries(page);
  const warnings = [{ code: "CHUNK_CORRUPT", message: "the day 2026-11-21 is damaged" }];
  await page.route("**/logs/export?*", (route) =>
    route.fulfill({ contentType: "application/x-ndjson", body: JSON.stringify({ warnings }) }),
  );
  await openExport(page);
  await startExport(page);
  await page.getByText("something is missing in it").waitFor();
  await page.getByText("the day 2026-11-21 is damaged").waitFor();
  await page.unroute("**/logs/export?*");
  allow(/413/);
  const problem = {
    type: "about:blank",
    title: "The export is larger than this host can answer",
    status: 413,
    detail: "the export is larger than 4 MiB",
    code: "EXPORT_TOO_LARGE",
    requestId: "req-8",
  };
  await page.route("**/logs/export?*", (route) => route.fulfill({ status: 413, json: problem }));
  await startExport(page);
  await page.getByText("Take a shorter range").waitFor();
});

it("is cancelled, and leaves no file", async () => {
  await using stage = await createStage({ entries: 50 });
  const { page } = await stage.open("/", { before: withoutPicker });
  await waitForEntries(page);
  await page.route("**/logs/export?*", () => undefined);
  await openExport(page);
  await startExport(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Cancelled: no file was saved.").waitFor();
});
