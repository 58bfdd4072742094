import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { RedactionRules } from "@log-service/core/redact";
import type { Retention } from "@log-service/core/service";
import { type OidcConfig, oidcSettings, parseOidcConfig } from "../access/oidc/config.ts";
import type { Limits } from "../access/quotas.ts";
import { type LogLevel, logLevels } from "../log.ts";
import { flagProblem } from "./flag-problem.ts";
import { limitSettings, parseLimits } from "./limit-config.ts";
import { parseRedactionConfig, redactionSettings } from "./redaction-config.ts";
import { parseRetention, retentionSettings } from "./retention-config.ts";

/** A setting: an environment variable, and for the most used ones a flag, which wins. */
export interface Setting {
  readonly name: string;
  readonly flag?: `--${string}`;
  /** As it would be written; for documents and for when it is not set. */
  readonly default: string;
  readonly description: string;
}

const mib = 1024 * 1024;

/** Every setting of the Node host. `docs/reference/configuration.md` is generated from it. */
export const settings = [
  {
    name: "LOG_SERVICE_PORT",
    flag: "--port",
    default: "3000",
    description: "The TCP port; 0 takes a free one.",
  },
  {
    name: "LOG_SERVICE_HOST",
    flag: "--host",
    default: "127.0.0.1",
    description:
      "The address to listen on. On any other than loopback the server starts only when there is an API key.",
  },
  {
    name: "LOG_SERVICE_DATA",
    flag: "--data",
    default: "data",
    description: "The folder of the logs and the API keys. One process owns it at a time.",
  },
  {
    name: "LOG_SERVICE_LOG_LEVEL",
    flag: "--log-level",
    default: "info",
    description: "The least level of the server's own log on stderr: debug, info, warn or error.",
  },
  {
    name: "LOG_SERVICE_ENCODE_WORKERS",
    default: "auto",
    description:
      "Threads that parse and encode large batches, 0 to 64; auto takes one for each processor, at most 8.",
  },
  {
    name: "LOG_SERVICE_SCAN_WORKERS",
    default: "auto",
    description:
      "Threads that search and count, 0 to 64; auto takes one for each processor, at most 8. With 0 the main thread does it.",
  },
  {
    name: "LOG_SERVICE_BODY_BYTES_IN_FLIGHT",
    default: String(64 * mib),
    description: "Room for all bodies in flight, in bytes; beyond it requests get 503 BUSY.",
  },
  {
    name: "LOG_SERVICE_SEARCH_TIME_MS",
    default: "5000",
    description: "How long one page of a search may read before it answers with what it has.",
  },
  {
    name: "LOG_SERVICE_SEARCH_BYTES",
    default: String(1024 * mib),
    description: "How many bytes of chunks one page of a search may read.",
  },
  {
    name: "LOG_SERVICE_CONNECTIONS_MAX",
    default: "4096",
    description: "Connections at once; who comes beyond them is closed without an answer.",
  },
  {
    name: "LOG_SERVICE_CONNECTIONS_PER_ADDRESS",
    default: "1024",
    description:
      "How many of them one other machine may have, an IPv4 address or the /64 of an IPv6 one; 0 sets no limit, for a proxy in front that opens more.",
  },
  {
    name: "LOG_SERVICE_REQUEST_TIMEOUT_MS",
    default: "60000",
    description:
      "How long a whole request, its body included, may take to arrive; a slower sender gets 408.",
  },
  {
    name: "LOG_SERVICE_SHUTDOWN_MS",
    default: "10000",
    description: "How long requests in flight may take to finish after SIGTERM.",
  },
  ...retentionSettings,
  ...redactionSettings,
  ...limitSettings,
  {
    name: "LOG_SERVICE_KEY_STREAMS",
    default: "256",
    description:
      "The streams of `GET /logs/tail` that each key may hold open at once; beyond them it gets 429 RATE_EXCEEDED.",
  },
  ...oidcSettings,
] as const satisfies readonly Setting[];

type SettingName = (typeof settings)[number]["name"];

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly logLevel: LogLevel;
  readonly encodeWorkers: number;
  readonly scanWorkers: number;
  readonly bodyBytesInFlight: number;
  readonly searchTimeMs: number;
  readonly searchBytes: number;
  readonly connectionsMax: number;
  readonly connectionsPerAddress: number;
  readonly requestTimeoutMs: number;
  readonly shutdownMs: number;
  /** Undefined where entries are kept for ever. */
  readonly retention: Retention | undefined;
  /** Undefined where nothing is taken out. */
  readonly redaction: RedactionRules | undefined;
  readonly limits: Limits;
  readonly keyStreams: number;
  /** Undefined where no tokens are taken. */
  readonly oidc: OidcConfig | undefined;
}

export type ParsedConfig =
  | { readonly config: Config; readonly problems?: undefined }
  | { readonly config?: undefined; readonly problems: readonly string[] };

/** Finds the flags; an unknown one is a problem. */
const parseFlags = (args: readonly string[], problems: string[]) => {
  const options: Record<string, { type: "string" }> = {};
  for (const setting of settings)
    if ("flag" in setting) options[setting.flag.slice(2)] = { type: "string" };
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    const flags = settings.flatMap((setting) => ("flag" in setting ? [setting.flag] : []));
    problems.push(
      `${flagProblem(error)}; the flags are ${flags.join(", ")}, as in: npm start -- --port 3100`,
    );
    return {};
  }
};

/** Parses the configuration; total, and reports every problem at once. */
export const parseConfig = (
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
): ParsedConfig => {
  const problems: string[] = [];
  const flags = parseFlags(args, problems);
  const text = (name: SettingName): string => {
    const setting: Setting | undefined = settings.find((one) => one.name === name);
    const flag = setting?.flag && flags[setting.flag.slice(2)];
    return flag ?? (env[name] || undefined) ?? setting?.default ?? "";
  };
  const integer = (name: SettingName, min: number, max: number): number => {
    const value = text(name);
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    problems.push(
      `${name} is ${JSON.stringify(value)}; it must be an integer from ${min} to ${max}`,
    );
    return min;
  };
  const level = logLevels.find((one) => one === text("LOG_SERVICE_LOG_LEVEL"));
  if (level === undefined)
    problems.push(
      `LOG_SERVICE_LOG_LEVEL is ${JSON.stringify(text("LOG_SERVICE_LOG_LEVEL"))}; it must be ${logLevels.join(", ")}`,
    );
  const threads = (name: SettingName): number =>
    text(name) === "auto" ? Math.min(availableParallelism(), 8) : integer(name, 0, 64);
  const config: Config = {
    port: integer("LOG_SERVICE_PORT", 0, 65_535),
    host: text("LOG_SERVICE_HOST"),
    dataFolder: text("LOG_SERVICE_DATA"),
    logLevel: level ?? "info",
    encodeWorkers: threads("LOG_SERVICE_ENCODE_WORKERS"),
    scanWorkers: threads("LOG_SERVICE_SCAN_WORKERS"),
    bodyBytesInFlight: integer("LOG_SERVICE_BODY_BYTES_IN_FLIGHT", mib, 2 ** 40),
    searchTimeMs: integer("LOG_SERVICE_SEARCH_TIME_MS", 1, 600_000),
    searchBytes: integer("LOG_SERVICE_SEARCH_BYTES", mib, 2 ** 40),
    connectionsMax: integer("LOG_SERVICE_CONNECTIONS_MAX", 1, 1_000_000),
    connectionsPerAddress: integer("LOG_SERVICE_CONNECTIONS_PER_ADDRESS", 0, 1_000_000),
    requestTimeoutMs: integer("LOG_SERVICE_REQUEST_TIMEOUT_MS", 100, 3_600_000),
    shutdownMs: integer("LOG_SERVICE_SHUTDOWN_MS", 0, 3_600_000),
    retention: parseRetention(text, problems),
    redaction: parseRedactionConfig(text, problems),
    limits: parseLimits(integer),
    keyStreams: integer("LOG_SERVICE_KEY_STREAMS", 1, 1_000_000),
    oidc: parseOidcConfig(text, problems),
  };
  return problems.length > 0 ? { problems } : { config };
};
