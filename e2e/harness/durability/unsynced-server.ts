/**
 * A server whose store does not sync what it acknowledges, to show that the tests of durability would notice. The
 * pragma is set on each day's database after the store has opened it.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { createAppServer } from "../../../packages/api/src/hosts/node/listen.ts";
import { createTestApp } from "../../../packages/api/src/test/test-app.ts";

const dataFolder = process.argv[process.argv.indexOf("--data") + 1] ?? "";
const synchronous = process.env.TEST_SYNCHRONOUS ?? "";
await using store = await openSqliteStore({
  folder: dataFolder,
  onOpen: (database) => database.exec(`PRAGMA synchronous = ${synchronous}`),
});
const server = createAppServer(createTestApp({ store }).app);
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo; // it listens on TCP
console.log(`listening  http://127.0.0.1:${port}`);
await once(process, "SIGTERM");
server.closeAllConnections();
server.close();
