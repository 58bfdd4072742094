import { readFileSync } from "node:fs";

/** The cores' busy and whole time since the machine started, in ticks of 10 ms. */
export interface CoreTime {
  readonly busy: number;
  readonly whole: number;
}

/** Parses the first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal. */
export const parseCoreTime = (stat: string): CoreTime => {
  const [first = ""] = stat.split("\n");
  const times = first.split(/\s+/).slice(1, 9).map(Number);
  const whole = times.reduce((sum, ticks) => sum + ticks, 0);
  const [, , , idle = 0, ioWait = 0] = times;
  return { busy: whole - idle - ioWait, whole };
};

const readCoreTime = (): CoreTime => parseCoreTime(readFileSync("/proc/stat", "utf8"));

/** The share of the cores that others took, of what was there between two moments. */
export const othersShare = (before: CoreTime, after: CoreTime, ownSeconds: number): number => {
  const others = after.busy - before.busy - ownSeconds * 100;
  return Math.max(0, others / Math.max(after.whole - before.whole, 1));
};

/** Watches how much of the cores others take, since that falsifies every figure. */
export const watchOthers = () => {
  const start = readCoreTime();
  const cpuStart = process.cpuUsage();
  let childrenSeconds = 0;
  return {
    /** Counts a child that is about to end as ours. */
    addChild: (cpuSeconds: number) => {
      childrenSeconds += cpuSeconds;
    },
    share: (): number => {
      const { user, system } = process.cpuUsage(cpuStart);
      return othersShare(start, readCoreTime(), (user + system) / 1e6 + childrenSeconds);
    },
  };
};
