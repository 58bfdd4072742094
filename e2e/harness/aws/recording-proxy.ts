import { type Served, serveFetch } from "./serve-fetch.ts";

export interface RecordingProxy extends Served {
  /** What was called, as in `dynamodb:PutItem log-service-chunks`, and on which partition keys. */
  readonly calls: ReadonlyMap<string, ReadonlySet<string>>;
}

type Keyed = Readonly<Record<string, { readonly S?: string } | undefined>>;

/** The partition key of a request, wherever its action has it. */
const partitionOf = (input: { Item?: Keyed; Key?: Keyed; ExpressionAttributeValues?: Keyed }) => {
  const { Item: item, Key: key, ExpressionAttributeValues: values } = input;
  return (item?.pk ?? key?.pk ?? values?.[":pk"])?.S ?? "";
};

/** Passes requests on to a table's endpoint, once `before` lets them, and writes down their actions and partition keys. */
export const startRecordingProxy = async (
  endpoint: string,
  before?: (call: string) => Promise<void>,
): Promise<RecordingProxy> => {
  const calls = new Map<string, Set<string>>();
  const served = await serveFetch(async (_, init) => {
    const headers = new Headers(init.headers);
    const action = headers.get("x-amz-target")?.split(".")[1];
    const input = JSON.parse(String(init.body));
    const call = `dynamodb:${action} ${input.TableName}`;
    calls.set(call, (calls.get(call) ?? new Set()).add(partitionOf(input)));
    await before?.(call);
    for (const name of ["host", "connection", "content-length"]) headers.delete(name);
    const response = await fetch(endpoint, { ...init, headers });
    return new Response(await response.arrayBuffer(), {
      status: response.status,
      headers: { "content-type": "application/x-amz-json-1.0" },
    });
  });
  return { ...served, calls };
};
