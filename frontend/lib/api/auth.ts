import { answerOf, client, plainClient } from "@/lib/client";
import { ApiError } from "./http";
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

export async function signIn(body: { email: string; password: string }): Promise<User> {
  return (await answerOf(plainClient.POST("/api/auth/sign-in/email", { body }))).data.user;
}

export async function signUp(body: { name: string; email: string; password: string }): Promise<User> {
  return (await answerOf(plainClient.POST("/api/auth/sign-up/email", { body }))).data.user;
}

export async function signOut(): Promise<void> {
  await answerOf(plainClient.POST("/api/auth/sign-out"));
}
