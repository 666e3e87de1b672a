import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { Change, Task, TaskPage } from "@/lib/api/types";
import { readTask } from "@/lib/api/tasks";
import { createStore } from "@/lib/shell/store";
import { byOrder } from "./tree";

/** The page's copy of the open tasks; those ticked a moment ago stay in it as `done` until they leave the list. */
export const OPEN = ["tasks", "open"] as const;
export const DONE = ["tasks", "done"] as const;
export const COMPLETIONS = ["tasks", "completions"] as const;
export const SEARCH = ["tasks", "search"] as const;
const SUBTASKS = ["tasks", "subtasks"] as const;
export const subtasksKey = (id: string) => [...SUBTASKS, id] as const;

/** How long a ticked row is still seen, in milliseconds. */
const LINGER = 900;
/** How long changes are gathered before counts are asked for, in milliseconds, and for how many tasks at most. */
const COUNT_PAUSE = 300;
const MOST_COUNTED = 5;

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

/** The lists of subtasks that were read, each as `change` makes it; its own task's id is the list's. */
function changeSubtasks(client: QueryClient, change: (tasks: Task[], parentId: string) => Task[]): void {
  for (const [key, tasks] of client.getQueriesData<Task[]>({ queryKey: SUBTASKS })) {
    if (tasks) client.setQueryData<Task[]>(key, change(tasks, String(key[2])));
  }
}

/** Count one task in or out of what its parent shows; the server's own count follows. */
function countAt(client: QueryClient, task: Task, step: 1 | -1): void {
  const parent = task.parent_id && findTask(client, task.parent_id);
  if (!parent) return;
  const counts = { open: parent.subtasks?.open ?? 0, done: parent.subtasks?.done ?? 0 };
  counts[task.status] = Math.max(0, counts[task.status] + step);
  setCounts(client, parent.id, counts);
}

/** What a task says of its subtasks: no change of the task itself, so that its version stays. */
export function setCounts(client: QueryClient, id: string, counts: Task["subtasks"]): void {
  const counted = (tasks: Task[]) => tasks.map((task) => (task.id === id ? { ...task, subtasks: counts } : task));
  client.setQueryData<Task[]>(OPEN, (tasks) => tasks && counted(tasks));
  changeDone(client, counted);
  changeSubtasks(client, counted);
}

export function findTask(client: QueryClient, id: string): Task | undefined {
  const open = client.getQueryData<Task[]>(OPEN)?.find((task) => task.id === id);
  if (open) return open;
  const under = client.getQueriesData<Task[]>({ queryKey: SUBTASKS }).flatMap(([, tasks]) => tasks ?? []);
  const subtask = under.find((task) => task.id === id);
  if (subtask) return subtask;
  return client.getQueryData<DonePages>(DONE)?.pages.flatMap((page) => page.items).find((task) => task.id === id);
}

/** Which of these the page holds: open ones, subtasks, done ones as far as they were read, and what a search found. */
export function findTasks(client: QueryClient, ids: ReadonlySet<string>): Task[] {
  const found = new Map<string, Task>();
  const note = (tasks: Task[]) => tasks.forEach((task) => ids.has(task.id) && !found.has(task.id) && found.set(task.id, task));
  note(client.getQueryData<Task[]>(OPEN) ?? []);
  for (const [, tasks] of client.getQueriesData<Task[]>({ queryKey: SUBTASKS })) note(tasks ?? []);
  for (const page of client.getQueryData<DonePages>(DONE)?.pages ?? []) note(page.items);
  for (const [, page] of client.getQueriesData<TaskPage>({ queryKey: SEARCH })) note(page?.items ?? []);
  return [...ids].flatMap((id) => found.get(id) ?? []);
}

function dropWhenStillDone(client: QueryClient, id: string): void {
  client.setQueryData<Task[]>(OPEN, (tasks) => tasks?.filter((task) => task.id !== id || task.status === "open"));
}

/** Put `task` where its status says; `now` skips the moment in which a ticked row is still seen. */
export function putTask(client: QueryClient, task: Task, { now = false, added = false } = {}): void {
  const before = findTask(client, task.id);
  if (before && (before.status !== task.status || before.parent_id !== task.parent_id)) countAt(client, before, -1);
  if (before ? before.status !== task.status || before.parent_id !== task.parent_id : added) countAt(client, task, 1);
  remember(task.id, task);
  changeSubtasks(client, (tasks, parentId) =>
    parentId === task.parent_id ? withTask(tasks, task).sort(byOrder) : withoutTask(tasks, task.id),
  );
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
  const before = findTask(client, id);
  if (before) countAt(client, before, -1);
  remember(id, null);
  changeSubtasks(client, (tasks) => withoutTask(tasks, id));
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
  if (changes.some(({ after }) => after?.recurrence)) void client.invalidateQueries({ queryKey: COMPLETIONS });
  countSoon(client, changes.flatMap(({ before, after }) => [before?.parent_id, after?.parent_id]));
}

const uncounted = new Set<string>();
let counting: ReturnType<typeof setTimeout> | undefined;

/** Ask what these tasks now say of their subtasks, once for all that changed in a moment. */
function countSoon(client: QueryClient, ids: (string | null | undefined)[]): void {
  for (const id of ids) if (id && findTask(client, id)) uncounted.add(id);
  if (uncounted.size === 0) return;
  clearTimeout(counting);
  counting = setTimeout(() => {
    const asked = [...uncounted];
    uncounted.clear();
    // A few are asked for one by one; after many changes the lists are read again anyway.
    if (asked.length > MOST_COUNTED) return void client.invalidateQueries({ queryKey: ["tasks"] });
    for (const id of asked) {
      readTask(id).then(
        (task) => setCounts(client, id, task.subtasks),
        () => client.invalidateQueries({ queryKey: ["tasks"] }),
      );
    }
  }, COUNT_PAUSE);
}

/** The subtasks of a task as they were read, brought up to date in the same way. */
export function mergeSubtasks(fetched: Task[], parentId: string, startedAt: number): Task[] {
  const tasks = new Map(fetched.map((task) => [task.id, task]));
  for (const { at, id, task } of recentChanges.get()) {
    if (at < startedAt) continue;
    if (task?.parent_id !== parentId) tasks.delete(id);
    else if ((tasks.get(id)?.version ?? -1) <= task.version) tasks.set(id, task);
  }
  return [...tasks.values()].sort(byOrder);
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
