import { forward } from "@/lib/server/forward";

/** Where apps learn how to connect; the backend answers it for this page's address. */
export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export {
  forward as GET,
};
