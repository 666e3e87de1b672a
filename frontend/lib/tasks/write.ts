import type { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/lib/api/http";
import * as api from "@/lib/api/tasks";
import type { Task, TaskFields } from "@/lib/api/types";
import { randomId } from "@/lib/shell/identifiers";
import { toast, type Toast } from "@/lib/shell/toasts";
import { editedTask, selectedTask } from "@/lib/shell/ui";
import { findTask, OPEN, putTask, removeTask } from "./cache";
import { rename } from "./identity";
import { awaitBeforeUndo, pushUndo, undoTurn } from "./undo";

/** One change: shown at once, sent, then replaced by the server's answer or taken back with a message. */
interface Write<Value> {
  /** Writes of one task go out one after another. */
  taskId: string;
  show: () => void;
  send: () => Promise<api.Written<Value>>;
  settle: (value: Value) => void;
  takeBack: (error: unknown) => void;
}

function run<Value>(client: QueryClient, change: Write<Value>): Promise<api.Written<Value> | null> {
  const written = carryOut(client, change);
  awaitBeforeUndo(written);
  return written;
}

async function carryOut<Value>(client: QueryClient, change: Write<Value>): Promise<api.Written<Value> | null> {
  const wasFetching = client.isFetching({ queryKey: OPEN }) > 0;
  await client.cancelQueries({ queryKey: ["tasks"] });
  change.show();
  const mutation = client.getMutationCache().build<api.Written<Value>, Error, void, void>(client, {
    scope: { id: change.taskId },
    networkMode: "always",
    mutationFn: change.send,
  });
  try {
    const written = await mutation.execute();
    change.settle(written.value);
    pushUndo(written.undoToken);
    return written;
  } catch (error) {
    change.takeBack(error);
    return null;
  } finally {
    if (wasFetching) void client.invalidateQueries({ queryKey: ["tasks"] });
  }
}

function offerUndo(client: QueryClient, message: string, written: api.Written<unknown> | null): void {
  const token = written?.undoToken;
  if (token) toast(message, { action: { label: "Undo", run: () => void undoTurn(client, token) } });
}

function failed(what: string, error: unknown, action?: Toast["action"]): void {
  // The login page says it.
  if (error instanceof ApiError && error.status === 401) return;
  toast(`${what} ${api.failureMessage(error)}`, { tone: "error", action });
}

function newTask(fields: TaskFields & { title: string }, order: number): Task {
  const now = new Date().toISOString();
  const blank = { notes: null, due: null, timezone: null, due_at: null, recurrence: null, priority: null, project: null };
  const rest = { number: 0, tags: [], order, status: "open" as const, completed_at: null, version: 0 };
  return { ...blank, ...rest, created_at: now, updated_at: now, ...fields, id: `new-${randomId()}` };
}

/** True while the server has not yet given the task its id. */
export const isUnsaved = (task: Task): boolean => task.id.startsWith("new-");

/** Add a task; `giveBack` gets the typed text if it could not be saved. */
export function addTask(
  client: QueryClient,
  fields: TaskFields & { title: string },
  giveBack: (title: string) => void,
): Promise<unknown> {
  const orders = (client.getQueryData<Task[]>(OPEN) ?? []).map((task) => task.order);
  const task = newTask(fields, Math.max(0, ...orders) + 1);
  return run(client, {
    taskId: task.id,
    show: () => putTask(client, task),
    send: () => api.createTask(fields, randomId()),
    settle: (saved) => {
      rename(task.id, saved.id);
      selectedTask.set((selected) => (selected === task.id ? saved.id : selected));
      removeTask(client, task.id);
      putTask(client, saved);
    },
    takeBack: (error) => {
      removeTask(client, task.id);
      giveBack(fields.title);
      failed("Not added.", error);
    },
  });
}

interface EditOptions {
  /** Refuse to overwrite what changed since the editor was opened. */
  version?: number;
  /** Called when the edit was not saved, so that what was typed is there when the editor opens again. */
  keep?: () => void;
}

function editFailed(client: QueryClient, before: Task, error: unknown, keep?: () => void): void {
  // An event may have brought a newer state meanwhile: that one stays.
  const current = findTask(client, before.id);
  if (!current || current.version === before.version) putTask(client, before);
  keep?.();
  const again = keep && { label: "Edit again", run: () => editedTask.set(before.id) };
  if (error instanceof ApiError && error.status === 412) {
    void client.invalidateQueries({ queryKey: ["tasks"] });
    toast(`“${before.title}” was changed elsewhere meanwhile. Your text is kept.`, { tone: "error", action: again });
  } else {
    failed(`“${before.title}” was not saved.`, error, again);
  }
}

/** Change fields of a task. */
export async function editTask(client: QueryClient, before: Task, fields: TaskFields, options: EditOptions = {}): Promise<void> {
  const shown = { ...before, ...fields, due_at: "due" in fields ? null : before.due_at };
  const written = await run(client, {
    taskId: before.id,
    show: () => putTask(client, shown),
    send: () => api.updateTask(before.id, fields, options.version),
    settle: (saved) => putTask(client, saved),
    takeBack: (error) => editFailed(client, before, error, options.keep),
  });
  // Where a task was dragged to is seen; every other change is said.
  if (!("order" in fields)) offerUndo(client, "Saved.", written);
}

export async function tickTask(client: QueryClient, before: Task): Promise<void> {
  const done = before.status === "done";
  const shown: Task = { ...before, status: done ? "open" : "done", completed_at: done ? null : new Date().toISOString() };
  const written = await run(client, {
    taskId: before.id,
    show: () => putTask(client, shown),
    send: () => (done ? api.reopenTask(before.id) : api.completeTask(before.id)),
    settle: (saved) => putTask(client, saved),
    takeBack: (error) => {
      putTask(client, before);
      failed(`“${before.title}” was not ${done ? "reopened" : "completed"}.`, error);
    },
  });
  const next = written?.value.status === "open" && !done ? " It comes back on its next date." : "";
  const last = written?.value.status === "done" && before.recurrence ? " That was the last time: the series has ended." : "";
  offerUndo(client, `${done ? "Reopened" : "Completed"} “${before.title}”.${next}${last}`, written);
}

export async function deleteTask(client: QueryClient, before: Task): Promise<void> {
  const written = await run(client, {
    taskId: before.id,
    show: () => removeTask(client, before.id),
    send: () => api.deleteTask(before.id),
    settle: () => undefined,
    takeBack: (error) => {
      putTask(client, before);
      failed(`“${before.title}” was not deleted.`, error);
    },
  });
  offerUndo(client, `Deleted “${before.title}”.`, written);
}
