import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const source = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

// Nothing is fetched for it: the page's security policy stays as it is.
const options: RunOptions = { preload: false, resultTypes: ["violations"] };

interface AxeWindow {
  readonly axe: { run(options: RunOptions): Promise<AxeResults> };
}

const violationsOf = async (page: Page): Promise<readonly string[]> => {
  // `expectNoAxeViolations` has put it there.
  const { violations } = await page.evaluate(
    (given) => (globalThis as unknown as AxeWindow).axe.run(given),
    options,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
};

/**
 * Expects that axe finds nothing wrong for people who do not see, or do not see well, in what the page shows now, or as
 * soon as it has loaded: what is about to be replaced is pale for a moment.
 */
export const expectNoAxeViolations = async (page: Page): Promise<void> => {
  // Evaluated by the driver, which the security policy does not concern.
  await page.evaluate(source);
  await expect.poll(() => violationsOf(page), { interval: 200 }).toEqual([]);
};
