import { once } from "node:events";
import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { createTestApp } from "../../test/test-app.ts";
import { createAppServer } from "./listen.ts";

const createTest = (connectionsPerAddress?: number) => {
  const limits = connectionsPerAddress === undefined ? {} : { connectionsPerAddress };
  const server = createAppServer(createTestApp().app, limits);
  /** A connection as the server sees it. */
  return (remoteAddress: string) => {
    const socket = Object.assign(new PassThrough(), { remoteAddress });
    server.emit("connection", socket);
    return socket;
  };
};

const areOpen = (sockets: readonly PassThrough[]) => sockets.map(({ destroyed }) => !destroyed);

it("lets an address have so many connections and no more, until one of them is closed", async () => {
  const arrive = createTest(2);
  const own = [1, 2, 3].map(() => arrive("192.0.2.7"));
  expect(areOpen(own)).toEqual([true, true, false]);
  expect(areOpen([arrive("192.0.2.8")])).toEqual([true]);
  const closed = once(own[0]!, "close");
  own[0]?.destroy();
  await closed;
  expect(areOpen([arrive("192.0.2.7"), arrive("192.0.2.7")])).toEqual([true, false]);
});

it.each([
  ["2001:db8::1", "2001:db8:0:0:ffff::1", "2001:db8:0:0:1:2:3:4"],
  ["fe80::1", "fe80:0:0:0::", "fe80::2:3"],
  ["::ffff:192.0.2.7", "192.0.2.7", "::ffff:192.0.2.7"],
])("counts %s, %s and %s as one", (...addresses) => {
  expect(areOpen(addresses.map(createTest(2)))).toEqual([true, true, false]);
});

it.each([
  ["2001:db8::1", "2001:db8:0:1::1", "2001:db8:1::1"],
  ["192.0.2.7", "192.0.2.8", "2001:db8::7"],
])("counts %s, %s and %s apart", (...addresses) => {
  expect(areOpen(addresses.map(createTest(1)))).toEqual([true, true, true]);
});

it("leaves this machine as many as there are, and everybody where there is no limit", () => {
  const here = ["127.0.0.1", "127.0.0.1", "127.0.0.1", "::1", "::1", "::ffff:127.0.0.1"];
  expect(areOpen(here.map(createTest(1)))).toEqual(here.map(() => true));
  const same = Array.from({ length: 100 }, () => "192.0.2.7");
  expect(new Set(areOpen(same.map(createTest())))).toEqual(new Set([true]));
});
