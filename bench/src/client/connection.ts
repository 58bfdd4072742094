import type { Buffer } from "node:buffer";
import { connect } from "node:net";
import { createResponseReader, type Response } from "./response-reader.ts";

/** One keep-alive connection that sends prepared requests, one at a time. */
export interface Connection extends Disposable {
  /** Sends the bytes of a whole request. Rejects when the connection ends before the answer. */
  send(request: Buffer): Promise<Response>;
}

interface Waiting {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
}

/** Opens a connection to a port of this machine. */
export const openConnection = (port: number, host = "127.0.0.1"): Promise<Connection> =>
  new Promise((opened, failed) => {
    const socket = connect({ port, host, noDelay: true });
    const reader = createResponseReader();
    let waiting: Waiting | undefined;
    const fail = (error: Error) => {
      failed(error);
      waiting?.reject(error);
      waiting = undefined;
    };
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("the server closed the connection")));
    socket.on("data", (data) => {
      const response = reader.push(data);
      if (response === undefined) return;
      const { resolve } = waiting ?? {};
      waiting = undefined;
      resolve?.(response);
    });
    const send = (request: Buffer): Promise<Response> =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) {
          reject(new Error("the server closed the connection"));
          return;
        }
        waiting = { resolve, reject };
        socket.write(request);
      });
    socket.on("connect", () => opened({ send, [Symbol.dispose]: () => socket.destroy() }));
  });
