import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { runToExit, startServer } from "../harness/server.ts";

/** What it says when it cannot start: lines for people, and an exit code for scripts. */
const expectRefusal = (
  { code, stderr }: Awaited<ReturnType<typeof runToExit>>,
  ...patterns: RegExp[]
) => {
  const lines = stderr.trim().split("\n");
  expect(code).toBe(1);
  expect(lines).toHaveLength(patterns.length);
  for (const [index, pattern] of patterns.entries()) expect(lines[index]).toMatch(pattern);
  expect(stderr).not.toMatch(/^\s+at /m);
};

describe("a server that cannot start says why in one line and ends with 1", () => {
  it("on a port that is in use", async () => {
    await using folder = await createDataFolder();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo; // it listens on TCP
    const ended = await runToExit(["--port", String(port), "--data", folder.path]);
    other.close();
    expectRefusal(ended, new RegExp(`port ${port} on 127.0.0.1 is in use.*--port`));
  });

  it("with a data folder below a file", async () => {
    await using folder = await createDataFolder();
    const file = join(folder.path, "file");
    await writeFile(file, "");
    const ended = await runToExit(["--port", "0", "--data", join(file, "data")]);
    expectRefusal(ended, /the folder .*\/file\/data cannot be used \(ENOTDIR\)/);
  });

  it("with a data folder where none can be made", async () => {
    const ended = await runToExit(["--port", "0", "--data", "/proc/log-service"]);
    expectRefusal(ended, /the folder \/proc\/log-service cannot be used \(\w+\)/);
  });

  it("while another process owns the data", async () => {
    await using folder = await createDataFolder();
    await using first = await startServer({ dataFolder: folder.path });
    const ended = await runToExit(["--port", "0", "--data", folder.path]);
    expectRefusal(ended, new RegExp(`is in use by process ${first.child.pid}`));
    expect((await fetch(`${first.url}/ready`)).status).toBe(200);
  });

  it("on an address that is not this machine's", async () => {
    await using folder = await createDataFolder();
    const args = ["--port", "0", "--host", "localhost.invalid", "--data", folder.path];
    const ended = await runToExit(args);
    expectRefusal(ended, /without an API key/, /create one first: npm run keys/);
  });

  it("beyond loopback without a key", async () => {
    await using folder = await createDataFolder();
    const ended = await runToExit(["--port", "0", "--host", "0.0.0.0", "--data", folder.path]);
    expectRefusal(
      ended,
      /without an API key the server listens on loopback only, and the address is 0\.0\.0\.0/,
      /create one first: npm run keys -- create/,
    );
  });

  it("with an unknown flag", async () => {
    const ended = await runToExit(["--prot", "1"]);
    expectRefusal(ended, /unknown option '--prot'; the flags are --port, .*: npm start -- --port/);
  });

  it("with values that cannot be used, all of them named at once", async () => {
    const ended = await runToExit(["--port", "70000"], {
      LOG_SERVICE_LOG_LEVEL: "loud",
      LOG_SERVICE_SEARCH_TIME_MS: "-1",
      LOG_SERVICE_REQUEST_TIMEOUT_MS: "soon",
    });
    expect(ended.stderr.trim().split("\n").toSorted()).toEqual([
      expect.stringMatching(/LOG_SERVICE_LOG_LEVEL is "loud"/),
      expect.stringMatching(/LOG_SERVICE_PORT is "70000"/),
      expect.stringMatching(/LOG_SERVICE_REQUEST_TIMEOUT_MS is "soon"/),
      expect.stringMatching(/LOG_SERVICE_SEARCH_TIME_MS is "-1"/),
    ]);
    expect(ended.code).toBe(1);
  });
});

it("a server warns of a setting that there is not, and names the one that was meant", async () => {
  await using folder = await createDataFolder();
  const env = { LOG_SERVICE_RETENTION_DAY: "7" };
  await using server = await startServer({ dataFolder: folder.path, env });
  const names = '"name":"LOG_SERVICE_RETENTION_DAY","didYouMean":"LOG_SERVICE_RETENTION_DAYS"';
  await expect.poll(server.log).toContain(names);
});
