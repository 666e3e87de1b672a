import { answerOf, client, type Schemas } from "@/lib/client";

export type Token = Schemas["TokenOut"];
export type MadeToken = Schemas["MadeTokenOut"];
export type NewToken = Schemas["TokenCreate"];

export async function listTokens(signal?: AbortSignal): Promise<Token[]> {
  return (await answerOf(client.GET("/api/tokens", { signal }))).data;
}

/** The answer is the only one that holds the token itself. */
export async function makeToken(body: NewToken): Promise<MadeToken> {
  return (await answerOf(client.POST("/api/tokens", { body }))).data;
}

export async function revokeToken(id: string): Promise<void> {
  await answerOf(client.DELETE("/api/tokens/{token_id}", { params: { path: { token_id: id } } }));
}
