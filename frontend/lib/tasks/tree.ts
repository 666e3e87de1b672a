import type { Task } from "@/lib/api/types";
import type { Group } from "./views";

/** A task, its subtasks, and theirs. */
export const LEVELS = 3;

/** A line of the list: a task so many levels deep, or the line that adds subtasks to `parent`. */
export type Row = { kind: "task"; task: Task; depth: number } | { kind: "add"; parent: Task; depth: number };

/** A group whose tasks are shown with the subtasks of those that are unfolded. */
export interface UnfoldedGroup extends Group {
  rows: Row[];
}

/** How a task's subtasks are found; undefined where it is folded. */
export type SubtasksOf = (task: Task) => Task[] | undefined;

export const byOrder = (a: Task, b: Task): number => a.order - b.order || a.number - b.number;

/** Tasks without those that stand within another of them. */
export function topsOf(tasks: Task[]): Task[] {
  const ids = new Set(tasks.map(({ id }) => id));
  return tasks.filter((task) => !task.parent_id || !ids.has(task.parent_id));
}

/** How deep a task stands: 0 for one that is no subtask, as far as those above are known. */
export function depthOf(task: Task, find: (id: string) => Task | undefined): number {
  let depth = 0;
  for (let one: Task | undefined = task; one?.parent_id && depth < LEVELS; one = find(one.parent_id)) depth += 1;
  return depth;
}

function rowsOf(task: Task, depth: number, subtasksOf: SubtasksOf): Row[] {
  const below = depth + 1 < LEVELS ? subtasksOf(task) : undefined;
  const self: Row = { kind: "task", task, depth };
  if (!below) return [self];
  return [self, ...below.flatMap((one) => rowsOf(one, depth + 1, subtasksOf)), { kind: "add", parent: task, depth: depth + 1 }];
}

/** What is shown twice is shown within its parent: a subtask with a day of its own, where its parent is unfolded. */
export function unfold(groups: Group[], subtasksOf: SubtasksOf): UnfoldedGroup[] {
  const within = new Set<string>();
  const collect = (task: Task, depth: number): void => {
    for (const one of (depth + 1 < LEVELS && subtasksOf(task)) || []) {
      within.add(one.id);
      collect(one, depth + 1);
    }
  };
  for (const group of groups) for (const task of group.tasks) collect(task, 0);
  return groups.map((group) => {
    const rows = group.tasks.filter(({ id }) => !within.has(id)).flatMap((task) => rowsOf(task, 0, subtasksOf));
    return { ...group, rows, tasks: rows.flatMap((row) => (row.kind === "task" ? [row.task] : [])) };
  });
}

/** The rows that a row can change places with: those on its level, within the same task and under the same heading. */
export function siblingsOf(groups: UnfoldedGroup[], task: Task): Task[] {
  const isOwn = (row: Row) => row.kind === "task" && row.task.id === task.id;
  const rows = groups.find((group) => group.rows.some(isOwn))?.rows ?? [];
  const own = rows.find(isOwn);
  return rows.flatMap((row) =>
    row.kind === "task" && row.depth === own?.depth && (row.depth === 0 || row.task.parent_id === task.parent_id) ? [row.task] : [],
  );
}

/** "2 of 5", or null where there is nothing to count. */
export function progressOf(task: Task): { done: number; total: number } | null {
  const counts = task.subtasks;
  return counts && counts.open + counts.done > 0 ? { done: counts.done, total: counts.open + counts.done } : null;
}
