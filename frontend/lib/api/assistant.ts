import { answerOf, client, type Schemas } from "@/lib/client";

export type Assistant = Schemas["AssistantOut"];
export type Engine = Assistant["setting"];
export type Day = Schemas["Day"];

/** The query's key. */
export const ASSISTANT = ["assistant"];

/** Which engine answers, and what is left of today's limits. */
export async function readAssistant(signal?: AbortSignal): Promise<Assistant> {
  return (await answerOf(client.GET("/api/assistant", { signal }))).data;
}

export async function chooseEngine(assistant: Engine): Promise<void> {
  await answerOf(client.PATCH("/api/me", { body: { settings: { assistant } } }));
}
