import { escapeControls } from "@log-service/core";

export const logLevels = ["debug", "info", "warn", "error"] as const;

export type LogLevel = (typeof logLevels)[number];

type Fields = Readonly<Record<string, unknown>>;

/** The service's own log: one JSON object a line, which does nothing to a terminal. No payload and no key comes into it. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: Fields) => void>>;

/** An error and what led to it, as text: JSON.stringify makes `{}` of errors. */
const plain = (value: unknown): unknown => {
  if (!(value instanceof Error)) return value;
  const { name, message, stack, cause } = value;
  const code = "code" in value ? value.code : undefined;
  return { name, code, message, stack, ...(cause !== undefined && { cause: plain(cause) }) };
};

export const createLog = (
  level: LogLevel,
  write: (line: string) => void,
  now: () => number,
): Log => {
  const least = logLevels.indexOf(level);
  const at =
    (own: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (logLevels.indexOf(own) < least) return;
      const entries = Object.entries(fields).map(([name, value]) => [name, plain(value)]);
      const time = new Date(now()).toISOString();
      const line = { time, level: own, message, ...Object.fromEntries(entries) };
      write(escapeControls(JSON.stringify(line)));
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
};
