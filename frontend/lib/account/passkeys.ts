import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import type { Account } from "@/lib/api/account";
import { ApiError } from "@/lib/api/http";
import { answerOf, plainClient } from "@/lib/client";

/** Whether this browser knows passkeys at all: over http it does so at localhost alone. */
export const knowsPasskeys = (): boolean => typeof window !== "undefined" && "PublicKeyCredential" in window;

/** The person turned away from the browser's question; nothing is wrong. */
export class TurnedAway extends Error {}

// The library comes when it is first needed.
const library = () => import("@simplewebauthn/browser");

/** What went wrong in the browser's own part, in a sentence. */
async function told<Answer>(asking: Promise<Answer>): Promise<Answer> {
  const { WebAuthnError } = await library();
  try {
    return await asking;
  } catch (error) {
    if (error instanceof WebAuthnError && error.code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") {
      throw new ApiError("This device has a passkey for your account already.", 400);
    }
    if (error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError")) throw new TurnedAway();
    throw new ApiError("This browser could not use a passkey here.", 400);
  }
}

/** Make a passkey on this device or another, and keep it under this name. */
export async function makePasskey(name: string): Promise<void> {
  const { data } = await answerOf(plainClient.GET("/api/auth/passkey/generate-register-options"));
  const { startRegistration } = await library();
  const made = await told(startRegistration({ optionsJSON: data as unknown as PublicKeyCredentialCreationOptionsJSON }));
  await answerOf(plainClient.POST("/api/auth/passkey/verify-registration", { body: { name, response: { ...made } } }));
}

/** Sign in by a passkey; no address is typed. */
export async function signInByPasskey(): Promise<Account> {
  const { data } = await answerOf(plainClient.GET("/api/auth/passkey/generate-authenticate-options"));
  const { startAuthentication } = await library();
  const signed = await told(startAuthentication({ optionsJSON: data as unknown as PublicKeyCredentialRequestOptionsJSON }));
  return (await answerOf(plainClient.POST("/api/auth/passkey/verify-authentication", { body: { response: { ...signed } } }))).data.user;
}
