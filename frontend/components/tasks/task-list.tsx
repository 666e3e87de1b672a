"use client";

import { closestCenter, DndContext, MouseSensor, TouchSensor, useSensor, useSensors, type DragEndEvent } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import type { Task } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { editedTask, selectedTask } from "@/lib/shell/ui";
import { keyOf } from "@/lib/tasks/identity";
import { orderBetween, type Group, type Here, type View } from "@/lib/tasks/views";
import { editTask } from "@/lib/tasks/write";
import { TaskEditor } from "./editor/task-editor";
import { TaskRow } from "./task-row";
import { announcementsFor, INSTRUCTIONS } from "./drag-words";

interface TaskListProps {
  groups: Group[];
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

export function useMoveTask(tasks: Task[]) {
  const client = useQueryClient();
  return (taskId: string, index: number) => {
    const task = tasks.find(({ id }) => id === taskId);
    const order = task && orderFor(tasks, task, index);
    if (task && order !== null && order !== undefined) void editTask(client, task, { order });
  };
}

export function TaskList({ groups, view, here, sortable }: TaskListProps) {
  const tasks = groups.flatMap((group) => group.tasks);
  const move = useMoveTask(tasks);
  const contextId = useId();
  const selected = useStore(selectedTask);
  const reachable = (tasks.find(({ id }) => id === selected) ?? tasks[0])?.id;
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) move(String(active.id), tasks.findIndex(({ id }) => id === over.id));
  };
  return (
    <DndContext
      id={contextId}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements: announcementsFor(tasks), screenReaderInstructions: INSTRUCTIONS }}
    >
      <SortableContext items={tasks.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        {groups.map((group) => (
          <GroupSection key={group.key} group={group} view={view} here={here} reachable={reachable}
            onMove={sortable ? (id, step) => move(id, tasks.findIndex((task) => task.id === id) + step) : undefined}
          />
        ))}
      </SortableContext>
    </DndContext>
  );
}

interface GroupSectionProps {
  group: Group;
  view: View;
  here: Here;
  /** The row that Tab reaches. */
  reachable: string | undefined;
  onMove?: (taskId: string, step: -1 | 1) => void;
}

function GroupSection({ group, view, here, reachable, onMove }: GroupSectionProps) {
  const edited = useStore(editedTask);
  const free = group.tasks.length === 0;
  return (
    <section aria-label={group.name ?? "Tasks"} className={free ? "[&+&]:mt-3" : "[&+&]:mt-7"}>
      {group.name && (
        <h2 className={`mb-1.5 flex items-baseline gap-2 border-b px-3 pb-1.5 text-sm font-semibold ${group.tone ? "text-danger" : free ? "text-muted" : ""}`}>
          {group.name}
          {group.detail && <span className="text-[0.8125rem] font-normal text-muted">{group.detail}</span>}
          {free && <span className="ml-auto text-[0.8125rem] font-normal text-muted">Free</span>}
        </h2>
      )}
      <ul hidden={free} className="flex flex-col">
        {group.tasks.map((task) =>
          task.id === edited ? (
            <TaskEditor key={keyOf(task.id)} task={task} here={here} />
          ) : (
            <TaskRow key={keyOf(task.id)} task={task} view={view} here={here} onMove={onMove} reachable={task.id === reachable} />
          ),
        )}
      </ul>
    </section>
  );
}
