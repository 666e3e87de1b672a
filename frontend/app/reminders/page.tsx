import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Home } from "@/components/shell/home";

export const metadata: Metadata = { title: "Reminders" };

/** Login or what will be reminded of, at one address. */
export default async function Page() {
  const names = (await cookies()).getAll().map((cookie) => cookie.name);
  return <Home hasCookie={names.some((name) => name.endsWith("better-auth.session_token"))} place="reminders" />;
}
