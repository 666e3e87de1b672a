"use client";

import { Check } from "lucide-react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { toggleChosen } from "@/lib/tasks/choice";

/** In the place of the tick box while tasks are chosen: square, so that it is not taken for done. */
export function ChoiceBox({ task, chosen }: { task: Task; chosen: boolean }) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen}
      aria-label={`Select: ${task.title}`}
      onClick={() => toggleChosen(task.id)}
      className="grid size-9 shrink-0 place-items-center rounded-lg max-md:size-11"
    >
      <span className={cn("grid size-5 place-items-center rounded-md border-[1.5px] border-control", chosen && "border-accent bg-accent")}>
        <Check strokeWidth={3} className={cn("size-3 text-accent-ink", chosen ? "opacity-100" : "opacity-0")} />
      </span>
    </button>
  );
}
