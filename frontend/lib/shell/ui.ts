import type { Task } from "@/lib/api/types";
import { keyOf } from "@/lib/tasks/identity";
import { createStore } from "./store";

/** What is open or chosen on the page; none of it outlives a reload. */
export const selectedTask = createStore<string | null>(null);
export const editedTask = createStore<string | null>(null);
/** The task that a notification or an address asks to see, until it is shown. */
export const wantedTask = createStore<string | null>(null);
/** The tasks whose subtasks are shown. */
export const unfoldedTasks = createStore<ReadonlySet<string>>(new Set());
/** The task that was ticked off while tasks within it are open: what becomes of these is asked. */
export const askedTask = createStore<Task | null>(null);
/** The task that is to get a subtask: its line takes the focus once it is drawn. */
export const growingTask = createStore<string | null>(null);
export const helpOpen = createStore(false);
export const menuOpen = createStore(false);
/** On a phone the conversation unfolds over the lower part of the list. */
export const chatOpen = createStore(false);

export const CHAT_INPUT = "chat-input";
export const NEW_TASK_INPUT = "new-task-input";
export const SEARCH_INPUT = "search-input";
export const rowId = (id: string): string => `task-${keyOf(id)}`;

export const subtaskInputId = (id: string): string => `add-to-${keyOf(id)}`;

/** Focus an element by id, at once if it is there: the next key may follow immediately. Else once React has drawn it. */
export function focusSoon(id: string): void {
  const element = document.getElementById(id);
  if (element) element.focus();
  else requestAnimationFrame(() => document.getElementById(id)?.focus());
}
