import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A TCP connection that says what a test wants, whole or not. */
export interface RawConnection extends Disposable {
  readonly socket: Socket;
  write(text: string | Uint8Array): void;
  /** Resolves with everything that came so far, once it matches. Rejects when the connection ends before. */
  received(pattern: RegExp): Promise<string>;
  /** Resolves with everything that came, when the server has closed the connection. */
  closed(): Promise<string>;
}

export const openConnection = async (url: string): Promise<RawConnection> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (part) => {
    text += part;
  });
  // A reset is one way for a server to close; the tests look at what came before it.
  socket.on("error", () => undefined);
  const end = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  return {
    socket,
    write: (part) => socket.write(part),
    received: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(text) && resolve(text);
        socket.on("data", look);
        socket.once("close", () => reject(new Error(`closed after ${JSON.stringify(text)}`)));
        look();
      }),
    closed: async () => {
      await end;
      return text;
    },
    [Symbol.dispose]: () => {
      socket.destroy();
    },
  };
};

/** The head of a POST to the ingest route, up to the empty line. */
export const postHead = (headers: Readonly<Record<string, string | number>>): string =>
  [
    "POST /logs HTTP/1.1",
    "host: localhost",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "\r\n",
  ].join("\r\n");
