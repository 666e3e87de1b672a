import { answerOf, client, plainClient } from "@/lib/client";
import { ApiError, errorFrom } from "./http";
import type { User } from "./types";

/** After so many milliseconds without an answer the service counts as gone. */
const PATIENCE = 5_000;

/** Who is signed in; null for nobody. */
export async function getSession(): Promise<User | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return (await answerOf(client.GET("/api/auth/get-session", { signal }))).data?.user ?? null;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

// A wrong password is a 401 too, so these go by a client to which a 401 does not mean that the session is over.

/** Who is signed in by that; null where a code is asked besides. */
export async function signIn(body: { email: string; password: string }): Promise<User | null> {
  const { data } = await answerOf(plainClient.POST("/api/auth/sign-in/email", { body }));
  return "user" in data ? data.user : null;
}

export async function signUp(body: { name: string; email: string; password: string }): Promise<User> {
  return (await answerOf(plainClient.POST("/api/auth/sign-up/email", { body }))).data.user;
}

export async function signOut(): Promise<void> {
  await answerOf(plainClient.POST("/api/auth/sign-out"));
}

/** Whether this server sends mail; false where nobody can say, as on an older one. */
export async function canMail(): Promise<boolean> {
  const answer = await fetch("/api/auth/abilities", { cache: "no-store" });
  if (!answer.ok) return false;
  return ((await answer.json()) as { mail?: boolean }).mail === true;
}

/** A POST whose 401 or 400 is about what was typed, and tells nothing of the session. */
async function post(path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), cache: "no-store" });
  if (!answer.ok) throw errorFrom(answer.status, await answer.text());
}

/** Have a link to a new password mailed, if the address has an account; nobody is told whether it has. */
export function requestPasswordReset(email: string): Promise<void> {
  return post("/api/auth/request-password-reset", { email, redirectTo: "/reset-password" });
}

/** Set a new password by a mailed token. It ends all sessions. */
export function resetPassword(token: string, newPassword: string): Promise<void> {
  return post("/api/auth/reset-password", { token, newPassword });
}

/** Have a link mailed that confirms the address. */
export function sendVerification(email: string): Promise<void> {
  return post("/api/auth/send-verification-email", { email, callbackURL: "/verify-email" });
}
