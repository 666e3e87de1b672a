import { forward } from "@/lib/server/forward";

/** The list for other assistants (Model Context Protocol), so that users have one address: the page's. */
export const dynamic = "force-dynamic";
export const runtime = "nodejs";

export {
  forward as GET,
  forward as POST,
  forward as DELETE,
};
