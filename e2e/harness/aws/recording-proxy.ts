import { type Served, serveFetch } from "./serve-fetch.ts";

export interface RecordingProxy extends Served {
  /** What was called, as in `dynamodb:PutItem log-service-chunks`. */
  readonly calls: ReadonlySet<string>;
}

/** Passes requests on to a table's endpoint and writes down their actions. */
export const startRecordingProxy = async (endpoint: string): Promise<RecordingProxy> => {
  const calls = new Set<string>();
  const served = await serveFetch(async (_, init) => {
    const headers = new Headers(init.headers);
    const action = headers.get("x-amz-target")?.split(".")[1];
    const { TableName: table } = JSON.parse(String(init.body));
    calls.add(`dynamodb:${action} ${table}`);
    for (const name of ["host", "connection", "content-length"]) headers.delete(name);
    const response = await fetch(endpoint, { ...init, headers });
    return new Response(await response.arrayBuffer(), {
      status: response.status,
      headers: { "content-type": "application/x-amz-json-1.0" },
    });
  });
  return { ...served, calls };
};
