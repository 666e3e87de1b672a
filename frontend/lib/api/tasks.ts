import { answerOf, client } from "@/lib/client";
import type { operations } from "@/lib/client/schema";
import type { Line } from "@/lib/tasks/lines";
import { browserZone } from "./http";
import type { Completion, Task, TaskFields, TaskPage, Undone } from "./types";

/** A write's answer with the token that undoes it. */
export interface Written<Value> {
  value: Value;
  undoToken: string | null;
}

export type TaskQuery = NonNullable<operations["list_tasks"]["parameters"]["query"]>;

export async function written<Value>(request: Parameters<typeof answerOf<Value>>[0]): Promise<Written<Value>> {
  const { data, response } = await answerOf(request);
  return { value: data, undoToken: response.headers.get("Undo-Token") };
}

const taskOf = (id: string) => ({ path: { task_id: id } });

const PAGE = 200;

export async function listTasks(query: TaskQuery, signal?: AbortSignal): Promise<TaskPage> {
  const params = { query: { timezone: browserZone(), ...query } };
  return (await answerOf(client.GET("/api/tasks", { params, signal }))).data;
}

export async function readTask(id: string, signal?: AbortSignal): Promise<Task> {
  return (await answerOf(client.GET("/api/tasks/{task_id}", { params: taskOf(id), signal }))).data;
}

/** What was completed of recurring tasks since a day in the browser's zone, the latest first; of all days without one. */
export async function listCompletions(since: string | null, signal: AbortSignal): Promise<Completion[]> {
  const query = { completed_from: since ?? undefined, limit: 500, timezone: browserZone() };
  return (await answerOf(client.GET("/api/completions", { params: { query }, signal }))).data.items as Completion[];
}

// Each telling costs time by all that has come: told at every page, a long list would take its square.
const GROWTH = 1.5;

/** Every open task, page after page; `onPage` hears what has come so far, at first and whenever that has grown by half. */
export async function listOpenTasks(signal: AbortSignal, onPage: (tasks: Task[]) => void): Promise<Task[]> {
  const tasks: Task[] = [];
  let told = 0;
  let cursor: string | undefined;
  do {
    const page: TaskPage = await listTasks({ status: "open", sort: "order", limit: PAGE, cursor }, signal);
    tasks.push(...page.items);
    cursor = page.next_cursor ?? undefined;
    if (tasks.length >= told * GROWTH) {
      told = tasks.length;
      onPage(tasks);
    }
  } while (cursor);
  return tasks;
}

/** What tasks get that do not say their own. */
export type Defaults = Pick<TaskFields, "due" | "project" | "priority" | "tags" | "parent_id">;

/** Each line becomes a task, as the chat reads it; all of them or, with an ApiError, none. */
export async function addLines(lines: Line[], { tags, ...defaults }: Defaults, key: string): Promise<Written<Task[]>> {
  const body = { lines, timezone: browserZone(), tags: tags ?? [], ...defaults };
  const { value, undoToken } = await written(client.POST("/api/tasks/lines", { body, params: { header: { "idempotency-key": key } } }));
  return { value: value.items, undoToken };
}

/** Change the given fields; with `version`, only if the task is still at it (else an ApiError 412). */
export function updateTask(id: string, fields: TaskFields, version?: number): Promise<Written<Task>> {
  const header = version === undefined ? {} : { "if-match": `"${version}"` };
  return written(client.PATCH("/api/tasks/{task_id}", { body: fields, params: { ...taskOf(id), header } }));
}

export function deleteTask(id: string): Promise<Written<unknown>> {
  return written(client.DELETE("/api/tasks/{task_id}", { params: taskOf(id) }));
}

/** A completed task tells how many of the tasks within it are still open. */
export type Completed = Task & { open_subtasks?: number | null };

/** Tick a task off; the open tasks within it stay open, or are completed with it. */
export function completeTask(id: string, subtasks: "keep" | "complete" = "keep"): Promise<Written<Completed>> {
  return written(client.POST("/api/tasks/{task_id}/complete", { body: { subtasks }, params: taskOf(id) }));
}

export function reopenTask(id: string): Promise<Written<Task>> {
  return written(client.POST("/api/tasks/{task_id}/reopen", { params: taskOf(id) }));
}

/** Undo the turn of `token`, or without one the user's latest change. */
export async function undo(token?: string): Promise<Undone> {
  return (await answerOf(client.POST("/api/undo", { body: token ? { undo_token: token } : {} }))).data;
}
