"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { listTasks, readTask } from "@/lib/api/tasks";
import type { Task } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { editedTask, unfoldedTasks } from "@/lib/shell/ui";
import { mergeSubtasks, subtasksKey } from "./cache";
import { useOpenTasks } from "./queries";
import { byOrder, unfold, type UnfoldedGroup } from "./tree";
import type { Group } from "./views";

/** Open and done ones: more than the server allows under one task never come. */
const ALL = 200;

const subtasksQuery = (id: string) => ({
  queryKey: subtasksKey(id),
  enabled: !id.startsWith("new-"),
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const startedAt = Date.now();
    const page = await listTasks({ parent_id: id, status: "all", sort: "order", limit: ALL }, signal);
    return mergeSubtasks(page.items, id, startedAt);
  },
});

const openUnder = (tasks: Task[], id: string): Task[] => tasks.filter((task) => task.parent_id === id).sort(byOrder);

/** A task's subtasks in their order: those that are open at once, those that are done once they are read. */
export function useSubtasks(id: string): Task[] {
  const open = useOpenTasks().data ?? [];
  return useQuery(subtasksQuery(id)).data ?? openUnder(open, id);
}

/** The groups with the subtasks of the tasks that are unfolded. One that is edited shows its own in the editor. */
export function useUnfolded(groups: Group[]): UnfoldedGroup[] {
  const open = useOpenTasks().data ?? [];
  const edited = useStore(editedTask);
  const ids = [...useStore(unfoldedTasks)];
  const found = useQueries({ queries: ids.map(subtasksQuery) });
  const known = new Map(ids.map((id, index) => [id, found[index]?.data ?? openUnder(open, id)]));
  return unfold(groups, (task) => (task.id === edited ? undefined : known.get(task.id)));
}

/** Show a task's subtasks, or show them no more. */
export function toggleUnfolded(id: string, shown?: boolean): void {
  unfoldedTasks.set((ids) => {
    const next = new Set(ids);
    if (shown ?? !ids.has(id)) next.add(id);
    else next.delete(id);
    return next;
  });
}

/** The title of a task that another stands under; it is asked for where the page does not have it. */
export function useTitleOf(id: string | null): string | null {
  const open = useOpenTasks().data?.find((task) => task.id === id);
  const asked = useQuery({
    queryKey: ["tasks", "one", id],
    enabled: id !== null && !open && !id.startsWith("new-"),
    queryFn: ({ signal }) => readTask(id!, signal),
  });
  return open?.title ?? asked.data?.title ?? null;
}
