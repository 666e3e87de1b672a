import { readFile } from "node:fs/promises";
import { join } from "node:path";

// Read when the page is built: the release holds the answer, not the file.
export const dynamic = "force-static";

/** The service worker; at the root, since it may serve what lies below its own address. */
export async function GET(): Promise<Response> {
  const script = await readFile(join(process.cwd(), "worker", "service-worker.js"));
  return new Response(new Uint8Array(script), {
    // A browser asks for it anew at each visit, so that an upgrade reaches it.
    headers: { "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache" },
  });
}
