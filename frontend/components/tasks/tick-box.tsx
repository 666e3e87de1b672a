"use client";

import { Check } from "lucide-react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";

const RINGS = { high: "border-high", medium: "border-medium", low: "border-low", none: "border-control" };

/** A round checkbox, its ring in the priority's colour; the area to hit is larger than what is seen. */
export function TickBox({ task, onTick }: { task: Task; onTick: () => void }) {
  const done = task.status === "done";
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={done}
      aria-label={`${done ? "Reopen" : "Complete"}: ${task.title}`}
      onClick={onTick}
      className="group/tick grid size-9 shrink-0 place-items-center rounded-full max-md:size-11"
    >
      <span
        className={cn(
          "grid size-5 place-items-center rounded-full border-[1.5px] transition-colors",
          RINGS[task.priority ?? "none"],
          task.priority && "border-2",
          done && "border-accent bg-accent",
        )}
      >
        <Check
          strokeWidth={3}
          className={cn(
            "size-3 text-accent-ink transition-opacity",
            done ? "opacity-100" : "text-muted opacity-0 group-hover/tick:opacity-100",
          )}
        />
      </span>
    </button>
  );
}
