import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPage } from "./page-folder.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-service-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = async (files: Readonly<Record<string, string>>) => {
  await mkdir(join(folder, "assets"), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
};

describe("the page of a folder", () => {
  it("has the files of the build, with the copies that lie beside them", async () => {
    await write({
      "index.html": "<!doctype html>",
      "assets/index-1.js": "script",
      "assets/index-1.js.br": "by brotli",
      "assets/index-1.js.gz": "by gzip",
    });
    const page = openPage(folder);
    expect(page.find("index.html")).toMatchObject({
      contentType: "text/html; charset=utf-8",
      bytes: { identity: Buffer.from("<!doctype html>") },
    });
    expect(page.find("assets/index-1.js")).toMatchObject({
      contentType: "text/javascript; charset=utf-8",
      bytes: {
        identity: Buffer.from("script"),
        br: Buffer.from("by brotli"),
        gzip: Buffer.from("by gzip"),
      },
    });
    expect(page.find("assets/index-1.js.br")).toBeUndefined();
  });

  it("has another hash for other bytes only", async () => {
    await write({ "a.js": "same", "b.js": "same", "c.js": "other" });
    const page = openPage(folder);
    const [a, b, c] = ["a.js", "b.js", "c.js"].map((path) => page.find(path)?.hash);
    expect([a === b, a === c]).toEqual([true, false]);
  });

  it("has nothing outside of it, however it is asked for", async () => {
    await write({ "index.html": "page" });
    const page = openPage(join(folder, "assets"));
    for (const path of [
      "../index.html",
      "assets/../index.html",
      "/etc/passwd",
      "",
      ".",
      "__proto__",
    ])
      expect(page.find(path)).toBeUndefined();
  });

  it("is found once it has been built, and stays what it was when it was first read", async () => {
    const built = openPage(join(folder, "later"));
    expect(built.find("index.html")).toBeUndefined();
    await mkdir(join(folder, "later"));
    await writeFile(join(folder, "later/index.html"), "first");
    expect(built.find("index.html")?.bytes.identity).toEqual(Buffer.from("first"));
    await writeFile(join(folder, "later/index.html"), "second");
    expect(built.find("index.html")?.bytes.identity).toEqual(Buffer.from("first"));
  });
});
