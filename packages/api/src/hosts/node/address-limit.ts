import type { Server } from "node:http";

/** The first half of an IPv6 address, its groups without zeros in front: whoever has a line has all of the second half. */
const networkOf = (address: string): string => {
  const [head = "", tail] = address.split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array.from({ length: zeros }, () => "0"), ...last];
  return groups.slice(0, 4).join(":");
};

/** What connections are counted by; undefined for those of this machine, a proxy's for one. */
const holderOf = (address: string): string | undefined => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  if (plain === "::1" || plain.startsWith("127.")) return undefined;
  return plain.includes(":") ? networkOf(plain) : plain;
};

/** Closes what one address opens beyond its share, so that a client that leaks connections leaves some for others. */
export const limitByAddress = (server: Server, max: number): void => {
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const holder = holderOf(socket.remoteAddress ?? "");
    if (holder === undefined) return;
    const count = open.get(holder) ?? 0;
    if (count >= max) {
      socket.destroy();
      return;
    }
    open.set(holder, count + 1);
    socket.once("close", () => {
      const left = (open.get(holder) ?? 0) - 1;
      if (left > 0) open.set(holder, left);
      else open.delete(holder);
    });
  });
};
