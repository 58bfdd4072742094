import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page, PageFile } from "../page/page.ts";

// Built, the page lies beside the server or the function; from source, where its own package builds it.
const isBundled = import.meta.url.endsWith(".mjs");
const builtPage = new URL(isBundled ? "./page/" : "../../../ui/dist/", import.meta.url);

/** What the build makes; anything else is bytes that a browser must not guess about. */
const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The build lays compressed copies beside each file. */
const endings = { br: ".br", gzip: ".gz" } as const;

const toPageFile = (path: string, read: (path: string) => PageFile["bytes"]["br"]): PageFile => {
  const plain = read(path) ?? new Uint8Array();
  const [br, gzip] = [read(path + endings.br), read(path + endings.gzip)];
  return {
    contentType: contentTypes[extname(path)] ?? "application/octet-stream",
    hash: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
    bytes: { identity: plain, ...(br && { br }), ...(gzip && { gzip }) },
  };
};

const readPage = (folder: string): ReadonlyMap<string, PageFile> => {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).replaceAll(sep, "/"), readFileSync(path)]),
  );
  const isCopy = (path: string) => path.endsWith(endings.br) || path.endsWith(endings.gzip);
  return new Map(
    [...files.keys()]
      .filter((path) => !isCopy(path))
      .map((path) => [path, toPageFile(path, (one) => files.get(one))]),
  );
};

/**
 * Opens the page that was built into a folder. It is read when someone first asks for it, since most starts of a function
 * serve programs; and once, so that a page that is built anew meanwhile is not served half old, half new.
 */
export const openPage = (folder = fileURLToPath(builtPage)): Page => {
  let files: ReadonlyMap<string, PageFile> | undefined;
  return {
    find: (path) => {
      try {
        files ??= readPage(folder);
      } catch {
        // It is not built, or just being built: nothing is kept of that.
        return undefined;
      }
      return files.get(path);
    },
  };
};
