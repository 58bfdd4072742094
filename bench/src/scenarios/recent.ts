import { fill } from "../client/load.ts";
import { batchesOf25, batchesOf1000, type Shape, singlePosts } from "../client/shape.ts";
import type { Figure } from "../harness/figure.ts";
import { fillStore } from "../harness/fill-store.ts";
import type { Context, Scenario } from "../harness/scenario.ts";
import type { Server } from "../harness/server.ts";
import { entriesPerSecond, gameLogsUntilNow } from "./game-logs.ts";
import { pathOfPage, timeReads, timeReadsAfterWrites } from "./read.ts";

const samples = 300;
const freshSamples = 100;
const deepPage = 50;

const levelsOf = ({ isQuick }: Context["scale"], shape: Shape): number[] => {
  const all = [1e4, 1e5, 1e6, 1e7];
  if (isQuick) return all.slice(0, 2);
  return shape === batchesOf1000 ? all : all.slice(0, 3);
};

/**
 * Batches of 1,000 come from 10 producers, so that each has sent one at 10^4 entries: with more, the levels would
 * differ in how many batches overlap, which is not what they compare.
 */
const producersOf = (shape: Shape): number => (shape === batchesOf1000 ? 10 : 20);

const exponentOf = (count: number): string => `10^${Math.round(Math.log10(count))}`;

const recentFigures = (shape: Shape, count: number, medianMs: number, p95Ms: number): Figure[] => {
  const name = `recent-100 at ${exponentOf(count)} entries, ${shape.name}`;
  return [
    {
      name: `${name}, median`,
      value: medianMs,
      unit: "ms",
      digits: 2,
      must: { atMost: 5 },
      aim: { atMost: 2 },
    },
    { name: `${name}, p95`, value: p95Ms, unit: "ms", digits: 2 },
  ];
};

/** A page deep in the result, and one that ends amid everything, against the newest. */
const relativeFigures = async (server: Server, shape: Shape, end: number, count: number) => {
  const { target } = server;
  const middle = end - ((count / entriesPerSecond) * 1000) / 2;
  const paths = [
    "/logs?limit=100",
    await pathOfPage(target, deepPage),
    `/logs?limit=100&to=${new Date(middle).toISOString()}`,
  ];
  const reads = paths.map((path) => ({ target, path }));
  const [plain, deep, until] = (await timeReads(reads, samples)).map((one) => one.medianMs);
  const ratio = (what: string, ms = 0): Figure => ({
    name: `${what} / page 1, at ${exponentOf(count)}, ${shape.name}`,
    value: ms / (plain ?? 1),
    unit: "",
    digits: 2,
    must: { atMost: 2 },
  });
  return [ratio(`page ${deepPage} of 100`, deep), ratio("`to=` in the middle", until)];
};

const diskFigures = async (server: Server, shape: Shape, count: number, rawBytes: number) => {
  const [must, aim] = shape === singlePosts ? [0.4, 0.3] : [0.14, 0.1];
  const figure: Figure = {
    name: `bytes on disk / raw JSON after ${exponentOf(count)} entries, ${shape.name}`,
    value: (await server.diskBytes()) / rawBytes,
    unit: "",
    digits: 3,
  };
  return shape === batchesOf25
    ? figure
    : { ...figure, must: { atMost: must }, aim: { atMost: aim } };
};

const newestPage = "/logs?limit=100";

/** The newest page of a server against that of a small one, read in turn. */
const growthFigure = async (large: Server, small: Server, shape: Shape, count: number) => {
  const reads = [large, small].map(({ target }) => ({ target, path: newestPage }));
  const [there, here] = (await timeReads(reads, samples)).map((one) => one.medianMs);
  return {
    name: `recent-100 at ${exponentOf(count)} / at 10^4, ${shape.name}`,
    value: (there ?? 0) / (here ?? 1),
    unit: "",
    digits: 2,
    must: { atMost: 1.5 },
  };
};

/** Fills a server with the entries of a shape up to now. */
const startSmall = async (context: Context, shape: Shape, count: number): Promise<Server> => {
  const server = await context.startServer();
  await fill(
    server.target,
    shape,
    gameLogsUntilNow(count, { producers: producersOf(shape) }),
    count,
  );
  return server;
};

const timeRecent = async ({ target }: Server, shape: Shape, count: number): Promise<Figure[]> => {
  const [times] = await timeReads([{ target, path: newestPage }], samples);
  return recentFigures(shape, count, times?.medianMs ?? 0, times?.p95Ms ?? 0);
};

interface Filled {
  readonly server: Server;
  readonly shape: Shape;
  readonly count: number;
  /** When the last entry was made, in milliseconds since 1970. */
  readonly end: number;
}

/** What is compared: a page with another, a large server with a small one. */
const comparisons = async (context: Context, filled: Filled): Promise<Figure[]> => {
  const { server, shape, count, end } = filled;
  await using small = await startSmall(context, shape, 1e4);
  return [
    ...(await relativeFigures(server, shape, end, count)),
    await growthFigure(server, small, shape, count),
  ];
};

/** 10^7 entries, stored without HTTP where that would take hours. */
const runLarge = async (context: Context, shape: Shape): Promise<Figure[]> => {
  const count = 1e7;
  const data = await context.makeFolder();
  const end = Date.now();
  const start = performance.now();
  const generator = gameLogsUntilNow(count, { producers: producersOf(shape) });
  const rawBytes = await fillStore(data, shape, generator, count);
  context.say(`${shape.name}: 10^7 after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  await using server = await context.startServer({ data });
  const disk = await diskFigures(server, shape, count, rawBytes);
  // The comparisons come first: the server has just started, and what it runs is not compiled yet.
  const compared = await comparisons(context, { server, shape, count, end });
  return [disk, ...(await timeRecent(server, shape, count)), ...compared];
};

const runShape = async (context: Context, shape: Shape): Promise<Figure[]> => {
  await using server = await context.startServer();
  const levels = levelsOf(context.scale, shape);
  const last = levels.at(-1) ?? 0;
  const generator = gameLogsUntilNow(last, { producers: producersOf(shape) });
  const end = Date.now();
  const figures: Figure[] = [];
  let stored = 0;
  let rawBytes = 0;
  for (const count of levels) {
    const start = performance.now();
    rawBytes += await fill(server.target, shape, generator, count - stored);
    stored = count;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    context.say(`${shape.name}: ${exponentOf(count)} entries after ${seconds} s more`);
    if (count >= 1e6 || count === last)
      figures.push(await diskFigures(server, shape, count, rawBytes));
    figures.push(...(await timeRecent(server, shape, count)));
  }
  figures.push(...(await comparisons(context, { server, shape, count: last, end })));
  const fresh = await timeReadsAfterWrites(server.target, shape, generator, freshSamples);
  figures.push({
    name: `recent-100 right after another request is stored, ${shape.name}, median`,
    value: fresh.medianMs,
    unit: "ms",
    digits: 2,
  });
  const isLargeLeft = context.scale.isFull && shape !== batchesOf1000;
  return isLargeLeft ? [...figures, ...(await runLarge(context, shape))] : figures;
};

/** How long the newest page takes whatever is stored, and what all of it weighs on disk. */
const recentScenario = (name: string, shape: Shape): Scenario => ({
  name,
  run: (context) => runShape(context, shape),
});

export const recentAfterBatches = recentScenario("recent-batches", batchesOf1000);
export const recentAfterAgents = recentScenario("recent-agents", batchesOf25);
export const recentAfterSingle = recentScenario("recent-single", singlePosts);
