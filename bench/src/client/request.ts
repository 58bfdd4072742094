import { Buffer } from "node:buffer";

export type ContentType = "application/json" | "application/x-ndjson";

/** Where requests go, and with which key. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly apiKey?: string | undefined;
}

const headersOf = ({ host, port, apiKey }: Target): string =>
  `Host: ${host}:${port}\r\n${apiKey ? `Authorization: Bearer ${apiKey}\r\n` : ""}`;

/** The bytes of a `POST /logs`, ready to be written to a socket. */
export const postRequest = (target: Target, contentType: ContentType, body: string): Buffer => {
  const length = Buffer.byteLength(body);
  const head = `POST /logs HTTP/1.1\r\n${headersOf(target)}Content-Type: ${contentType}\r\nContent-Length: ${length}\r\n\r\n`;
  return Buffer.from(head + body);
};

/** The bytes of a `GET`. */
export const getRequest = (target: Target, path: string): Buffer =>
  Buffer.from(`GET ${path} HTTP/1.1\r\n${headersOf(target)}\r\n`);
