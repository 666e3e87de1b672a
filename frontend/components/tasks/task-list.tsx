"use client";

import { useDndMonitor } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { useStore } from "@/lib/shell/store";
import { editedTask, selectedTask } from "@/lib/shell/ui";
import { isOccurrence } from "@/lib/tasks/completed";
import { keyOf } from "@/lib/tasks/identity";
import { nestBy, waysOf, type Way, type Ways } from "@/lib/tasks/nest";
import { siblingsOf, type UnfoldedGroup } from "@/lib/tasks/tree";
import { orderBetween, type Here, type View } from "@/lib/tasks/views";
import { editTask } from "@/lib/tasks/write";
import { AROUND, useDropPlace } from "./drag/drop-place";
import { targetOf } from "./drag/drag-data";
import { AddSubtask } from "./subtasks/add-subtask";
import { TaskEditor } from "./editor/task-editor";
import { OccurrenceRow } from "./occurrence-row";
import { TaskRow } from "./task-row";

interface TaskListProps {
  groups: UnfoldedGroup[];
  view: View;
  here: Here;
  /** The user's own order can be changed here, by dragging or with Alt and the arrow keys. */
  sortable: boolean;
}

/** The write that puts `task` at `index` of `tasks`; null if it is there already. */
export function orderFor(tasks: Task[], task: Task, index: number): number | null {
  const others = tasks.filter(({ id }) => id !== task.id);
  if (index < 0 || index > others.length || tasks[index]?.id === task.id) return null;
  return orderBetween(others[index - 1]?.order ?? null, others[index]?.order ?? null);
}

/** Moves a task to a place among those on its level: by so many, or to where another row is. */
export function useMoveTask(groups: UnfoldedGroup[]) {
  const client = useQueryClient();
  const put = (task: Task, siblings: Task[], index: number) => {
    const order = orderFor(siblings, task, index);
    if (order !== null) void editTask(client, task, { order });
  };
  const find = (taskId: string) => groups.flatMap((group) => group.tasks).find(({ id }) => id === taskId);
  const moveBy = (taskId: string, step: number) => {
    const task = find(taskId);
    const siblings = task ? siblingsOf(groups, task) : [];
    if (task) put(task, siblings, siblings.findIndex(({ id }) => id === taskId) + step);
  };
  const moveTo = (taskId: string, overId: string) => {
    const task = find(taskId);
    const siblings = task ? siblingsOf(groups, task) : [];
    // Dropped on a row within another task: that task's own row is meant.
    let over = find(overId);
    while (over && !siblings.some(({ id }) => id === over?.id)) over = over.parent_id ? find(over.parent_id) : undefined;
    if (task && over) put(task, siblings, siblings.findIndex(({ id }) => id === over.id));
  };
  return { moveBy, moveTo };
}

export function TaskList({ groups, view, here, sortable }: TaskListProps) {
  const tasks = groups.flatMap((group) => group.tasks);
  const client = useQueryClient();
  const { moveBy, moveTo } = useMoveTask(groups);
  const selected = useStore(selectedTask);
  const find = (id: string) => tasks.find((task) => task.id === id)!;
  const reachable = (tasks.find(({ id }) => id === selected) ?? tasks[0])?.id;
  useDndMonitor({
    onDragEnd: ({ active, over }) => {
      if (over && !targetOf(over) && over.id !== active.id) moveTo(String(active.id), String(over.id));
    },
  });
  const ids = useMemo(() => groups.flatMap((group) => group.tasks.map(({ id }) => id)), [groups]);
  return (
    <SortableContext items={ids} strategy={verticalListSortingStrategy}>
      {groups.map((group) => (
        <GroupSection key={group.key} group={group} view={view} here={here} reachable={reachable}
          sortable={sortable} onMove={moveBy}
          onNest={(id, way) => nestBy(client, groups, find(id), way)} waysOf={(id) => waysOf(client, groups, find(id))}
        />
      ))}
    </SortableContext>
  );
}

interface GroupSectionProps {
  group: UnfoldedGroup;
  view: View;
  here: Here;
  /** The row that Tab reaches. */
  reachable: string | undefined;
  sortable: boolean;
  onMove: (taskId: string, step: -1 | 1) => void;
  onNest: (taskId: string, way: Way) => void;
  waysOf: (taskId: string) => Ways;
}

function GroupSection({ group, view, here, reachable, sortable, onMove, onNest, waysOf }: GroupSectionProps) {
  const edited = useStore(editedTask);
  const free = group.tasks.length === 0;
  const place = useDropPlace(group.target, group.key);
  return (
    <section ref={place.ref} aria-label={group.name ?? "Tasks"} className={cn("rounded-lg", free ? "[&+&]:mt-3" : "[&+&]:mt-7", place.isOver && AROUND)}>
      {group.name && (
        <h2 className={`mb-1.5 flex items-baseline gap-2 border-b px-3 pb-1.5 text-sm font-semibold ${group.tone ? "text-danger" : free ? "text-muted" : ""}`}>
          {group.name}
          {group.detail && <span className="text-[0.8125rem] font-normal text-muted">{group.detail}</span>}
          {free && <span className="ml-auto text-[0.8125rem] font-normal text-muted">Free</span>}
        </h2>
      )}
      <ul hidden={free} className="flex flex-col">
        {group.rows.map((row) => {
          if (row.kind === "add") {
            return (
              <li key={`add-${keyOf(row.parent.id)}`} className={row.depth > 1 ? "ml-14 max-md:ml-10" : "ml-7 max-md:ml-5"}>
                <AddSubtask parent={row.parent} here={here} />
              </li>
            );
          }
          const { task, depth } = row;
          if (task.id === edited) return <TaskEditor key={keyOf(task.id)} task={task} here={here} />;
          if (isOccurrence(task)) return <OccurrenceRow key={task.id} task={task} view={view} here={here} reachable={task.id === reachable} />;
          const ordered = sortable || depth > 0;
          return (
            <TaskRow key={keyOf(task.id)} task={task} group={group.key} view={view} here={here} depth={depth} reachable={task.id === reachable}
              onMove={ordered ? onMove : undefined} onNest={ordered ? onNest : undefined} waysOf={ordered ? waysOf : undefined}
            />
          );
        })}
      </ul>
    </section>
  );
}
