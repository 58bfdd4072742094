import { ingestRequest as route } from "@log-service/contract";
import { formatTimestamp } from "@log-service/core";
import type { IngestResult } from "@log-service/core/service";
import type { Answer, Call, Handler } from "../../handler.ts";
import { type HeldBody, readBody } from "../../middleware/body.ts";
import { refuse } from "../../middleware/problem.ts";
import { json } from "../json.ts";
import { headersOf, queryOf } from "../parse.ts";
import { formatOf } from "./format.ts";

const read = ({ request, host, deps }: Call): Promise<HeldBody> =>
  readBody({
    source: host.bodyStream ?? request.body ?? [],
    contentLength: request.headers.get("content-length"),
    contentEncoding: request.headers.get("content-encoding"),
    bytesMax: deps.bodyBytesMax,
    inflatedBytesMax: deps.inflatedBytesMax,
    budget: deps.bodyBudget,
    decoderTurns: deps.decoderTurns,
  });

const duplicateMark = (isDuplicate: boolean) => (isDuplicate ? { duplicate: true } : {});

const answerOne = (result: IngestResult, requestId: string): Answer => {
  const { single, rejected, isDuplicate } = result;
  if (single) {
    const timestamp = formatTimestamp(single.timestamp);
    return json(201, { logId: single.logId, timestamp, ...duplicateMark(isDuplicate) });
  }
  const { message = "", problems = [] } = rejected[0] ?? {};
  return refuse({ code: "ENTRY_INVALID", detail: message, requestId, extensions: { problems } });
};

const answerMany = (result: IngestResult, requestId: string): Answer => {
  const { accepted, rejectedCount, rejected, isDuplicate } = result;
  if (accepted > 0)
    return json(201, {
      accepted,
      rejectedCount,
      rejected,
      ...duplicateMark(isDuplicate),
    });
  const whole =
    rejectedCount === 1
      ? "the only entry was refused"
      : `all ${rejectedCount} entries were refused; the first`;
  return refuse({
    code: "BATCH_ALL_REJECTED",
    detail: `${whole}: ${rejected[0]?.message}`,
    requestId,
    extensions: { accepted: 0, rejectedCount, rejected },
  });
};

export const handler: Handler = async (call) => {
  const { deps, tenant, principal, request, requestId } = call;
  const { dedupe, severity, service } = queryOf(route, call);
  const { "Idempotency-Key": idempotencyKey } = headersOf(route, call);
  const format = formatOf(request.headers.get("content-type"));
  const metering = principal && deps.quotas?.beginBody(principal);
  const meter = metering && (await metering);
  using body = await read(call);
  const giveBack = meter && (await meter.take(body.bytes.length));
  let result: IngestResult;
  try {
    result = await deps.service.ingest(tenant, {
      body: body.bytes,
      format,
      textDefaults: { severity: severity ?? "info", service },
      idempotencyKey,
      dedupe,
    });
  } catch (error) {
    giveBack?.();
    throw error;
  }
  return result.isSingle ? answerOne(result, requestId) : answerMany(result, requestId);
};
