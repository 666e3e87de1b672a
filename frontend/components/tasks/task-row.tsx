"use client";

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useQueryClient } from "@tanstack/react-query";
import { memo } from "react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { useHold } from "@/lib/shell/hold";
import { editedTask, rowId, selectedTask } from "@/lib/shell/ui";
import { choosesBy, toggleChosen, useIsChoosing, useIsChosen } from "@/lib/tasks/choice";
import type { Way, Ways } from "@/lib/tasks/nest";
import type { Here, View } from "@/lib/tasks/views";
import { isUnsaved, tickTask } from "@/lib/tasks/write";
import type { RowData } from "./drag/drag-data";
import { ChoiceBox } from "./choice/choice-box";
import { RowMenu } from "./row-menu";
import { TaskMeta } from "./task-meta";
import { TickBox } from "./tick-box";

export interface TaskRowProps {
  task: Task;
  /** The heading that it stands under, by its key. */
  group: string;
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

export const TaskRow = memo(function TaskRow({ task, group, view, here, reachable, depth = 0, onMove, onNest, waysOf }: TaskRowProps) {
  const client = useQueryClient();
  const done = task.status === "done";
  const unsaved = isUnsaved(task);
  const fixed = unsaved || (done && !onMove);
  const data: RowData = { title: task.title, group };
  const sortable = useSortable({ id: task.id, data, disabled: { draggable: fixed, droppable: !onMove } });
  const chosen = useIsChosen(task.id);
  const choosing = useIsChoosing();
  const hold = useHold(() => !unsaved && toggleChosen(task.id));
  const level = depth > 0 ? `Subtask, level ${depth}` : undefined;
  return (
    <li
      ref={sortable.setNodeRef}
      id={rowId(task.id)}
      tabIndex={reachable ? 0 : -1}
      aria-label={task.title}
      aria-description={chosen ? ["Selected", level].filter(Boolean).join(". ") : level}
      data-task={unsaved ? undefined : task.id}
      aria-busy={unsaved || undefined}
      onFocus={() => selectedTask.set(task.id)}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || unsaved) return;
        if (event.key === "Enter") editedTask.set(task.id);
        if (event.key !== " ") return;
        event.preventDefault();
        toggleChosen(task.id);
      }}
      style={{ transform: CSS.Translate.toString(sortable.transform), transition: sortable.transition }}
      {...(fixed ? {} : sortable.listeners)}
      {...hold}
      className={cn(
        "group/row relative flex items-start gap-1 rounded-xl px-1.5 py-1 max-md:py-0 transition-[background-color,opacity] hover:bg-hover focus-visible:bg-selected focus-visible:outline-offset-[-2px]",
        unsaved && "opacity-70",
        chosen && "bg-selected hover:bg-selected",
        INDENTS[depth],
        sortable.isDragging && "opacity-50",
      )}
    >
      {choosing && !unsaved ? <ChoiceBox task={task} chosen={chosen} /> : <TickBox task={task} onTick={() => void tickTask(client, task)} />}
      <div className="min-w-0 flex-1 py-1.5 max-md:py-2.5">
        <button
          type="button"
          disabled={unsaved}
          // Shift would mark the text between two clicks.
          onMouseDown={(event) => event.shiftKey && event.preventDefault()}
          onClick={(event) => choosesBy(event, task.id, selectedTask.get()) || editedTask.set(task.id)}
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
