import { isUtf8 } from "node:buffer";

/** A request as a Lambda Function URL passes it on: payload format 2.0. */
export interface FunctionUrlEvent {
  readonly version: "2.0";
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly cookies?: readonly string[];
  /** Names in lower case; repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly domainName: string;
    readonly requestId: string;
    readonly http: { readonly method: string; readonly path: string };
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

export interface FunctionUrlResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** Turns an event into a standard request. */
export const toRequest = (event: FunctionUrlEvent): Request => {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString === "" ? "" : `?${event.rawQueryString}`;
  const url = `https://${event.requestContext.domainName}${event.rawPath}${query}`;
  const hasBody = event.body !== undefined && method !== "GET" && method !== "HEAD";
  return new Request(url, {
    method,
    headers: event.headers,
    ...(hasBody && {
      body: event.isBase64Encoded ? Buffer.from(event.body, "base64") : Buffer.from(event.body),
    }),
  });
};

/**
 * From here on text goes as base64. As text it is escaped once more on its way, which doubles a page of quotes: 4 MiB
 * would no longer fit the 6 MB of an invocation, while base64 adds a third to anything.
 */
const textBytesMax = 2 * 1024 * 1024;

/** Turns an answer into what the platform expects. What is compressed is no text. */
export const toResult = async (response: Response): Promise<FunctionUrlResult> => {
  const body = Buffer.from(await response.arrayBuffer());
  const isBase64Encoded = body.length > textBytesMax || !isUtf8(body);
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: body.toString(isBase64Encoded ? "base64" : "utf8"),
    isBase64Encoded,
  };
};
