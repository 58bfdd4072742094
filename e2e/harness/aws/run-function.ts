import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Stands in for Lambda's runtime: loads a function's unzipped package and answers the events that its parent sends.

interface Invocation {
  readonly id: number;
  readonly event: unknown;
  readonly requestId?: string;
}

const [folder = ""] = process.argv.slice(2);
const { handler } = await import(pathToFileURL(join(folder, "index.mjs")).href);
// Node 24 on Lambda refuses handlers with a callback.
if (handler.length > 2) throw new Error("Runtime.CallbackHandlerDeprecated");

process.on("message", async ({ id, event, requestId = randomUUID() }: Invocation) => {
  try {
    const name = process.env.AWS_LAMBDA_FUNCTION_NAME;
    const result = await handler(event, {
      awsRequestId: requestId,
      invokedFunctionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${name}:live`,
      getRemainingTimeInMillis: () => 900_000,
    });
    process.send?.({ id, result: result ?? null });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
});
process.send?.({ isReady: true });
