import { createHash, createHmac } from "node:crypto";

/**
 * Signature Version 4 for requests such as DynamoDB takes: a POST whose path and query need no encoding. Written out instead of
 * taken from a package since it is this short; a test compares it with signatures of AWS's own client.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials, as Lambda has them. */
  readonly sessionToken?: string | undefined;
}

interface SignRequest {
  readonly host: string;
  readonly region: string;
  readonly service: string;
  /** `/` unless it is given. */
  readonly path?: string | undefined;
  /** The query, without its mark; none unless it is given. */
  readonly search?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds since 1970, by AWS's clock. */
  readonly time: number;
  readonly credentials: Credentials;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

const hmac = (key: string | Uint8Array, text: string): Uint8Array =>
  createHmac("sha256", key).update(text).digest();

/** Returns the headers to send: those given, and the date, the session token and the signature. */
export const sign = (request: SignRequest): Record<string, string> => {
  const { host, region, service, body, time, credentials, path = "/", search = "" } = request;
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const stamp = new Date(time).toISOString().replaceAll(/[:-]|\.\d{3}/g, "");
  const date = stamp.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-date": stamp,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const names = Object.keys({ ...headers, host }).toSorted();
  const lines = names.map((name) => `${name}:${name === "host" ? host : headers[name]}\n`);
  const signedHeaders = names.join(";");
  const canonical = ["POST", path, search, lines.join(""), signedHeaders, hash(body)].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", stamp, scope, hash(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<string | Uint8Array>(
    hmac,
    `AWS4${secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(text).digest("hex");
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return headers;
};
