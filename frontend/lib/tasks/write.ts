import type { QueryClient } from "@tanstack/react-query";
import { ApiError, failureMessage } from "@/lib/api/http";
import * as api from "@/lib/api/tasks";
import type { Task, TaskFields } from "@/lib/api/types";
import { randomId } from "@/lib/shell/identifiers";
import { toast, type Toast } from "@/lib/shell/toasts";
import { askedTask, editedTask, selectedTask } from "@/lib/shell/ui";
import { findTask, OPEN, putTask, removeTask } from "./cache";
import { dueLabel, localDue } from "./dates";
import { rename } from "./identity";
import { isHidden } from "./labels";
import type { Line } from "./lines";
import { progressOf } from "./tree";
import { awaitBeforeUndo, pushUndo, undoTurn } from "./undo";
import { defaultsFor, groupsFor, type Here, type View } from "./views";

/** One change: shown at once, sent, then replaced by the server's answer or taken back with a message. */
interface Write<Value> {
  /** Writes of one task go out one after another. */
  taskId: string;
  show: () => void;
  send: () => Promise<api.Written<Value>>;
  settle: (value: Value) => void;
  takeBack: (error: unknown) => void;
}

export function run<Value>(client: QueryClient, change: Write<Value>): Promise<api.Written<Value> | null> {
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

export function offerUndo(client: QueryClient, message: string, written: api.Written<unknown> | null): void {
  const token = written?.undoToken;
  if (token) toast(message, { action: { label: "Undo", run: () => void undoTurn(client, token) } });
}

export function failed(what: string, error: unknown, action?: Toast["action"]): void {
  // The login page says it.
  if (error instanceof ApiError && error.status === 401) return;
  toast(`${what} ${failureMessage(error)}`, { tone: "error", action });
}

function newTask(fields: TaskFields & { title: string }, order: number): Task {
  const now = new Date().toISOString();
  const blank = { notes: null, due: null, timezone: null, due_at: null, recurrence: null, recurrence_from: null, priority: null, project: null, reminders: null };
  const place = { parent_id: null, subtasks: null };
  const rest = { number: 0, tags: [], order, status: "open" as const, completed_at: null, version: 0 };
  return { ...blank, ...place, ...rest, created_at: now, updated_at: now, ...fields, id: `new-${randomId()}` };
}

/** True while the server has not yet given the task its id. */
export const isUnsaved = (task: Task): boolean => task.id.startsWith("new-");

/** Where something is typed: what is added there gets the view's fields, so that it appears there. */
interface Place {
  view: View;
  here: Here;
  /** The task that gets what is typed as its subtasks. */
  parent?: Task;
}

/** Add typed lines as tasks, each read as the chat reads it; `giveBack` is called if they could not be saved. */
export async function addTyped(client: QueryClient, lines: Line[], place: Place, giveBack: () => void): Promise<void> {
  const { view, here, parent } = place;
  const defaults: api.Defaults = parent ? { parent_id: parent.id } : defaultsFor(view, here);
  const orders = (client.getQueryData<Task[]>(OPEN) ?? []).map((task) => task.order);
  const first = Math.max(0, ...orders) + 1;
  // What a line says of its day is known when it is saved; until then its row stands where it was typed.
  const shown = lines.map((line, index) => newTask({ timezone: here.zone, ...defaults, title: line.text }, first + index));
  lines.forEach((line, index) => {
    const above = lines.slice(0, index).findLastIndex(({ level = 0 }) => level < (line.level ?? 0));
    if (above >= 0) Object.assign(shown[index]!, { due: null, parent_id: shown[above]!.id });
  });
  const removeShown = () => shown.forEach(({ id }) => removeTask(client, id));
  const written = await run(client, {
    taskId: shown[0]!.id,
    show: () => shown.forEach((task) => putTask(client, task, { added: true })),
    send: () => api.addLines(lines, defaults, randomId()),
    settle: (saved) => {
      if (saved.length === shown.length) shown.forEach((task, index) => rename(task.id, saved[index]!.id));
      selectedTask.set((selected) => saved[shown.findIndex(({ id }) => id === selected)]?.id ?? selected);
      removeShown();
      // What stands in a task that came with it is counted there already.
      saved.forEach((task) => putTask(client, task, { added: task.parent_id === parent?.id }));
    },
    takeBack: (error) => {
      removeShown();
      giveBack();
      failed("Not added.", error);
    },
  });
  if (written) tellOfAdded(client, written, place);
}

/** What was added is seen; said is what went elsewhere, and what is more than one. */
function tellOfAdded(client: QueryClient, written: api.Written<Task[]>, { view, here, parent }: Place): void {
  const { value: saved } = written;
  if (parent && saved.length === 1) return;
  const elsewhere = saved.filter((task) => !groupsFor(view, [task], here).some(({ tasks }) => tasks.length > 0));
  if (saved.length > 1) return offerUndo(client, `Added ${saved.length} tasks.`, written);
  if (saved[0] && isHidden(saved[0].project) && view.kind !== "project") {
    return offerUndo(client, `Added “${saved[0].title}” to ${saved[0].project}, which is archived.`, written);
  }
  const due = elsewhere[0] && localDue(elsewhere[0], here.zone);
  if (due) offerUndo(client, `Added “${elsewhere[0]!.title}” for ${dueLabel(due, here.today)}.`, written);
  else if (elsewhere[0]) offerUndo(client, `Added “${elsewhere[0].title}”${elsewhere[0].project ? ` to ${elsewhere[0].project}` : ""}.`, written);
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

/** Tick a task off, or open it again. Where tasks within it are open, it is asked first what becomes of them. */
export async function tickTask(client: QueryClient, before: Task, rest?: "keep" | "complete"): Promise<void> {
  const done = before.status === "done";
  if (!done && !rest && before.subtasks?.open && !before.recurrence) return askedTask.set(before);
  const shown: Task = { ...before, status: done ? "open" : "done", completed_at: done ? null : new Date().toISOString() };
  const written = await run(client, {
    taskId: before.id,
    show: () => putTask(client, shown),
    send: () => (done ? api.reopenTask(before.id) : api.completeTask(before.id, rest)),
    settle: (saved) => putTask(client, saved),
    takeBack: (error) => {
      putTask(client, before);
      failed(`“${before.title}” was not ${done ? "reopened" : "completed"}.`, error);
    },
  });
  const next = written?.value.status === "open" && !done ? " It comes back on its next date." : "";
  const last = written?.value.status === "done" && before.recurrence ? " That was the last time: the series has ended." : "";
  const left = written && "open_subtasks" in written.value ? (written.value as api.Completed).open_subtasks : 0;
  const open = left ? ` ${left === 1 ? "One task within it is" : `${left} tasks within it are`} still open.` : "";
  offerUndo(client, `${done ? "Reopened" : "Completed"} “${before.title}”.${next}${last}${open}`, written);
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
  const progress = progressOf(before);
  const within = progress ? ` and ${progress.total === 1 ? "its subtask" : `its ${progress.total} subtasks`}` : "";
  offerUndo(client, `Deleted “${before.title}”${within}.`, written);
}
