import { stopping } from "./shutdown";

/** Headers that belong to one connection (RFC 9110, 7.6.1), or that fetch sets anew for its own. */
const NOT_FORWARDED = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "content-length",
  "expect",
];

/** Where the backend is, read anew for each request so that one build serves any backend. */
export function backendOrigin(): string {
  // The name is computed: a literal `process.env.NEXT_PUBLIC_…` would be replaced by its value at build time.
  const name = ["NEXT", "PUBLIC", "API", "URL"].join("_");
  return (process.env[name] || "http://127.0.0.1:8000").replace(/\/+$/, "");
}

function withoutConnectionHeaders(headers: Headers): Headers {
  const kept = new Headers(headers);
  const named = (headers.get("connection") ?? "").split(",").map((name) => name.trim());
  for (const name of [...NOT_FORWARDED, ...named]) if (name) kept.delete(name);
  return kept;
}

function requestHeaders(request: Request): Headers {
  const headers = withoutConnectionHeaders(request.headers);
  const url = new URL(request.url);
  const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? url.host;
  headers.set("x-forwarded-host", host);
  headers.set("x-forwarded-proto", request.headers.get("x-forwarded-proto") ?? url.protocol.slice(0, -1));
  // A compressed stream would be held back until a block is full.
  headers.set("accept-encoding", "identity");
  return headers;
}

function responseHeaders(answer: Response): Headers {
  const headers = withoutConnectionHeaders(answer.headers);
  // fetch has already decoded the body.
  headers.delete("content-encoding");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  // The page server compresses whatever it may, and a compressed stream is held back until a block is full.
  if (headers.get("content-type")?.startsWith("text/event-stream")) headers.append("cache-control", "no-transform");
  headers.set("x-accel-buffering", "no");
  return headers;
}

/** RFC 9457: what the page shows when the backend did not answer. */
function unreachable(request: Request, error: unknown): Response {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  console.error(`${request.method} ${new URL(request.url).pathname}: the backend did not answer:`, cause);
  const problem = {
    type: "about:blank",
    title: "Bad Gateway",
    status: 502,
    detail: "The todo service can't be reached right now. Nothing was changed; try again in a moment.",
  };
  const headers = { "content-type": "application/problem+json", "cache-control": "no-store", "retry-after": "2" };
  return new Response(JSON.stringify(problem), { status: 502, headers });
}

/**
 * A pod that goes away may close a kept connection just as it is used. What changes nothing can be asked once more
 * (RFC 9110, 9.2.2).
 */
async function ask(request: Request, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted || !["GET", "HEAD"].includes(request.method)) throw error;
    return await fetch(url, init);
  }
}

/** Pass `request` to the backend and its answer back, both as streams; the client leaving ends both. */
export async function forward(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const hasBody = request.body !== null && request.method !== "GET" && request.method !== "HEAD";
  const endless = request.headers.get("accept")?.includes("text/event-stream") && request.method === "GET";
  try {
    const answer = await ask(request, `${backendOrigin()}${pathname}${search}`, {
      method: request.method,
      headers: requestHeaders(request),
      body: hasBody ? request.body : undefined,
      redirect: "manual",
      cache: "no-store",
      signal: endless ? AbortSignal.any([request.signal, stopping]) : request.signal,
      ...(hasBody ? { duplex: "half" } : {}),
    } as RequestInit);
    return new Response(answer.body, { status: answer.status, headers: responseHeaders(answer) });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return unreachable(request, error);
  }
}
