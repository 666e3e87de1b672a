import type { Schemas } from "@/lib/client";
import type { Reminder } from "./reminders";

/** The shapes of the HTTP contract that the page works with, by the names that it uses. */
export type Task = Schemas["TaskOut"] & { /** Null: those of the settings; empty: none. */ reminders?: Reminder[] | null };
export type Priority = NonNullable<Task["priority"]>;
export type TaskPage = Schemas["PageOut"];
export type Completion = Omit<Schemas["CompletionOut"], "task"> & { task: Task };
export type Change = Omit<Schemas["ChangeOut"], "before" | "after"> & { before: Task | null; after: Task | null };
export type Undone = Schemas["UndoOut"];
export type ConversationSummary = Schemas["ConversationOut"];
export type User = Pick<Schemas["UserOut"], "id" | "name" | "email">;

/** What a person can set; absent leaves a field as it is, null clears it. */
export type TaskFields = Omit<Schemas["TaskPatch"], "tags" | "order" | "reminders"> & { tags?: string[]; order?: number; reminders?: Reminder[] | null };

export type Span = Omit<Schemas["SpanOut"], "kind"> & {
  kind: "date" | "time" | "recurrence" | "priority" | "tag" | "project";
};
