import { expect, it } from "vitest";
import { createDataFolder } from "../harness/data-folder.ts";
import { type Address, followByPolls, followStream } from "../harness/follow.ts";
import { startServer } from "../harness/server.ts";

const post = async ({ url }: Address, ...seqs: number[]): Promise<number> => {
  const body = seqs
    .map((seq) => JSON.stringify({ severity: "info", message: "m", seq }))
    .join("\n");
  const headers = { "content-type": "application/x-ndjson" };
  return (await fetch(`${url}/logs`, { method: "POST", headers, body })).status;
};

it("followers hold up no stop, and go on where they were after a restart", async () => {
  await using folder = await createDataFolder();
  const client = new AbortController();
  const { signal } = client;
  const first = await startServer({ dataFolder: folder.path });
  const address: Address = { url: first.url };
  const followers = [
    followStream(address, "", signal),
    followStream(address, "q=m", signal),
    followByPolls(address, "severity=info", signal),
  ];
  await Promise.all(followers.map(({ begun }) => begun));
  expect(await post(address, 1, 2, 3)).toBe(201);
  for (const { seen } of followers) await expect.poll(() => seen.size).toBe(3);
  await first.kill("SIGTERM");
  expect(first.child.exitCode).toBe(0);
  expect(first.log()).toContain('"stopped"');
  await using second = await startServer({ dataFolder: folder.path });
  expect(await post({ url: second.url }, 4, 5)).toBe(201);
  address.url = second.url;
  for (const { seen } of followers) await expect.poll(() => seen.size).toBe(5);
  client.abort();
  await Promise.all(followers.map(({ ended }) => ended));
  for (const { seen } of followers) expect([...seen.values()]).toEqual([1, 1, 1, 1, 1]);
});
