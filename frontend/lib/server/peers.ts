import { Server, type IncomingMessage } from "node:http";
import { BlockList, isIPv6 } from "node:net";

/** Addresses from which a reverse proxy of ours may come (RFC 1918, 4193, 3927, 4291): only those name the client. */
const ours = new BlockList();
for (const [network, bits] of [["127.0.0.0", 8], ["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["169.254.0.0", 16]] as const) {
  ours.addSubnet(network, bits, "ipv4");
}
ours.addAddress("::1", "ipv6");
ours.addSubnet("fc00::", 7, "ipv6");
ours.addSubnet("fe80::", 10, "ipv6");

/** True if what `address` says about whom it forwards for can be believed. */
export function isOurs(address: string): boolean {
  const plain = address.replace(/^::ffff:/, "");
  return ours.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

function nameClient(request: IncomingMessage): void {
  const peer = request.socket.remoteAddress;
  if (peer && !isOurs(peer)) request.headers["x-forwarded-for"] = peer;
}

/**
 * A visitor who comes from outside directly can't claim another's address: sign-in attempts are limited by it.
 * Next.js keeps a given `x-forwarded-for` and hides the socket from its routes, so this stands before it.
 */
export function nameClientsByPeer(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]): boolean {
    if (event === "request") nameClient(rest[0] as IncomingMessage);
    return (emit as (...all: unknown[]) => boolean).call(this, event, ...rest);
  } as typeof emit;
}
