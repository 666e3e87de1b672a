import { answerOf, client, type Schemas } from "@/lib/client";

export type LetterboxState = Schemas["LetterboxStateOut"];
export type MadeLetterbox = Schemas["MadeLetterboxOut"];

/** The query's key. */
export const LETTERBOX = ["letterbox"] as const;

export async function readLetterbox(signal?: AbortSignal): Promise<LetterboxState> {
  return (await answerOf(client.GET("/api/letterbox", { signal }))).data;
}

/** The answer is the only one that holds the address; one made before takes nothing more. */
export async function makeLetterbox(senders: string[]): Promise<MadeLetterbox> {
  return (await answerOf(client.POST("/api/letterbox", { body: { senders } }))).data;
}

export async function changeSenders(senders: string[]): Promise<void> {
  await answerOf(client.PATCH("/api/letterbox", { body: { senders } }));
}

export async function revokeLetterbox(): Promise<void> {
  await answerOf(client.DELETE("/api/letterbox"));
}
