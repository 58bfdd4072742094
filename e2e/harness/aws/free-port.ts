import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Below what systems hand out for outgoing connections (32768 on Linux, 49152 elsewhere): between now and the moment when a
 * slow program takes its port, no connection of this machine takes it.
 */
const ports = { from: 15_000, to: 32_000 } as const;

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer();
  const listening = once(server, "listening").then(
    () => true,
    () => false,
  );
  server.listen(port, "127.0.0.1");
  if (!(await listening)) return false;
  server.close();
  await once(server, "close");
  return true;
};

/** A port of this machine that was free a moment ago, for programs that cannot choose one themselves. */
export const freePort = async (): Promise<number> => {
  for (;;) {
    const port = ports.from + Math.floor(Math.random() * (ports.to - ports.from));
    if (await isFree(port)) return port;
  }
};
