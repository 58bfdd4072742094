import type { Page } from "playwright-core";

/** What a page did that it should not do. */
export interface Watch {
  readonly problems: readonly string[];
  /** Expects what a test brings about itself: a console error, a failed request, an answer of 400 or more. */
  allow(pattern: RegExp): void;
}

/** Runs in the page, before anything of it. */
const reportViolations = () =>
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`content security policy: ${violatedDirective} forbids ${blockedURI}`),
  );

/** Notes errors in the console and in scripts, violations of the security policy, and requests that fail. */
export const watchPage = async (page: Page): Promise<Watch> => {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      seen.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => seen.push(`script: ${error.stack ?? error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // The page gives up what nobody looks at any more.
    if (reason !== "net::ERR_ABORTED") seen.push(`request: ${request.url()} failed: ${reason}`);
  });
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400) seen.push(`answer: ${pathname} is ${response.status()}`);
  });
  await page.addInitScript(reportViolations);
  return {
    get problems() {
      return seen.filter((problem) => !allowed.some((pattern) => pattern.test(problem)));
    },
    allow: (pattern) => {
      allowed.push(pattern);
    },
  };
};
