import { ApiError, browserZone, errorFrom, tracedFetch } from "./http";
import type { Task, TaskFields, TaskPage, Undone } from "./types";

/** A write's answer with the token that undoes it. */
export interface Written<Value> {
  value: Value;
  undoToken: string | null;
}

async function read<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  const response = await tracedFetch(path, { signal, cache: "no-store" });
  if (!response.ok) throw await errorFrom(response);
  return (await response.json()) as Answer;
}

async function write<Answer>(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Written<Answer>> {
  const content: HeadersInit = body ? { "Content-Type": "application/json" } : {};
  const response = await tracedFetch(path, { method, headers: { ...content, ...headers }, body: body && JSON.stringify(body) });
  if (!response.ok) throw await errorFrom(response);
  const value = response.status === 204 ? undefined : await response.json();
  return { value: value as Answer, undoToken: response.headers.get("Undo-Token") };
}

const PAGE = 200;

export function listTasks(query: Record<string, string>, signal?: AbortSignal): Promise<TaskPage> {
  return read<TaskPage>(`/api/tasks?${new URLSearchParams({ timezone: browserZone(), ...query })}`, signal);
}

/** Every open task, page after page; `onPage` hears what has come so far. */
export async function listOpenTasks(signal: AbortSignal, onPage: (tasks: Task[]) => void): Promise<Task[]> {
  const tasks: Task[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { status: "open", sort: "order", limit: String(PAGE), ...(cursor ? { cursor } : {}) };
    const page: TaskPage = await listTasks(query, signal);
    tasks.push(...page.items);
    cursor = page.next_cursor;
    onPage(tasks);
  } while (cursor);
  return tasks;
}

export function createTask(fields: TaskFields, key: string): Promise<Written<Task>> {
  return write("POST", "/api/tasks", fields, { "Idempotency-Key": key });
}

/** Change the given fields; with `version`, only if the task is still at it (else an ApiError 412). */
export function updateTask(id: string, fields: TaskFields, version?: number): Promise<Written<Task>> {
  return write("PATCH", `/api/tasks/${id}`, fields, version === undefined ? {} : { "If-Match": `"${version}"` });
}

export function deleteTask(id: string): Promise<Written<undefined>> {
  return write("DELETE", `/api/tasks/${id}`);
}

export function completeTask(id: string): Promise<Written<Task>> {
  return write("POST", `/api/tasks/${id}/complete`);
}

export function reopenTask(id: string): Promise<Written<Task>> {
  return write("POST", `/api/tasks/${id}/reopen`);
}

/** Undo the turn of `token`, or without one the user's latest change. */
export async function undo(token?: string): Promise<Undone> {
  return (await write<Undone>("POST", "/api/undo", token ? { undo_token: token } : {})).value;
}

/** The sentence to show for a failed write. */
export function failureMessage(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return error instanceof Error ? error.message : "Something went wrong.";
}
