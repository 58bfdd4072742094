import { LogServiceError } from "@log-service/core";
import { type Credentials, sign } from "@log-service/stores/dynamodb";

export interface InvokeOptions {
  readonly region: string;
  /** Another address of Lambda than the Region's own, for tests. */
  readonly endpoint: string | undefined;
  readonly credentials: () => Credentials;
  readonly functionName: string;
  readonly now: () => number;
}

const attempts = 3;
const attemptMs = 5000;

/** The alias or version of an ARN; undefined where it names the function alone. */
export const qualifierOf = (arn: string): string | undefined => arn.split(":")[7];

/**
 * Lets Lambda invoke this function once more, later and without an answer: Lambda keeps the event until then, and tries it again
 * twice when the function fails. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export const createInvoke =
  ({ region, endpoint, credentials, functionName, now }: InvokeOptions) =>
  async (event: object, qualifier: string | undefined): Promise<void> => {
    const path = `/2015-03-31/functions/${functionName}/invocations`;
    const search = qualifier === undefined ? "" : `Qualifier=${qualifier}`;
    const url = new URL(`${path}?${search}`, endpoint ?? `https://lambda.${region}.amazonaws.com`);
    const body = JSON.stringify(event);
    let cause: unknown;
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        const headers = sign({
          host: url.host,
          region,
          service: "lambda",
          path,
          search,
          headers: { "content-type": "application/json", "x-amz-invocation-type": "Event" },
          body,
          time: now(),
          credentials: credentials(),
        });
        const signal = AbortSignal.timeout(attemptMs);
        const response = await fetch(url, { method: "POST", headers, body, signal });
        const text = await response.text();
        if (response.status === 202) return;
        cause = new Error(`Lambda answered ${response.status}: ${text.slice(0, 300)}`);
      } catch (error) {
        cause = error;
      }
    }
    throw new LogServiceError("STORE_UNAVAILABLE", "the erasure is kept, but nobody does it yet", {
      cause,
      retryAfterMs: 10_000,
    });
  };
