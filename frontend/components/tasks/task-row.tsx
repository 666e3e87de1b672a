"use client";

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useQueryClient } from "@tanstack/react-query";
import { memo } from "react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { editedTask, rowId, selectedTask } from "@/lib/shell/ui";
import type { Way, Ways } from "@/lib/tasks/nest";
import type { Here, View } from "@/lib/tasks/views";
import { isUnsaved, tickTask } from "@/lib/tasks/write";
import { RowMenu } from "./row-menu";
import { TaskMeta } from "./task-meta";
import { TickBox } from "./tick-box";

export interface TaskRowProps {
  task: Task;
  view: View;
  here: Here;
  /** One row of the list can be reached by Tab; the arrow keys move on from it. */
  reachable: boolean;
  /** How many tasks it is shown within. */
  depth?: number;
  onMove?: (taskId: string, step: -1 | 1) => void;
  onNest?: (taskId: string, way: Way) => void;
  waysOf?: (taskId: string) => Ways;
}

/** Indented by steps that a phone's width has room for. */
const INDENTS = ["", "ml-7 max-md:ml-5", "ml-14 max-md:ml-10"];

export const TaskRow = memo(function TaskRow({ task, view, here, reachable, depth = 0, onMove, onNest, waysOf }: TaskRowProps) {
  const client = useQueryClient();
  const sortable = useSortable({ id: task.id, disabled: !onMove });
  const done = task.status === "done";
  const unsaved = isUnsaved(task);
  return (
    <li
      ref={sortable.setNodeRef}
      id={rowId(task.id)}
      tabIndex={reachable ? 0 : -1}
      aria-label={task.title}
      aria-description={depth > 0 ? `Subtask, level ${depth}` : undefined}
      aria-busy={unsaved || undefined}
      onFocus={() => selectedTask.set(task.id)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget && !unsaved) editedTask.set(task.id);
      }}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
      {...(onMove ? sortable.listeners : {})}
      className={cn(
        "group/row relative flex items-start gap-1 rounded-xl px-1.5 py-1 max-md:py-0 transition-[background-color,opacity] hover:bg-hover focus-visible:bg-selected focus-visible:outline-offset-[-2px]",
        unsaved && "opacity-70",
        INDENTS[depth],
        sortable.isDragging && "z-10 bg-raised shadow-raised",
      )}
    >
      <TickBox task={task} onTick={() => void tickTask(client, task)} />
      <div className="min-w-0 flex-1 py-1.5 max-md:py-2.5">
        <button
          type="button"
          disabled={unsaved}
          onClick={() => editedTask.set(task.id)}
          className={cn(
            "block w-full rounded text-left break-words after:absolute after:inset-y-0 after:right-12 after:left-12",
            done && "text-muted line-through decoration-control",
          )}
        >
          {task.title}
        </button>
        <TaskMeta task={task} here={here} view={view} within={depth > 0} />
      </div>
      {!unsaved && <RowMenu task={task} here={here} depth={depth} onMove={onMove && ((step) => onMove(task.id, step))}
        ways={waysOf && (() => waysOf(task.id))} onNest={onNest && ((way) => onNest(task.id, way))} />}
    </li>
  );
});
