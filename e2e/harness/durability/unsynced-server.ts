/**
 * A server whose store does not sync what it acknowledges, to show that the tests of durability would notice: it leaves the
 * sync of the log out.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { openSqliteStore } from "@log-service/stores/sqlite";
import { createAppServer } from "../../../packages/api/src/hosts/node/listen.ts";
import { createTestApp } from "../../../packages/api/src/test/test-app.ts";

const dataFolder = process.argv[process.argv.indexOf("--data") + 1] ?? "";
await using store = await openSqliteStore({
  folder: dataFolder,
  syncLog: () => Promise.resolve(),
});
const server = createAppServer(createTestApp({ store }).app);
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo; // it listens on TCP
console.log(`listening  http://127.0.0.1:${port}`);
await once(process, "SIGTERM");
server.closeAllConnections();
server.close();
