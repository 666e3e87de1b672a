import { answerOf, client, type Schemas } from "@/lib/client";
import type { Undone } from "./types";

export type Entry = Schemas["EntryOut"];
export type HistoryPage = Schemas["HistoryOut"];
export type Preview = Schemas["PreviewOut"];

const PAGE = 50;

export async function readHistory(task: string | null, cursor: number | null, signal: AbortSignal): Promise<HistoryPage> {
  const query = { task: task ?? undefined, cursor: cursor ?? undefined, limit: PAGE };
  return (await answerOf(client.GET("/api/history", { params: { query }, signal }))).data;
}

/** What putting the list back to a revision would change. */
export async function previewRestore(revision: number, signal: AbortSignal): Promise<Preview> {
  return (await answerOf(client.GET("/api/history/preview", { params: { query: { to_revision: revision } }, signal }))).data;
}

/** Put the list back as previewed; an ApiError 412 where it has changed since. */
export async function restoreList(preview: Preview): Promise<Undone> {
  const body = { to_revision: preview.to_revision, if_revision: preview.revision };
  return (await answerOf(client.POST("/api/undo", { body }))).data;
}

export async function redo(): Promise<Undone> {
  return (await answerOf(client.POST("/api/redo", {}))).data;
}
