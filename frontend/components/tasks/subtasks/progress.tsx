"use client";

import { ChevronRight, ListChecks } from "lucide-react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { useStore } from "@/lib/shell/store";
import { unfoldedTasks } from "@/lib/shell/ui";
import { toggleUnfolded } from "@/lib/tasks/subtasks";
import { progressOf } from "@/lib/tasks/tree";

/** How many of a task's subtasks are done: "2 of 5". Pressed, it shows them, or folds them away. */
export function Progress({ task }: { task: Task }) {
  const unfolded = useStore(unfoldedTasks).has(task.id);
  const progress = progressOf(task);
  if (!progress) return null;
  const { done, total } = progress;
  return (
    <button
      type="button"
      aria-expanded={unfolded}
      aria-label={`Subtasks of ${task.title}: ${done} of ${total} done`}
      onClick={() => toggleUnfolded(task.id)}
      className={cn(
        "relative z-10 -mx-1 inline-flex items-center gap-1 rounded px-1 tabular-nums hover:bg-hover hover:text-ink max-md:min-h-11 max-md:px-2 [&_svg]:size-3.5",
        done === total && "text-accent-text",
      )}
    >
      <ListChecks aria-hidden />
      {done} of {total}
      <ChevronRight aria-hidden className={cn("transition-transform", unfolded && "rotate-90")} />
    </button>
  );
}
