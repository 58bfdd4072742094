import type { AppDeps, Handler } from "../../handler.ts";
import { jsonText, warningsText } from "../json.ts";
import { streamPieces } from "../stream.ts";
import { events } from "./events.ts";
import { poll } from "./poll.ts";
import { readerOf } from "./read.ts";
import { pollAfterMs } from "./retry.ts";

const streamHeaders = ({ isWaitBilled }: AppDeps) => ({
  "content-type": "text/event-stream; charset=utf-8",
  // nginx would gather what is to be seen at once.
  "x-accel-buffering": "no",
  // A connection that stayed open behind the end of a stream would hold up a host that is stopping.
  ...(!isWaitBilled && { connection: "close" }),
});

const wantsStream = ({ headers }: Request): boolean =>
  (headers.get("accept") ?? "").toLowerCase().includes("text/event-stream");

export const handler: Handler = async (call) => {
  const { deps, request } = call;
  const isStream = wantsStream(request);
  const { read, hints, cursor, waitMs } = readerOf(call, isStream);
  if (isStream) {
    const open = (signal: AbortSignal) => events(call, { read, cursor, hints, signal });
    return { status: 200, headers: streamHeaders(deps), body: await streamPieces(call, open) };
  }
  const page = await poll(call, read, { cursor, waitMs });
  const { lines, nextCursor, isResync } = page;
  const resync = isResync ? ',"resync":true' : "";
  const warnings = warningsText([...hints, ...page.warnings]);
  return jsonText(
    200,
    `{"logs":[${lines.join(",")}],"nextCursor":${JSON.stringify(nextCursor)},"retryAfterMs":${pollAfterMs(deps, page, waitMs)}${resync}${warnings}}`,
  );
};
