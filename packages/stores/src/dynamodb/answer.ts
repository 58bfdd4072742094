/** A value as DynamoDB's protocol writes it: text, a number as text, or bytes as base64. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string };

export type Item = Readonly<Record<string, AttributeValue>>;

/** The parts of DynamoDB's answers that this store looks at. */
export interface Answer {
  readonly Item?: Item;
  readonly Items?: readonly Item[];
  readonly Attributes?: Item;
  readonly LastEvaluatedKey?: Item;
  readonly ConsumedCapacity?: { readonly TableName: string; readonly CapacityUnits: number };
}

/**
 * What became of one attempt.
 * - `condition`: the condition of a write was not met, and nothing was written
 * - `throttled`: too much at once, and nothing was written; `isKeyRange` when one key range is too hot rather than the
 *   whole table
 * - `skewed`: the request's time is not AWS's
 * - `doubtful`: nobody knows whether it took effect
 * - `refused`: trying again does not help; `isOurs` when the request itself is wrong
 */
export type Attempt =
  | { readonly kind: "done"; readonly answer: Answer }
  | { readonly kind: "condition"; readonly item: Item }
  | { readonly kind: "throttled"; readonly reason: string; readonly isKeyRange: boolean }
  | { readonly kind: "skewed"; readonly reason: string; readonly serverTime: number }
  | { readonly kind: "doubtful"; readonly reason: string; readonly cause?: unknown }
  | { readonly kind: "refused"; readonly reason: string; readonly isOurs: boolean };

interface Failure {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly Item?: Item;
  readonly ThrottlingReasons?: readonly { readonly reason?: string; readonly resource?: string }[];
}

const throttles: readonly string[] = [
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
];

const skews: readonly string[] = ["RequestTimeTooSkewed", "RequestExpired"];

/** Answers that mean that the caller's set-up is wrong or its rights have run out: an operator can mend it. */
const setUp: readonly string[] = [
  "AccessDeniedException",
  "ExpiredTokenException",
  "IncompleteSignatureException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "KMSAccessDeniedException",
  "MissingAuthenticationTokenException",
  "ResourceNotFoundException",
  "UnrecognizedClientException",
];

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isSkew = (name: string, message: string): boolean =>
  skews.includes(name) ||
  (name === "InvalidSignatureException" && /expired|not yet current/i.test(message));

const readFailure = (failure: Failure, date: string | null): Attempt => {
  const name = failure.__type?.split("#").at(-1) ?? "";
  const message = failure.message ?? failure.Message ?? "";
  const reason = `${name}: ${message}`.slice(0, 500);
  if (name === "ConditionalCheckFailedException")
    return { kind: "condition", item: failure.Item ?? {} };
  if (throttles.includes(name)) {
    const reasons = (failure.ThrottlingReasons ?? []).map((one) => one.reason ?? "");
    const isKeyRange = reasons.some((one) => one.endsWith("KeyRangeThroughputExceeded"));
    return { kind: "throttled", reason: reasons.join(", ") || name, isKeyRange };
  }
  const serverTime = Date.parse(date ?? "");
  if (isSkew(name, message) && !Number.isNaN(serverTime))
    return { kind: "skewed", reason, serverTime };
  return { kind: "refused", reason, isOurs: !setUp.includes(name) };
};

/** Reads what DynamoDB, or anything in front of it, has answered. */
export const readAnswer = (status: number, date: string | null, text: string): Attempt => {
  const json = parseJson(text);
  if (typeof json !== "object" || json === null || status >= 500)
    return { kind: "doubtful", reason: `status ${status}: ${text.slice(0, 200)}` };
  if (status === 200) return { kind: "done", answer: json };
  return readFailure(json, date);
};
