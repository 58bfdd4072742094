import { type BatchFormat, LogServiceError } from "@log-service/core";

const formats: Readonly<Record<string, BatchFormat>> = {
  "application/json": "json",
  "text/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/x-jsonlines": "ndjson",
  "text/plain": "text",
};

const utf8 = new Set([undefined, "utf-8", "utf8", "us-ascii"]);

/** What the body is, by its content type. Throws CONTENT_TYPE_UNSUPPORTED. */
export const formatOf = (contentType: string | null): BatchFormat => {
  if (contentType === null || contentType === "application/json") return "json";
  const [type = "", ...parameters] = contentType.toLowerCase().split(";");
  const charset = parameters
    .map((one) => one.trim())
    .find((one) => one.startsWith("charset="))
    ?.slice("charset=".length)
    .replaceAll('"', "");
  if (!utf8.has(charset))
    throw new LogServiceError(
      "CONTENT_TYPE_UNSUPPORTED",
      `the charset ${JSON.stringify(charset?.slice(0, 40))} is not supported; send UTF-8`,
    );
  const name = type.trim();
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  const hint =
    name === "application/x-www-form-urlencoded"
      ? "; curl sends it with -d alone, so add -H 'content-type: application/json'"
      : "";
  throw new LogServiceError(
    "CONTENT_TYPE_UNSUPPORTED",
    `Content-Type ${JSON.stringify(name.slice(0, 60))} is not supported; use application/json, application/x-ndjson or text/plain${hint}`,
  );
};
