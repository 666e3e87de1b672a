import type { QueryClient } from "@tanstack/react-query";
import * as api from "@/lib/api/tasks";
import type { Task } from "@/lib/api/types";
import { findTask, OPEN, putTask, subtasksKey } from "./cache";
import { toggleUnfolded } from "./subtasks";
import { byOrder, depthOf, LEVELS, siblingsOf, type UnfoldedGroup } from "./tree";
import { orderBetween } from "./views";
import { failed, offerUndo, run } from "./write";

/** Where a task could go: into the one above it, and out of the one that it stands in. */
export interface Ways {
  into: Task | null;
  outOf: Task | null;
}

export type Way = "into" | "out";

export function waysOf(client: QueryClient, groups: UnfoldedGroup[], task: Task): Ways {
  const siblings = siblingsOf(groups, task);
  const above = siblings[siblings.findIndex(({ id }) => id === task.id) - 1] ?? null;
  const depth = depthOf(task, (id) => findTask(client, id));
  const fits = above !== null && !above.id.startsWith("new-") && depth + 1 < LEVELS && !(task.subtasks && depth + 2 >= LEVELS);
  return { into: fits ? above : null, outOf: (task.parent_id && findTask(client, task.parent_id)) || null };
}

const under = (client: QueryClient, id: string | null): Task[] =>
  (client.getQueryData<Task[]>(OPEN) ?? []).filter((task) => task.parent_id === id).sort(byOrder);

function lastOrder(client: QueryClient, parentId: string): number | null {
  const known = client.getQueryData<Task[]>(subtasksKey(parentId)) ?? under(client, parentId);
  return known.at(-1)?.order ?? null;
}

/** Right behind a task, before the next one on its level. */
function orderAfter(client: QueryClient, task: Task | undefined): number {
  const beside = under(client, task?.parent_id ?? null);
  const next = beside[beside.findIndex(({ id }) => id === task?.id) + 1];
  return orderBetween(task?.order ?? null, next?.order ?? null);
}

/** Go one of the ways, if there is one: into the task above, or out of the one that the task stands in. */
export function nestBy(client: QueryClient, groups: UnfoldedGroup[], task: Task, way: Way): void {
  const ways = waysOf(client, groups, task);
  const target = way === "into" ? ways.into : ways.outOf;
  if (target) void nestTask(client, task, way === "into" ? target : null);
}

/** Put a task, with all that stands in it, under another at its end; or, with null, out of the one it stands in. */
export async function nestTask(client: QueryClient, before: Task, parent: Task | null): Promise<void> {
  const former = before.parent_id ? findTask(client, before.parent_id) : undefined;
  const fields = parent
    ? { parent_id: parent.id, order: orderBetween(lastOrder(client, parent.id), null) }
    : { parent_id: former?.parent_id ?? null, order: orderAfter(client, former) };
  if (parent) toggleUnfolded(parent.id, true);
  const written = await run(client, {
    taskId: before.id,
    show: () => putTask(client, { ...before, ...fields }),
    send: () => api.updateTask(before.id, fields),
    settle: (saved) => putTask(client, saved),
    takeBack: (error) => {
      putTask(client, before);
      failed(`“${before.title}” was not moved.`, error);
    },
  });
  offerUndo(client, parent ? `Moved into “${parent.title}”.` : `Moved out of “${former?.title ?? "its task"}”.`, written);
}
