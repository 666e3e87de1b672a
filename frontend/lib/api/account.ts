import { answerOf, client, plainClient, type Schemas } from "@/lib/client";
import { ApiError } from "./http";

export type Account = Schemas["UserOut"];
export type Session = Schemas["SessionOut"];
export type Passkey = Schemas["PasskeyOut"];
export type Enrolled = Schemas["Enrolled"];

export const ACCOUNT = ["account"];
export const SESSIONS = ["account", "sessions"];
export const PASSKEYS = ["account", "passkeys"];
export const EXPORT = "/api/account/export";

export interface Here {
  user: Account;
  /** The token of this browser's session, by which it is known in the list. */
  token: string;
}

/** Who is signed in, and by which session. */
export async function readHere(signal?: AbortSignal): Promise<Here> {
  const { data } = await answerOf(client.GET("/api/auth/get-session", { signal }));
  if (!data) throw new ApiError("Your session has ended. Sign in again.", 401);
  return { user: data.user, token: data.session.token };
}

/** True for an error that says: sign in anew for this, your session is older than a day. */
export const asksForSignIn = (error: unknown): boolean => error instanceof ApiError && error.status === 403;

export async function rename(name: string): Promise<void> {
  await answerOf(client.POST("/api/auth/update-user", { body: { name } }));
}

// What follows asks for a password or a code: a wrong one must not read as a session that has ended.

export async function changePassword(body: { currentPassword: string; newPassword: string; revokeOtherSessions: boolean }): Promise<void> {
  await answerOf(plainClient.POST("/api/auth/change-password", { body }));
}

export async function deleteAccount(password: string): Promise<void> {
  await answerOf(plainClient.POST("/api/auth/delete-user", { body: { password } }));
}

export async function listSessions(signal?: AbortSignal): Promise<Session[]> {
  return (await answerOf(client.GET("/api/auth/list-sessions", { signal }))).data;
}

export async function endSession(token: string): Promise<void> {
  await answerOf(client.POST("/api/auth/revoke-session", { body: { token } }));
}

export async function endOtherSessions(): Promise<void> {
  await answerOf(client.POST("/api/auth/revoke-other-sessions"));
}

export async function enableTwoFactor(password: string): Promise<Enrolled> {
  return (await answerOf(plainClient.POST("/api/auth/two-factor/enable", { body: { password, method: "totp" } }))).data;
}

export async function disableTwoFactor(password: string): Promise<void> {
  await answerOf(plainClient.POST("/api/auth/two-factor/disable", { body: { password } }));
}

export async function renewRecoveryCodes(password: string): Promise<string[]> {
  return (await answerOf(plainClient.POST("/api/auth/two-factor/generate-backup-codes", { body: { password } }))).data.backupCodes;
}

/** A code of the app (six digits) or one to recover with, whichever it looks like; who is signed in by it. */
export async function sendCode(code: string, trustDevice: boolean): Promise<Account> {
  const body = { code, trustDevice };
  const digits = code.normalize("NFKC").replace(/[\s-]/g, "");
  if (/^\p{Nd}+$/u.test(digits)) return (await answerOf(plainClient.POST("/api/auth/two-factor/verify-totp", { body }))).data.user;
  return (await answerOf(plainClient.POST("/api/auth/two-factor/verify-backup-code", { body }))).data.user;
}

export async function listPasskeys(signal?: AbortSignal): Promise<Passkey[]> {
  return (await answerOf(client.GET("/api/auth/passkey/list-user-passkeys", { signal }))).data;
}

export async function renamePasskey(id: string, name: string): Promise<void> {
  await answerOf(client.POST("/api/auth/passkey/update-passkey", { body: { id, name } }));
}

export async function removePasskey(id: string): Promise<void> {
  await answerOf(client.POST("/api/auth/passkey/delete-passkey", { body: { id } }));
}
