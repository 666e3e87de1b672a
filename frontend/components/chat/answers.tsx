"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Approval, Choice } from "@/lib/api/chat";

interface ChoicesProps {
  choices: Choice[];
  /** A question that was already answered keeps its choices, but they no longer act. */
  active: boolean;
  onChoose: (choice: Choice) => void;
}

export function Choices({ choices, active, onChoose }: ChoicesProps) {
  return (
    <ol aria-label="Choices" className="flex w-full animate-rise flex-col gap-1.5">
      {choices.map((choice) => (
        <li key={choice.number}>
          <button
            type="button"
            disabled={!active}
            onClick={() => onChoose(choice)}
            className="flex min-h-10 w-full items-center gap-3 rounded-xl border border-line-strong bg-surface px-3 py-1.5 text-left text-sm transition-colors hover:border-accent hover:bg-accent-soft disabled:pointer-events-none disabled:border-line disabled:text-muted max-md:min-h-11"
          >
            <span className="grid size-5 shrink-0 place-items-center rounded-md bg-accent-soft text-xs font-semibold text-accent-text tabular-nums">
              {choice.number}
            </span>
            <span className="min-w-0 break-words">{choice.label}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

interface ApprovalCardProps {
  approval: Approval;
  active: boolean;
  onAnswer: (approved: boolean) => void;
}

/** A change that waits for a yes: exactly what it would touch. */
export function ApprovalCard({ approval, active, onAnswer }: ApprovalCardProps) {
  return (
    <div role="group" aria-label="Waiting for your answer" className="w-full animate-rise overflow-hidden rounded-xl border border-line-strong bg-background">
      {approval.calls.map((call, index) => (
        <div key={index} className="border-b px-3.5 py-3 text-sm">
          <p className="flex items-center gap-2 font-medium">
            <TriangleAlert className="size-4 shrink-0 text-medium" aria-hidden />
            <span className="first-letter:uppercase">{call.label}</span>
          </p>
          <ul className="mt-1.5 flex max-h-48 flex-col gap-1 overflow-y-auto pl-6 text-muted" tabIndex={call.tasks.length > 8 ? 0 : undefined}>
            {call.tasks.map((task) => (
              <li key={task.number} className="break-words">
                {task.title}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="flex justify-end gap-2 p-2">
        <Button size="small" variant="ghost" disabled={!active} onClick={() => onAnswer(false)}>
          No, leave it
        </Button>
        <Button size="small" variant="primary" disabled={!active} onClick={() => onAnswer(true)}>
          Yes, do it
        </Button>
      </div>
    </div>
  );
}
