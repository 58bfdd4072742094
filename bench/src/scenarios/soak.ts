import type { Figure } from "../harness/figure.ts";
import type { Context, Scenario } from "../harness/scenario.ts";
import type { Observation } from "../harness/soak/observe.ts";
import { type Soaked, soak, soakPreloads } from "../harness/soak/soak.ts";
import { startCommand } from "../harness/start-command.ts";

const mib = 2 ** 20;

/** Caches fill and code is compiled until then. */
const warmUpMinutes = 3;

/** The observations of each minute. */
const minutesOf = (observations: readonly Observation[], minuteSeconds: number): Observation[][] =>
  Object.values(
    Object.groupBy(observations, ({ second }) => Math.floor(second / minuteSeconds)),
  ).map((minute) => minute ?? []);

/** What is held between two requests: the heap also has what the requests under way need, which comes and goes. */
const lowest = (minute: readonly Observation[], what: "heap" | "external"): number =>
  Math.min(...minute.map((one) => one[what])) / mib;

const highest = (minute: readonly Observation[], what: "resident" | "files" | "logBytes"): number =>
  Math.max(...minute.map((one) => one[what]));

/** By how much values that follow one another rise each time: the slope of the line nearest to them. */
const slopeOf = (values: readonly number[]): number => {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [rise, run] = values.reduce(
    ([above, below], value, index) => [
      above + (index - middle) * (value - mean),
      below + (index - middle) ** 2,
    ],
    [0, 0],
  );
  return run === 0 ? 0 : rise / run;
};

const loadFigures = ({ counts }: Soaked, seconds: number): Figure[] => {
  const rate = (name: string, count: number): Figure => ({
    name,
    value: count / seconds,
    unit: "/s",
    digits: 0,
  });
  const sumOf = (isMeant: (what: string) => boolean) =>
    [...counts].reduce((sum, [what, count]) => sum + (isMeant(what) ? count : 0), 0);
  const isSent = (what: string) => /^(single|batch) /.test(what);
  const isTail = (what: string) => what.startsWith("tail ");
  const single = sumOf((what) => what === "single 201");
  const batches = sumOf((what) => what === "batch 201");
  return [
    rate("entries that are sent, by single posts and batches of 200", single + 200 * batches),
    rate("tails that are answered", sumOf(isTail)),
    rate(
      "pages, statistics, fields, patterns, exports and mistakes",
      sumOf((what) => !isSent(what) && !isTail(what)),
    ),
    {
      name: "answers of 500 and above",
      value: sumOf((what) => / 5\d\d$/.test(what)),
      unit: "",
      digits: 0,
      must: { atMost: 0 },
    },
  ];
};

const memoryFigures = (minutes: readonly Observation[][]): Figure[] => {
  const heaps = minutes.map((minute) => lowest(minute, "heap"));
  const shown = heaps.map((value, index): Figure => {
    const resident = Math.round(highest(minutes[index] ?? [], "resident") / mib);
    const name = `held on the heap in minute ${index + 1} (resident at most ${resident} MB)`;
    return { name, value, unit: "MB", digits: 1 };
  });
  const perMinute = (name: string, values: readonly number[], atMost: number): Figure => ({
    name: `${name} from minute ${warmUpMinutes + 1} on, a minute`,
    value: slopeOf(values.slice(warmUpMinutes)),
    unit: "MB",
    digits: 2,
    must: { atMost },
  });
  const external = minutes.map((minute) => lowest(minute, "external"));
  return [
    ...shown,
    perMinute("what the heap grows", heaps, 1),
    perMinute("what buffers outside of it grow", external, 1),
  ];
};

const run = async ({ scale, startServer, makeFolder, say }: Context): Promise<Figure[]> => {
  const minuteSeconds = scale.isQuick ? 3 : 60;
  const seconds = 10 * minuteSeconds;
  const data = await makeFolder();
  const command = await startCommand(soakPreloads);
  await using server = await startServer({ data, command, hasOwnMemoryLimit: true });
  const { host, port } = server.target;
  const observed = { pid: server.pid, url: `http://${host}:${port}`, headers: {}, folder: data };
  const soaked = await soak(observed, seconds, ({ second, heap, resident }) => {
    if (second % minuteSeconds === 0)
      say(
        `${second} s: heap ${Math.round(heap / mib)} MB, resident ${Math.round(resident / mib)} MB`,
      );
  });
  const minutes = minutesOf(soaked.observations, minuteSeconds);
  const [first = [], last = []] = [minutes[warmUpMinutes], minutes.at(-1)];
  return [
    ...loadFigures(soaked, seconds),
    ...memoryFigures(minutes),
    {
      name: `open files in the last minute, more than in minute ${warmUpMinutes + 1}`,
      value: highest(last, "files") - highest(first, "files"),
      unit: "",
      digits: 0,
      must: { atMost: 8 },
    },
    {
      name: "write-ahead logs, at most",
      value: Math.max(...minutes.map((minute) => highest(minute, "logBytes"))) / mib,
      unit: "MB",
      digits: 1,
      must: { atMost: 64 },
    },
  ];
};

/** Everything at once for ten minutes, by a clock that runs sixty times as fast: what a server holds must not grow with what it served. */
export const soakScenario: Scenario = { name: "soak", run };
