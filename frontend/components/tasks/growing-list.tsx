"use client";

import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { startTransition, useEffect, useMemo, useRef, useState } from "react";
import type { Task } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { useShortcuts, type Shortcuts } from "@/lib/shell/shortcuts";
import { editedTask, growingTask, rowId, selectedTask, unfoldedTasks } from "@/lib/shell/ui";
import { findTask } from "@/lib/tasks/cache";
import { chooseTo, inView, useIsChoosing } from "@/lib/tasks/choice";
import { isOccurrence } from "@/lib/tasks/completed";
import { nestBy, type Way } from "@/lib/tasks/nest";
import { toggleUnfolded, useUnfolded } from "@/lib/tasks/subtasks";
import { depthOf, LEVELS, type UnfoldedGroup } from "@/lib/tasks/tree";
import type { Group, Here, View } from "@/lib/tasks/views";
import { deleteTask, isUnsaved, tickTask } from "@/lib/tasks/write";
import { More, type MoreProps } from "./more";
import { TaskList, useMoveTask } from "./task-list";

/** Rows drawn at first, about a screen, and more at a time: all of thousands would make the page slow. */
const STEP = 20;

function firstOf(groups: Group[], count: number): Group[] {
  let left = count;
  return groups.flatMap((group) => {
    if (left <= 0) return [];
    const tasks = group.tasks.slice(0, left);
    left -= tasks.length;
    return [{ ...group, tasks }];
  });
}

interface GrowingListProps {
  groups: Group[];
  view: View;
  here: Here;
  sortable: boolean;
  /** What follows the groups, where they are not all there yet. */
  beyond?: MoreProps;
}

/** A list with its keys: J and K, X, E, #, and Alt with the arrows. */
export function GrowingList({ groups, view, here, sortable, beyond }: GrowingListProps) {
  const [shown, setShown] = useState(STEP);
  const total = groups.reduce((sum, group) => sum + group.tasks.length, 0);
  const edited = useStore(editedTask);
  // What is opened by a notification is shown however far down it stands.
  const place = edited ? groups.flatMap((group) => group.tasks).findIndex(({ id }) => id === edited) : -1;
  const count = Math.max(shown, place + 1);
  const visible = useMemo(() => firstOf(groups, count), [groups, count]);
  const unfolded = useUnfolded(visible);
  useListKeys(unfolded, sortable);
  useEffect(() => {
    inView.ids = () => groups.flatMap((group) => group.tasks).filter((task) => !isUnsaved(task) && !isOccurrence(task)).map(({ id }) => id);
    return () => void (inView.ids = () => []);
  }, [groups]);
  return (
    <>
      <TaskList groups={unfolded} view={view} here={here} sortable={sortable} />
      {total > count ? (
        <More label={`Show more (${total - count} left)`} onMore={() => startTransition(() => setShown(count + STEP))} />
      ) : (
        beyond && <More {...beyond} />
      )}
    </>
  );
}

const focusRow = (task: Task | undefined): void => {
  if (task) document.getElementById(rowId(task.id))?.focus();
};

function useListKeys(groups: UnfoldedGroup[], sortable: boolean): void {
  const client = useQueryClient();
  const tasks = groups.flatMap((group) => group.tasks);
  const rows = groups.flatMap((group) => group.rows);
  const { moveBy: move } = useMoveTask(groups);
  useStore(selectedTask);
  const choosing = useIsChoosing();
  // Read when a key comes: of two in quick succession, the second comes before this is drawn anew.
  const place = () => tasks.findIndex(({ id }) => id === selectedTask.get());
  const ready = () => {
    const task = tasks[place()];
    return task && !isUnsaved(task) && !isOccurrence(task) ? task : undefined;
  };
  const step = (count: number, event: KeyboardEvent) => {
    const from = place();
    const next = tasks[Math.min(Math.max(from < 0 && count < 0 ? 0 : from + count, 0), tasks.length - 1)];
    if (event.shiftKey && next && !isUnsaved(next)) chooseTo(next.id, ready()?.id);
    focusRow(next);
  };
  const edit = () => {
    const task = ready();
    if (task) editedTask.set(task.id);
  };
  /** Do it, and go on to the row that follows. */
  const leaving = (act: (client: QueryClient, task: Task) => Promise<void>) => () => {
    const task = ready();
    if (!task) return;
    focusRow(tasks[place() + 1] ?? tasks[place() - 1]);
    void act(client, task);
  };
  const moved = useRef<string | null>(null);
  const moveBy = (count: number) => {
    const task = ready();
    if (!task) return;
    moved.current = task.id;
    move(task.id, count);
  };
  const nest = (way: Way) => {
    const task = ready();
    if (!task) return;
    moved.current = task.id;
    nestBy(client, groups, task, way);
  };
  const task = tasks[place()];
  const within = rows.some((row) => row.kind === "task" && row.depth > 0 && row.task.id === task?.id);
  const unfoldOrGrow = () => {
    const task = ready();
    if (!task || depthOf(task, (id) => findTask(client, id)) + 1 >= LEVELS) return;
    if (!unfoldedTasks.get().has(task.id)) return toggleUnfolded(task.id, true);
    growingTask.set(task.id);
  };
  const fold = () => {
    const task = ready();
    if (!task) return;
    if (unfoldedTasks.get().has(task.id)) return toggleUnfolded(task.id, false);
    focusRow(tasks.find(({ id }) => id === task.parent_id));
  };
  const order = tasks.map(({ id }) => id).join();
  useEffect(() => {
    // A row that is put elsewhere in the document loses the focus.
    if (moved.current) document.getElementById(rowId(moved.current))?.focus();
    moved.current = null;
  }, [order]);
  const shortcuts: Shortcuts = {
    j: (event) => step(1, event),
    k: (event) => step(-1, event),
    arrowdown: (event) => step(1, event),
    arrowup: (event) => step(-1, event),
    e: edit,
    // While tasks are chosen, the bar has these keys.
    ...(choosing ? {} : { x: leaving(tickTask), "#": leaving(deleteTask), delete: leaving(deleteTask) }),
    arrowright: unfoldOrGrow,
    arrowleft: fold,
    ...((sortable || within) && task
      ? {
          "alt+arrowup": () => moveBy(-1),
          "alt+arrowdown": () => moveBy(1),
          "alt+arrowright": () => nest("into"),
          "alt+arrowleft": () => nest("out"),
        }
      : {}),
  };
  useShortcuts(shortcuts);
}
