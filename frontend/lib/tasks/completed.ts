"use client";

import { useMemo } from "react";
import type { Completion, Task } from "@/lib/api/types";
import { dayOf } from "./dates";
import { useCompletions, useDoneTasks } from "./queries";

const PAST = "past-";

/** Whether this row is an occurrence of a recurring task that was completed: the task itself is open, and is another row. */
export const isOccurrence = (task: Task): boolean => task.id.startsWith(PAST);

/** The recurring task that an occurrence's row is of. */
export const seriesOf = (task: Task): string => task.id.slice(task.id.indexOf(":") + 1);

/** The occurrence as a row: what the task is called now, when this one was done. Its subtasks were ticked with it. */
function rowOf({ id, task, due, completed_at }: Completion): Task {
  return { ...task, id: `${PAST}${id}:${task.id}`, due, completed_at, status: "done", subtasks: { open: 0, done: 0 }, parent_id: null };
}

const byCompletion = (a: Task, b: Task): number => (b.completed_at ?? "").localeCompare(a.completed_at ?? "");

/** Done tasks and completed occurrences, the latest first, as far back as the done tasks are loaded. */
export function useCompleted() {
  const done = useDoneTasks(true);
  const tasks = useMemo(() => done.data?.pages.flatMap((page) => page.items), [done.data]);
  const oldest = (done.hasNextPage && tasks?.at(-1)?.completed_at) || null;
  const found = useCompletions(oldest && dayOf(new Date(oldest)), tasks !== undefined).data;
  const all = useMemo(() => {
    const past = (found ?? []).map(rowOf).filter(({ completed_at: at }) => !oldest || at! >= oldest);
    return tasks && [...tasks, ...past].sort(byCompletion);
  }, [tasks, found, oldest]);
  return { done, all };
}
