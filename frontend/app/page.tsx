import { cookies } from "next/headers";
import { Home } from "@/components/shell/home";

/** Login or the list, at one address. Needs no backend: a probe's GET is answered from the cookie alone. */
export default async function Page() {
  const names = (await cookies()).getAll().map((cookie) => cookie.name);
  return <Home hasCookie={names.some((name) => name.endsWith("better-auth.session_token"))} />;
}
