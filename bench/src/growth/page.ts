import type { Outcome } from "./usual-design.ts";

export interface GrowthRow extends Outcome {
  readonly entriesPerSecond: number;
  readonly design: string;
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

const rowOf = (row: GrowthRow): string =>
  [
    "",
    row.entriesPerSecond.toLocaleString("en"),
    row.design,
    row.where || "nowhere",
    percent(row.throttledShare),
    percent(row.refusedShare),
    row.shardCount,
    "",
  ]
    .join(" | ")
    .trim();

/** The document that the table stands in. */
export const growthPage = (rows: readonly GrowthRow[], seconds: number): string =>
  `<!-- Made by \`node bench/src/growth.ts\`; changes here are lost. -->

# How far one table goes

A model of DynamoDB's partition limits, not DynamoDB. It drives this project's own store, with its shards, retries and
deadlines, and the usual design of a log table (an item an entry, found by an index on a constant key), each for ${seconds} s at a
constant rate on a table that is new.

| entries/s | design | throttles at | attempts throttled | refused | shards |
|---|---|---|---|---|---|
${rows.map(rowOf).join("\n")}

*Refused* means for good: the sender gets a 503 with \`Retry-After\` and sends again. What was acknowledged is stored.

Published by AWS, and held by \`bench/src/growth/dynamodb-limits.test.ts\`:

- a partition takes 1,000 write units and 3,000 read units a second
  ([partition keys](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html));
- unused throughput of up to 300 s may be used later, which is not guaranteed (the same page);
- a new on-demand table takes 4,000 write units/s at once and twice its former peak later
  ([on demand](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html));
- a partition that stays hot is split, after minutes, but not where the sort key only grows
  ([split for heat](https://aws.amazon.com/blogs/database/part-3-scaling-dynamodb-how-partitions-hot-keys-and-split-for-heat-impact-performance/));
- an index that takes no more makes the table refuse
  ([back-pressure](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/gsi-throttling.html)).

Assumed: a split takes five minutes of heat; a function is busy for 50 ms with a request, so that the rate says how many functions
there are; one tenant. Write units of a batch are those that \`npm run e2e:aws\` measures. The usual design does not send again
here: that would add load, and its index would take no more.
`;
