import { errorGuide, errorsOf, routes, statusOf } from "@log-service/contract";
import { type ErrorCode, errorCatalogue } from "@log-service/core";
import { code, madeBy, page, table } from "./markdown.ts";

/** What is answered where no route is, and what is told at the start. */
const elsewhere: Partial<Record<ErrorCode, string>> = {
  ROUTE_NOT_FOUND: "any other path",
  METHOD_NOT_ALLOWED: "any other method",
  STORE_IN_USE: "the start of the server",
};

const places = (one: ErrorCode): string => {
  const answering = routes.filter((route) => errorsOf(route).includes(one));
  const listing = routes.filter((route) => route.problemCodes?.includes(one));
  const names = [
    ...answering.map((route) => code(route.operationId)),
    ...listing.map((route) => `${code("problems")} of ${code(route.operationId)}`),
    elsewhere[one] ?? "",
  ].filter((name) => name !== "");
  return answering.length === routes.length ? "all routes" : names.join(", ") || "not used yet";
};

const rows = () =>
  // The keys of the catalogue are its codes; Object.keys types them as strings.
  (Object.keys(errorCatalogue) as ErrorCode[]).map((one) => [
    code(one),
    String(statusOf(one)),
    errorCatalogue[one].title,
    errorGuide[one].advice,
    places(one),
  ]);

export const errorsReference = (): string =>
  page([
    madeBy("`packages/core/src/errors.ts` and `packages/contract/src/error-guide.ts`"),
    "# Errors",
    "Every error is answered as `application/problem+json` (RFC 9457). `code` is stable: it is never renamed, and never\nused for something else. `detail` names the value and the limit, and `requestId` finds the request in the server's\nlog. A 503 or 429 carries `Retry-After`: send the same again then.",
    "Codes inside of `problems` say what is wrong with one entry or parameter, each with its `path`; the status beside\nthem is the one that the whole request gets when nothing of it could be used.",
    table(["Code", "Status", "Title", "What to do", "Where"], rows()),
  ]);
