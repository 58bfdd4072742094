import { parseArgs } from "node:util";

export interface DemoOptions {
  readonly url: string;
  readonly apiKey: string | undefined;
  readonly entriesPerSecond: number;
  /** Infinite unless asked otherwise: until Ctrl-C. */
  readonly seconds: number;
}

export const demoUsage = `npm run demo -- [--url <address>] [--rate <entries/s>] [--seconds <n>]

Fills a running server with live-looking game logs until Ctrl-C. LOG_API_KEY is sent when it is set.

  --url      default http://127.0.0.1:3000, or LOG_SERVICE_PORT of this machine
  --rate     default 200
`;

const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0))
    throw new TypeError(`--${name} is ${JSON.stringify(text)}, not a number above 0`);
  return value;
};

/** Parses the command line. Throws a TypeError whose message says what is wrong. */
export const parseDemoOptions = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): DemoOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: "string", default: `http://127.0.0.1:${env.LOG_SERVICE_PORT ?? 3000}` },
      rate: { type: "string", default: "200" },
      seconds: { type: "string", default: "Infinity" },
    },
  });
  if (!URL.canParse(values.url))
    throw new TypeError(`--url is ${JSON.stringify(values.url)}, not an address`);
  return {
    url: values.url.replace(/\/+$/, ""),
    apiKey: env.LOG_API_KEY || undefined,
    entriesPerSecond: positive("rate", values.rate),
    seconds: positive("seconds", values.seconds),
  };
};
