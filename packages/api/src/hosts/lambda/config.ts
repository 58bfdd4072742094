import type { RedactionRules } from "@log-service/core/redact";
import type { Credentials } from "@log-service/stores/dynamodb";
import { type OidcConfig, oidcSettings, parseOidcConfig } from "../../access/oidc/config.ts";
import type { Limits } from "../../access/quotas.ts";
import { type LogLevel, logLevels } from "../../log.ts";
import type { Setting } from "../config.ts";
import { dayLimitSettings, parseDayLimit } from "../limit-config.ts";
import { parseRedactionConfig, redactionSettings } from "../redaction-config.ts";

/** Every setting of the functions. Terraform sets the first four; the rest go into its `environment`. */
export const lambdaSettings = [
  {
    name: "LOG_SERVICE_TABLE",
    default: "",
    description: "The table of the chunks. Required.",
  },
  {
    name: "LOG_SERVICE_KEYS_TABLE",
    default: "",
    description: "The table of the API keys, which the functions only read. Required.",
  },
  {
    name: "LOG_SERVICE_RETENTION_DAYS",
    default: "30",
    description: "How long entries can be found, 1 to 3650 days; older ones are refused.",
  },
  {
    name: "LOG_SERVICE_INVOKE_MODE",
    default: "BUFFERED",
    description:
      "How the function's URL invokes it: BUFFERED, or RESPONSE_STREAM, for exports of more than 4 MiB. It must be the URL's own setting.",
  },
  {
    name: "LOG_SERVICE_LOG_LEVEL",
    default: "info",
    description: "The least level of the function's own log: debug, info, warn or error.",
  },
  {
    name: "LOG_SERVICE_SEARCH_TIME_MS",
    default: "5000",
    description: "How long one page of a search may read before it answers with what it has.",
  },
  {
    name: "LOG_SERVICE_SEARCH_BYTES",
    default: String(64 * 1024 * 1024),
    description: "How many bytes of chunks one page of a search may read.",
  },
  {
    name: "AWS_ENDPOINT_URL_DYNAMODB",
    default: "",
    description: "Another address of DynamoDB than the Region's own, for tests.",
  },
  {
    name: "AWS_ENDPOINT_URL_LAMBDA",
    default: "",
    description: "Another address of Lambda than the Region's own, for tests.",
  },
  ...redactionSettings,
  ...dayLimitSettings,
  ...oidcSettings,
] as const satisfies readonly Setting[];

type SettingName = (typeof lambdaSettings)[number]["name"];

type Environment = Readonly<Record<string, string | undefined>>;

export interface LambdaConfig {
  readonly functionName: string;
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly lambdaEndpoint: string | undefined;
  readonly table: string;
  readonly keysTable: string;
  readonly retentionDays: number;
  /** Whether the URL takes an answer while it is made. */
  readonly canStream: boolean;
  readonly logLevel: LogLevel;
  readonly searchTimeMs: number;
  readonly searchBytes: number;
  /** Undefined where nothing is taken out. */
  readonly redaction: RedactionRules | undefined;
  readonly limits: Limits;
  /** Undefined where no tokens are taken. */
  readonly oidc: OidcConfig | undefined;
}

export type ParsedLambdaConfig =
  | { readonly config: LambdaConfig; readonly problems?: undefined }
  | { readonly config?: undefined; readonly problems: readonly string[] };

/** Parses the environment of a function; total, and reports every problem at once. */
export const parseLambdaConfig = (env: Environment): ParsedLambdaConfig => {
  const problems: string[] = [];
  const text = (name: SettingName): string => {
    const setting = lambdaSettings.find((one) => one.name === name);
    return env[name] || (setting?.default ?? "");
  };
  const required = (name: string, value: string | undefined): string => {
    if (!value) problems.push(`${name} is not set`);
    return value ?? "";
  };
  const integer = (name: SettingName, min: number, max: number): number => {
    const value = text(name);
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    const shown = JSON.stringify(value);
    problems.push(`${name} is ${shown}; it must be an integer from ${min} to ${max}`);
    return min;
  };
  const level = logLevels.find((one) => one === text("LOG_SERVICE_LOG_LEVEL"));
  if (level === undefined) {
    const shown = JSON.stringify(text("LOG_SERVICE_LOG_LEVEL"));
    problems.push(`LOG_SERVICE_LOG_LEVEL is ${shown}; it must be ${logLevels.join(", ")}`);
  }
  const invokeMode = text("LOG_SERVICE_INVOKE_MODE");
  if (invokeMode !== "BUFFERED" && invokeMode !== "RESPONSE_STREAM") {
    const shown = JSON.stringify(invokeMode);
    problems.push(`LOG_SERVICE_INVOKE_MODE is ${shown}; it must be BUFFERED or RESPONSE_STREAM`);
  }
  const config: LambdaConfig = {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME ?? "unknown",
    region: required("AWS_REGION", env.AWS_REGION),
    endpoint: text("AWS_ENDPOINT_URL_DYNAMODB") || undefined,
    lambdaEndpoint: text("AWS_ENDPOINT_URL_LAMBDA") || undefined,
    table: required("LOG_SERVICE_TABLE", text("LOG_SERVICE_TABLE")),
    keysTable: required("LOG_SERVICE_KEYS_TABLE", text("LOG_SERVICE_KEYS_TABLE")),
    retentionDays: integer("LOG_SERVICE_RETENTION_DAYS", 1, 3650),
    canStream: invokeMode === "RESPONSE_STREAM",
    logLevel: level ?? "info",
    searchTimeMs: integer("LOG_SERVICE_SEARCH_TIME_MS", 1, 900_000),
    searchBytes: integer("LOG_SERVICE_SEARCH_BYTES", 1_000_000, 2 ** 40),
    redaction: parseRedactionConfig(text, problems),
    limits: parseDayLimit(integer),
    oidc: parseOidcConfig(text, problems),
  };
  return problems.length > 0 ? { problems } : { config };
};

/** The configuration, or an error that Lambda shows as the reason why the function cannot start. */
export const lambdaConfigOf = (env: Environment): LambdaConfig => {
  const { config, problems } = parseLambdaConfig(env);
  if (problems) throw new Error(`the function's environment is wrong: ${problems.join("; ")}`);
  return config;
};

/** Reads the credentials of the function's role, or of an operator, from the environment. */
export const credentialsIn = (env: Environment) => (): Credentials => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
  return { accessKeyId, secretAccessKey, sessionToken: env.AWS_SESSION_TOKEN || undefined };
};
