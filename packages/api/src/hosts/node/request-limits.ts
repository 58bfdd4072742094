interface RequestLimit {
  readonly value: number;
  readonly unit: "bytes" | "headers" | "seconds";
  readonly reason: string;
  /** What becomes of a request beyond it. */
  readonly outcome: string;
}

/** What the Node host takes of a connection before the app sees anything of it. */
export const requestLimits = {
  headBytes: {
    value: 48 * 1024,
    unit: "bytes",
    reason:
      "the request line and all headers: a query of 4,096 characters is 36 kB as a URL in some scripts, and a cursor comes with it",
    outcome: "431",
  },
  headers: {
    value: 200,
    unit: "headers",
    reason: "proxies add some; nobody needs more",
    outcome: "431",
  },
  headSeconds: {
    value: 20,
    unit: "seconds",
    reason: "until the last header; also for a new connection on which nothing comes",
    outcome: "408, and closed",
  },
  keepAliveSeconds: {
    value: 65,
    unit: "seconds",
    reason: "between two requests: a little longer than load balancers keep theirs",
    outcome: "closed",
  },
  idleSeconds: {
    value: 15 * 60,
    unit: "seconds",
    reason: "without a byte in either direction: a reader that does not take its answer",
    outcome: "closed",
  },
} as const satisfies Record<string, RequestLimit>;
