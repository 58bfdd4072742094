import type { TestHost } from "./hosts.ts";

/** Stores entries 250 ms apart from 08:00 on, of each severity and of two services in turn; with more in them where it is given. */
export const fill = (host: TestHost, count: number, more = (_index: number): object => ({})) =>
  host.post(
    Array.from({ length: count }, (_, index) => ({
      severity: ["info", "warning", "error"][index % 3],
      service: index % 2 === 0 ? "gateway" : "matchmaker",
      message: `entry ${index}`,
      timestamp: Date.UTC(2026, 10, 22, 8, 0, 0, index * 250),
      ...more(index),
    })),
  );
