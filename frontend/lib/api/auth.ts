import { errorFrom, tracedFetch } from "./http";
import type { User } from "./types";

/** Better Auth's routes. A wrong password is a 401 as well, so these do not end a session by themselves. */
async function post<Answer>(path: string, body: object): Promise<Answer> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw await errorFrom(response);
  return (await response.json()) as Answer;
}

export async function getSession(): Promise<User | null> {
  const response = await tracedFetch("/api/auth/get-session", { cache: "no-store" });
  if (response.status === 401) return null;
  if (!response.ok) throw await errorFrom(response);
  const session = (await response.json()) as { user: User } | null;
  return session?.user ?? null;
}

export async function signIn(credentials: { email: string; password: string }): Promise<User> {
  return (await post<{ user: User }>("/api/auth/sign-in/email", credentials)).user;
}

export async function signUp(account: { name: string; email: string; password: string }): Promise<User> {
  return (await post<{ user: User }>("/api/auth/sign-up/email", account)).user;
}

export async function signOut(): Promise<void> {
  await post("/api/auth/sign-out", {});
}
