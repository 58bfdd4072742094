import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { StreamedAnswer } from "./function-answer.ts";

/** What parts the head of a streamed answer, which is JSON, from its body. */
const separator = Buffer.alloc(8);

/** Reads a streamed response of the runtime, and hands it over once its head is there. */
export const readStreamedAnswer = async (
  request: IncomingMessage,
  handOver: (answer: StreamedAnswer) => void,
): Promise<void> => {
  const body = new PassThrough();
  let head: Buffer | undefined = Buffer.alloc(0);
  const parts = async function* () {
    for await (const part of request) {
      if (head === undefined) {
        yield part;
        continue;
      }
      head = Buffer.concat([head, part]);
      const end = head.indexOf(separator);
      if (end < 0) continue;
      const { statusCode = 200, headers = {} } = JSON.parse(head.subarray(0, end).toString());
      const first = head.subarray(end + separator.length);
      head = undefined;
      handOver({ statusCode, headers, parts: body });
      yield first;
    }
    const failure = request.trailers["lambda-runtime-function-error-type"];
    if (failure) throw new Error(`the function failed midway: ${failure}`);
  };
  await pipeline(parts, body);
};
