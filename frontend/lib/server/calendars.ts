import { request as ask, Server, type IncomingMessage, type ServerResponse } from "node:http";
import { request as askSecurely } from "node:https";
import { backendOrigin } from "./forward";

const PATH = /^\/(dav(?:[/?]|$)|\.well-known\/caldav(?:[/?]|$))/;
// Some programs that are given the host alone ask there at first; the backend tells them where to go.
const ROOT = /^\/(?:\?|$)/;
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect"];

function headersOf(incoming: IncomingMessage): NodeJS.Dict<string | string[]> {
  const headers: NodeJS.Dict<string | string[]> = { ...incoming.headers };
  for (const name of HOP_BY_HOP) delete headers[name];
  headers["x-forwarded-host"] ??= incoming.headers.host;
  headers["x-forwarded-proto"] ??= "http";
  headers["x-forwarded-for"] ??= incoming.socket.remoteAddress;
  delete headers.host;
  return headers;
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, error: Error): void {
  if (outgoing.headersSent || incoming.destroyed) {
    outgoing.destroy();
    return;
  }
  console.error(`${incoming.method} ${incoming.url?.split("?")[0]}: the backend did not answer:`, error);
  const detail = "The todo service can't be reached right now. Nothing was changed; try again in a moment.";
  const body = JSON.stringify({ type: "about:blank", title: "Bad Gateway", status: 502, detail });
  outgoing.writeHead(502, { "content-type": "application/problem+json", "cache-control": "no-store", "retry-after": "2" });
  outgoing.end(body);
}

function isForCalendars(incoming: IncomingMessage): boolean {
  const url = incoming.url ?? "";
  return PATH.test(url) || (incoming.method === "PROPFIND" && ROOT.test(url));
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const url = new URL(backendOrigin());
  const options = { method: incoming.method, headers: headersOf(incoming), path: incoming.url };
  const sent = (url.protocol === "https:" ? askSecurely : ask)(url, options, (answer) => {
    const headers = { ...answer.headers };
    for (const name of HOP_BY_HOP) delete headers[name];
    outgoing.writeHead(answer.statusCode ?? 502, headers);
    answer.on("error", () => outgoing.destroy());
    answer.pipe(outgoing);
  });
  sent.on("error", (error) => refuse(incoming, outgoing, error));
  outgoing.on("close", () => sent.destroy());
  incoming.pipe(sent);
}

/**
 * Calendar programs (CalDAV) use methods that Next.js lets no route have, such as PROPFIND, so their requests are
 * passed on before it sees them.
 */
export function passCalendarsOn(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (this: Server, event: string | symbol, ...rest: unknown[]): boolean {
    const incoming = rest[0] as IncomingMessage;
    if (event !== "request" || !isForCalendars(incoming)) return (emit as (...all: unknown[]) => boolean).call(this, event, ...rest);
    pass(incoming, rest[1] as ServerResponse);
    return true;
  } as typeof emit;
}
