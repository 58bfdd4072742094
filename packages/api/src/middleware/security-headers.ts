/**
 * What every answer says to browsers and caches, unless its route says otherwise. It is one object for all of them: the
 * ingest route has no time for more.
 */
export const securityHeaders = {
  // Entries are nobody's to keep on the way.
  "cache-control": "no-store",
  // An answer that a browser is made to show as a page runs nothing, and stands in no frame.
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;
