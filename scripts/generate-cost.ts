import { readFileSync } from "node:fs";
import { madeBy, page, table } from "./markdown.ts";

interface Price {
  readonly usd: number;
  readonly per: string;
  readonly source: string;
}

interface Prices {
  readonly region: string;
  readonly asOf: string;
  readonly prices: Readonly<Record<string, Price>>;
}

const readPrices = (): Prices =>
  JSON.parse(readFileSync(new URL("../docs/prices.json", import.meta.url), "utf8"));

/** Write units of 1,000 game entries at 116 entries/s from 20 producers, as `npm run e2e:aws` prints them. */
const writeUnits: Readonly<Record<number, number>> = { 1: 1001, 25: 87.2, 100: 49, 500: 33.3 };

/** Read units of a page of 100 after batches of 500, at 116 and 1,500 entries/s, as `npm run e2e:aws` prints them. */
const pages: readonly (readonly [name: string, at116: number, at1500: number])[] = [
  ["the newest", 14, 18],
  ["the next one", 20, 28],
  ["before a time in the middle of an hour (`to=`)", 59, 263],
];

/** Of the newest page: the larger of both. */
const pageUnits = 18;

/** Assumed, not measured: an invocation's time on Lambda, in milliseconds, by the size of the batch. */
const invocationMs: Readonly<Record<number, number>> = { 1: 12, 25: 14, 100: 18, 500: 35 };

const memoryGb = { ingest: 0.5, read: 1 };
const readMs = 40;
const entryBytes = 300;
const daysKept = 30;
const pagesPerDay = 10_000;
const days = 30;

const dollars = (value: number): string =>
  value < 0.005 ? "0.00" : value.toFixed(value < 100 ? 2 : 0);

const monthOf = (prices: Prices["prices"], entriesPerDay: number, batch: number) => {
  const usd = (name: string) => prices[name]?.usd ?? Number.NaN;
  const entries = entriesPerDay * days;
  const invocations = entries / batch;
  const pages = pagesPerDay * days;
  const units = (entries / 1000) * (writeUnits[batch] ?? 0);
  // A write unit is a kilobyte that was begun: an upper bound of what is stored.
  const storedGb = ((entriesPerDay * daysKept) / 1000) * (writeUnits[batch] ?? 0) * 1024e-9;
  const seconds = (invocations * (invocationMs[batch] ?? 0)) / 1000;
  const parts = {
    lambda:
      (invocations / 1e6) * usd("lambdaRequest") +
      seconds * memoryGb.ingest * usd("lambdaGbSecond"),
    writes: (units / 1e6) * usd("writeUnit"),
    storage: storedGb * (usd("storageGb") + usd("pointInTimeRecoveryGb")),
    reads:
      (pages / 1e6) * (usd("lambdaRequest") + pageUnits * usd("readUnit")) +
      pages * (readMs / 1000) * memoryGb.read * usd("lambdaGbSecond"),
  };
  const total = Object.values(parts).reduce((sum, one) => sum + one, 0);
  return { ...parts, total };
};

/** CloudWatch Logs adds 26 bytes to each event and stores it compressed, to about a sixth. */
const cloudWatchMonth = (prices: Prices["prices"], entriesPerDay: number): number => {
  const gb = (entriesPerDay * days * (entryBytes + 26)) / 1e9;
  const price = (prices.cloudWatchLogsGb?.usd ?? 0) + (prices.cloudWatchStorageGb?.usd ?? 0) / 6;
  return gb * price;
};

const rowsOf = ({ prices }: Prices, entriesPerDay: number): string[][] =>
  [1, 25, 100, 500].map((batch) => {
    const month = monthOf(prices, entriesPerDay, batch);
    const cells = [month.lambda, month.writes, month.storage, month.reads, month.total];
    return [`${entriesPerDay / 1e6} M`, String(batch), ...cells.map(dollars)];
  });

export const costPage = (): string => {
  const all = readPrices();
  const sizes = [1e6, 1e7, 1e8];
  const priceRows = Object.values(all.prices).map(({ usd, per, source }) => [
    `$${usd}`,
    per,
    source,
  ]);
  const compared = sizes.map((entries) => [
    `${entries / 1e6} M`,
    dollars(monthOf(all.prices, entries, 500).total),
    dollars(cloudWatchMonth(all.prices, entries)),
  ]);
  return page([
    madeBy("`docs/prices.json`"),
    "# What it costs on AWS",
    `Dollars a month, list prices of ${all.asOf} in ${all.region}, without the free tier. The units are measured (\`npm run e2e:aws\` prints\nthem, and holds them to their budgets); the prices are in \`docs/prices.json\`; the milliseconds of an invocation are assumed.`,
    table(
      ["entries a day", "batch", "Lambda", "writes", "storage", "reads", "total"],
      sizes.flatMap((entries) => rowsOf(all, entries)),
    ),
    "Who sends each entry alone pays thirty times as much as who sends 500 at once: batches are the one thing that matters.",
    "## Against CloudWatch Logs",
    table(["entries a day", "this, batches of 500", "CloudWatch Logs"], compared),
    "## What a page costs",
    table(
      [
        "page of 100",
        "read units at 116 entries/s",
        "at 1,500 entries/s",
        "dollars for 1,000 of these",
      ],
      pages.map(([name, at116, at1500]) => {
        const usd = (at1500 / 1000) * (all.prices.readUnit?.usd ?? Number.NaN);
        return [name, String(at116), String(at1500), usd.toFixed(4)];
      }),
    ),
    "After single posts each of them takes 8 units. Why the last one takes what it takes: [decision 12](decisions/0012-ranges-in-the-past.md). What a table takes\nat which rate: [growth](growth.md).",
    "## How it is counted",
    `- Lambda = requests + milliseconds x ${memoryGb.ingest} GB; assumed ${Object.entries(
      invocationMs,
    )
      .map(([batch, ms]) => `${ms} ms for ${batch}`)
      .join(", ")}.
- Writes = write units of 1,000 entries: ${Object.entries(writeUnits)
      .map(([batch, units]) => `${units} in batches of ${batch}`)
      .join(", ")}.
- Storage = what those units hold, kept ${daysKept} days, with point-in-time recovery.
- Reads = ${pagesPerDay.toLocaleString("en")} pages of 100 a day at ${pageUnits} read units, and their Lambda time.
- CloudWatch Logs = entries of ${entryBytes} bytes and 26 more each, taken in once and kept a month.
- Not in it: alarms and the dashboard (\`terraform/modules/log-service/README.md\`), traffic to the internet, a customer key.`,
    "## Prices",
    table(["USD", "per", "source"], priceRows),
  ]);
};
