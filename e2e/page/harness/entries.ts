import type { Locator, Page } from "playwright-core";

/** The entries that are shown, without the head of their table. */
export const entryRows = (page: Page): Locator => page.locator("main tr[data-severity]");

/** Waits until entries are shown. */
export const waitForEntries = (page: Page): Promise<void> => entryRows(page).first().waitFor();
