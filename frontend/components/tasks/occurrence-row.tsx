"use client";

import { Check } from "lucide-react";
import { rowId, selectedTask, wantedTask } from "@/lib/shell/ui";
import { seriesOf } from "@/lib/tasks/completed";
import type { TaskRowProps } from "./task-row";
import { TaskMeta } from "./task-meta";

/** What was done of a recurring task: nothing to tick, and its title leads to the task as it is now. */
export function OccurrenceRow({ task, view, here, reachable }: Pick<TaskRowProps, "task" | "view" | "here" | "reachable">) {
  const open = () => wantedTask.set(seriesOf(task));
  return (
    <li
      id={rowId(task.id)}
      tabIndex={reachable ? 0 : -1}
      aria-label={task.title}
      aria-description="Done; the task repeats"
      onFocus={() => selectedTask.set(task.id)}
      onKeyDown={(event) => event.key === "Enter" && event.target === event.currentTarget && open()}
      className="relative flex items-start gap-1 rounded-xl px-1.5 py-1 max-md:py-0 hover:bg-hover focus-visible:bg-selected focus-visible:outline-offset-[-2px]"
    >
      <span aria-hidden className="grid size-9 shrink-0 place-items-center max-md:size-11">
        <Check strokeWidth={3} className="size-3.5 text-muted" />
      </span>
      <div className="min-w-0 flex-1 py-1.5 max-md:py-2.5">
        <button type="button" onClick={open} className="block w-full rounded text-left break-words text-muted line-through decoration-control after:absolute after:inset-0">
          {task.title}
        </button>
        <TaskMeta task={task} here={here} view={view} />
      </div>
    </li>
  );
}
