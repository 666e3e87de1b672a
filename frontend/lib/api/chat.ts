import type { UIMessage } from "ai";
import { answerOf, client } from "@/lib/client";
import { browserZone } from "./http";
import type { Change, ConversationSummary, Span } from "./types";

export interface Receipt {
  changes: Change[];
  /** Undoes all of them. */
  undo_token: string | null;
  /** The tool calls that made them; receipts of before there were such tokens have none. */
  calls?: { id: string; tool: string; undo_token: string; revisions: number[] }[];
}

export interface Choice {
  number: number;
  label: string;
}

/** A change that is not made yet, or the part of a made one that says what it was. */
export type PlannedChange = Pick<Change, "kind" | "before" | "after" | "undoes">;

interface AskedCall {
  tool: string;
  label: string;
  tasks: { number: number; title: string }[];
  changes?: PlannedChange[];
}

/** A question before a change: what it would do, and until when it can be answered. */
export interface Approval {
  id: string;
  expires_at: string;
  calls: AskedCall[];
}

export type ChatMessage = UIMessage<
  unknown,
  { receipt: Receipt; choices: { choices: Choice[] }; approval: Approval }
>;

/** A tool call, as far as it has come. */
export type ToolPart = Extract<ChatMessage["parts"][number], { type: `tool-${string}` }>;

export const isToolPart = (part: ChatMessage["parts"][number]): part is ToolPart => part.type.startsWith("tool-");

/** What a turn's request carries beside its text. */
export interface TurnExtras {
  /** Ranges of the text, in code points, that are to be read as plain words. */
  plain?: [number, number][];
  approval?: { id: string; approved: boolean };
}

/** How a text is read: as a message to the assistant, or as tasks whatever else it could mean. */
export type ReadAs = "message" | "tasks";

export async function interpret(text: string, plain: [number, number][], as: ReadAs, signal: AbortSignal): Promise<Span[]> {
  const body = { text, plain, timezone: browserZone(), as_tasks: as === "tasks" };
  return (await answerOf(client.POST("/api/interpret", { body, signal }))).data.spans as Span[];
}

export async function listConversations(): Promise<ConversationSummary[]> {
  return (await answerOf(client.GET("/api/conversations", { params: { query: { limit: 20 } } }))).data.items;
}

export async function readConversation(id: string): Promise<ChatMessage[]> {
  const { data } = await answerOf(client.GET("/api/conversations/{id}", { params: { path: { id } } }));
  // The document leaves the parts open: they are the AI SDK's.
  return data.messages as unknown as ChatMessage[];
}

/** The revisions of a conversation's changes that are taken back. */
export async function readUndone(id: string): Promise<number[]> {
  return (await answerOf(client.GET("/api/conversations/{id}/undone", { params: { path: { id } } }))).data.revisions;
}
