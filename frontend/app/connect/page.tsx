import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Home } from "@/components/shell/home";

export const metadata: Metadata = { title: "Connect an app", robots: { index: false } };

/** Login, then whether an app may use the list; `?request=` is what it asked for. */
export default async function Page() {
  const names = (await cookies()).getAll().map((cookie) => cookie.name);
  return <Home hasCookie={names.some((name) => name.endsWith("better-auth.session_token"))} place="connect" />;
}
