import type { Route } from "playwright-core";

interface Broken {
  /** Where what is asked for ends, in milliseconds since 1970. */
  readonly end: number;
  readonly budgetMs: number;
}

/** Answers statistics as a service does whose budget is spent some time after `from`. */
export const breakOff = async (route: Route, { end, budgetMs }: Broken): Promise<void> => {
  const url = new URL(route.request().url());
  const from = Number(url.searchParams.get("from"));
  const scannedTo = Math.min(from + budgetMs, end);
  url.searchParams.set("to", `${scannedTo}`);
  const answer = await (await route.fetch({ url: url.href })).json();
  const complete = scannedTo === end;
  await route.fulfill({ json: { ...answer, to: end, complete, ...(!complete && { scannedTo }) } });
};
