import type { Schemas } from "@/lib/client";

/** The shapes of the HTTP contract that the page works with, by the names that it uses. */
export type Task = Schemas["TaskOut"];
export type Priority = NonNullable<Task["priority"]>;
export type TaskPage = Schemas["PageOut"];
export type Change = Schemas["ChangeOut"];
export type Undone = Schemas["UndoOut"];
export type ConversationSummary = Schemas["ConversationOut"];
export type User = Pick<Schemas["UserOut"], "id" | "name" | "email">;

/** What a person can set; absent leaves a field as it is, null clears it. */
export type TaskFields = Omit<Schemas["TaskPatch"], "tags" | "order"> & { tags?: string[]; order?: number };

export type Span = Omit<Schemas["SpanOut"], "kind"> & {
  kind: "date" | "time" | "recurrence" | "priority" | "tag" | "project";
};
