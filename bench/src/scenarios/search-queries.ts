import type { Bound } from "../harness/figure.ts";

/** A word that no game log has; it is put into three of the messages. */
export const rareWord = "zyzzyva";
export const rareCount = 3;

/** What the queries are about, found in the data itself. */
export interface DataSet {
  /** Of the oldest and the newest entry, in milliseconds since 1970. */
  readonly oldest: number;
  readonly newest: number;
  readonly count: number;
  /** A player of whom there are a few entries. */
  readonly player: string;
}

export interface TimedQuery {
  readonly name: string;
  readonly path: string;
  readonly must: Bound;
  readonly aim: Bound;
  /** How many entries a page must have. */
  readonly found?: number;
  /** The same question asked of DuckDB. */
  readonly sql?: string;
  /** Whether its share of decompressed bytes has a limit: it asks for nothing that is text. */
  readonly isPlain?: boolean;
}

const range = ({ oldest, newest }: DataSet): string => `from=${oldest}&to=${newest + 1}`;

/** The start of the newest million entries, or of all when there are fewer. */
const lastMillion = ({ oldest, newest, count }: DataSet): number =>
  Math.round(newest - (newest - oldest) * Math.min(1, 1e6 / count));

const searches = (data: DataSet): TimedQuery[] => [
  {
    name: `a word that occurs ${rareCount} times, whole range`,
    path: `/logs?${range(data)}&q=${rareWord}`,
    must: { atMost: 1500 },
    aim: { atMost: 600 },
    found: rareCount,
  },
  {
    name: "newest 100 with a common phrase",
    path: `/logs?q=${encodeURIComponent('"logged in from"')}`,
    must: { atMost: 30 },
    aim: { atMost: 10 },
    found: 100,
  },
  {
    name: "newest 100 with `severity:error` (3 %)",
    path: "/logs?q=severity:error",
    must: { atMost: 15 },
    aim: { atMost: 5 },
    found: 100,
    isPlain: true,
  },
  {
    name: "`player_id:<one of 10^6>`, whole range",
    path: `/logs?${range(data)}&q=player_id:${data.player}&limit=1000`,
    must: { atMost: 1000 },
    aim: { atMost: 300 },
    sql: `SELECT count(*) FROM logs WHERE player_id = '${data.player}'`,
  },
  {
    name: "newest 100 with `latency_ms:>480 service:gateway`",
    path: "/logs?q=latency_ms:>480+service:gateway",
    must: { atMost: 40 },
    aim: { atMost: 10 },
    found: 100,
    isPlain: true,
  },
];

const aggregates = (data: DataSet): TimedQuery[] => [
  {
    name: "stats: count per minute by severity, whole range",
    path: `/logs/stats?${range(data)}&interval=1m&by=severity`,
    must: { atMost: 500 },
    aim: { atMost: 150 },
    sql: "SELECT time_bucket(INTERVAL 1 minute, time), severity, count(*) FROM logs GROUP BY ALL",
  },
  {
    name: "stats: p95 of latency_ms by service per hour",
    path: `/logs/stats?${range(data)}&interval=1h&by=service&measure=${encodeURIComponent("p95(latency_ms)")}`,
    must: { atMost: 1500 },
    aim: { atMost: 400 },
    sql: "SELECT time_bucket(INTERVAL 1 hour, time), service, approx_quantile(latency_ms, 0.95) FROM logs GROUP BY ALL",
    isPlain: true,
  },
  {
    name: "`/logs/fields` over the last million",
    path: `/logs/fields?from=${lastMillion(data)}&to=${data.newest + 1}`,
    must: { atMost: 1000 },
    aim: { atMost: 300 },
    sql: `SELECT count(COLUMNS(*)) FROM logs WHERE time >= make_timestamp_ms(${lastMillion(data)})`,
  },
];

/** The query that ripgrep answers too. */
export const isRareWord = ({ path }: TimedQuery): boolean => path.endsWith(`q=${rareWord}`);

export const queriesOf = (data: DataSet): TimedQuery[] => [...searches(data), ...aggregates(data)];
