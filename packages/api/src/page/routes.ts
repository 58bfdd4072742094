import { LogServiceError } from "@log-service/core/errors";
import type { AppRoute } from "../app-of.ts";
import type { Answer, Call } from "../handler.ts";
import { chooseEncoding, hasMatch, takesHtml } from "./negotiate.ts";
import type { Page, PageFile } from "./page.ts";

/**
 * What the page may do: run and load what was built with it, and ask the server that it came from. Text of an entry that
 * became markup by mistake could still run nothing and reach nobody.
 */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

type Headers = Answer["headers"];

/** Asked for each time, and answered in a few bytes while it is the same. */
const indexHeaders: Headers = {
  "cache-control": "no-cache",
  "content-security-policy": pagePolicy,
};

/** The hash of its content is in the name of an asset, which therefore never changes. */
const assetHeaders: Headers = { "cache-control": "public, max-age=31536000, immutable" };

const send = ({ request }: Call, file: PageFile, extra: Headers): Answer => {
  const encoding = chooseEncoding(request.headers.get("accept-encoding"), file);
  const tag = encoding === "identity" ? `"${file.hash}"` : `"${file.hash}-${encoding}"`;
  const headers = { vary: "Accept-Encoding", ...extra, etag: tag };
  if (hasMatch(request.headers.get("if-none-match"), tag))
    return { status: 304, headers, body: null };
  return {
    status: 200,
    headers: {
      ...headers,
      "content-type": file.contentType,
      ...(encoding !== "identity" && { "content-encoding": encoding }),
    },
    body: file.bytes[encoding] ?? null,
  };
};

/**
 * The routes of the page: itself at `/` with the view behind the question mark, and what it loads. They hold no data, so
 * that they ask for no key.
 */
export const createPageRoutes = (page: Page): readonly AppRoute[] => {
  const route = { operationId: "page", method: "GET", scope: "none" } as const;
  return [
    {
      ...route,
      path: "/",
      isLinkable: true,
      handler: async (call) => {
        const index = page.find("index.html");
        if (index === undefined)
          throw new LogServiceError(
            "ROUTE_NOT_FOUND",
            "the page is not built here; npm run build:page builds it, and the API works without it",
          );
        return send(call, index, indexHeaders);
      },
    },
    {
      ...route,
      path: "/assets/{name}",
      handler: async (call) => {
        const name = call.param("name");
        const asset = page.find(`assets/${name}`);
        if (asset === undefined)
          throw new LogServiceError(
            "ROUTE_NOT_FOUND",
            `the page has no file ${JSON.stringify(name.slice(0, 100))}; load it anew, it may be another version`,
          );
        return send(call, asset, assetHeaders);
      },
    },
  ];
};

const varyByAccept = (route: AppRoute): AppRoute => ({
  ...route,
  handler: async (call) => {
    const answer = await route.handler(call);
    const vary = ["Accept", answer.headers.vary].filter(Boolean).join(", ");
    return { ...answer, headers: { ...answer.headers, vary } };
  },
});

/**
 * The routes of a host whose address without a path answers programs: its root shows the page to browsers, who say that
 * they take HTML, and is `others` to all who do not.
 */
export const shareRoot = (
  pageRoutes: readonly AppRoute[],
  others: readonly AppRoute[],
): readonly AppRoute[] => [
  ...pageRoutes.map((route) =>
    route.path === "/" ? { ...varyByAccept(route), isFor: takesHtml } : route,
  ),
  ...others.map((route) => ({ ...varyByAccept(route), path: "/" })),
];
