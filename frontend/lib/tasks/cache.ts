import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Change, Task, TaskPage } from "@/lib/api/types";
import { createStore } from "@/lib/shell/store";

/** The page's copy of the open tasks; those ticked a moment ago stay in it as `done` until they leave the list. */
export const OPEN = ["tasks", "open"] as const;
export const DONE = ["tasks", "done"] as const;

/** How long a ticked row is still seen, in milliseconds. */
const LINGER = 900;

type DonePages = InfiniteData<TaskPage, string | null>;

/** Tasks deleted here whose removal may still be overtaken by a list that was read before. */
export const recentChanges = createStore<{ at: number; id: string; task: Task | null }[]>([]);

function remember(id: string, task: Task | null): void {
  const since = Date.now() - 60_000;
  recentChanges.set((entries) => [...entries.filter((entry) => entry.at > since), { at: Date.now(), id, task }]);
}

function withoutTask(tasks: Task[], id: string): Task[] {
  return tasks.filter((task) => task.id !== id);
}

function withTask(tasks: Task[], task: Task): Task[] {
  const index = tasks.findIndex((known) => known.id === task.id);
  if (index < 0) return [...tasks, task];
  return tasks.with(index, task);
}

function changeDone(client: QueryClient, change: (tasks: Task[], page: number) => Task[]): void {
  client.setQueryData<DonePages>(DONE, (data) =>
    data && { ...data, pages: data.pages.map((page, index) => ({ ...page, items: change(page.items, index) })) },
  );
}

export function findTask(client: QueryClient, id: string): Task | undefined {
  const open = client.getQueryData<Task[]>(OPEN)?.find((task) => task.id === id);
  if (open) return open;
  return client.getQueryData<DonePages>(DONE)?.pages.flatMap((page) => page.items).find((task) => task.id === id);
}

function dropWhenStillDone(client: QueryClient, id: string): void {
  client.setQueryData<Task[]>(OPEN, (tasks) => tasks?.filter((task) => task.id !== id || task.status === "open"));
}

/** Put `task` where its status says; `now` skips the moment in which a ticked row is still seen. */
export function putTask(client: QueryClient, task: Task, { now = false } = {}): void {
  remember(task.id, task);
  const known = client.getQueryData<Task[]>(OPEN)?.some(({ id }) => id === task.id);
  if (task.status === "open") {
    client.setQueryData<Task[]>(OPEN, (tasks) => tasks && withTask(tasks, task));
    changeDone(client, (tasks) => withoutTask(tasks, task.id));
    return;
  }
  if (known && !now) {
    client.setQueryData<Task[]>(OPEN, (tasks) => tasks && withTask(tasks, task));
    setTimeout(() => dropWhenStillDone(client, task.id), LINGER);
  } else {
    client.setQueryData<Task[]>(OPEN, (tasks) => tasks && withoutTask(tasks, task.id));
  }
  changeDone(client, (tasks, page) => (page === 0 ? [task, ...withoutTask(tasks, task.id)] : withoutTask(tasks, task.id)));
}

export function removeTask(client: QueryClient, id: string): void {
  remember(id, null);
  client.setQueryData<Task[]>(OPEN, (tasks) => tasks && withoutTask(tasks, id));
  changeDone(client, (tasks) => withoutTask(tasks, id));
}

/** True for a task added here whose answer is still on its way: the event may come first, and would show it twice. */
function isBeingAdded(client: QueryClient, task: Task | null): boolean {
  const open = client.getQueryData<Task[]>(OPEN) ?? [];
  // The typed line holds the title and, it may be, words that were read as more than that.
  return task !== null && open.some(({ id, title }) => id.startsWith("new-") && title.includes(task.title));
}

/** Take in changes that the server reports, unless the copy is already newer. */
export function applyChanges(client: QueryClient, changes: Change[]): void {
  for (const { task_id: id, after, kind } of changes) {
    if (kind === "create" && isBeingAdded(client, after)) continue;
    if (!after) removeTask(client, id);
    else if ((findTask(client, id)?.version ?? -1) <= after.version) putTask(client, after);
  }
}

/** A list read from the server, brought up to date with what changed while it was read. */
export function mergeRecent(fetched: Task[], startedAt: number): Task[] {
  const tasks = new Map(fetched.map((task) => [task.id, task]));
  for (const { at, id, task } of recentChanges.get()) {
    if (at < startedAt) continue;
    if (task?.status !== "open") tasks.delete(id);
    else if ((tasks.get(id)?.version ?? -1) <= task.version) tasks.set(id, task);
  }
  return [...tasks.values()];
}
