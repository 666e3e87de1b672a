import { DefaultChatTransport, type UIMessage } from "ai";
import { browserZone, errorFrom, tracedFetch } from "./http";
import type { Change, ConversationSummary, Interpretation } from "./types";

export interface Receipt {
  changes: Change[];
  undo_token: string | null;
}

export interface Choice {
  number: number;
  label: string;
}

/** A question before a change: what it would do, and until when it can be answered. */
export interface Approval {
  id: string;
  expires_at: string;
  calls: { tool: string; label: string; tasks: { number: number; title: string }[] }[];
}

export type ChatMessage = UIMessage<
  unknown,
  { receipt: Receipt; choices: { choices: Choice[] }; approval: Approval }
>;

/** What a turn's request carries beside its text. */
export interface TurnExtras {
  /** Ranges of the text, in code points, that are to be read as plain words. */
  plain?: [number, number][];
  approval?: { id: string; approved: boolean };
}

/** The last message is enough: the server keeps the conversation. */
export const chatTransport = new DefaultChatTransport<ChatMessage>({
  api: "/api/chat/stream",
  fetch: tracedFetch as typeof fetch,
  prepareSendMessagesRequest: ({ id, messages, trigger, messageId, body }) => ({
    body: { ...body, id, trigger, messageId, messages: messages.slice(-1), timezone: browserZone() },
  }),
});

async function read<Answer>(path: string, init?: RequestInit): Promise<Answer> {
  const response = await tracedFetch(path, { cache: "no-store", ...init });
  if (!response.ok) throw await errorFrom(response);
  return (await response.json()) as Answer;
}

export function interpret(text: string, plain: [number, number][], signal: AbortSignal): Promise<Interpretation> {
  const body = JSON.stringify({ text, plain, timezone: browserZone() });
  return read("/api/interpret", { method: "POST", headers: { "Content-Type": "application/json" }, body, signal });
}

export async function listConversations(): Promise<ConversationSummary[]> {
  return (await read<{ items: ConversationSummary[] }>("/api/conversations?limit=20")).items;
}

export async function readConversation(id: string): Promise<ChatMessage[]> {
  return (await read<{ messages: ChatMessage[] }>(`/api/conversations/${encodeURIComponent(id)}`)).messages;
}

export async function deleteConversation(id: string): Promise<void> {
  const response = await tracedFetch(`/api/conversations/${encodeURIComponent(id)}`, { method: "DELETE" });
  if (!response.ok) throw await errorFrom(response);
}
