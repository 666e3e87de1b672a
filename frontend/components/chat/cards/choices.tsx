"use client";

import type { Choice } from "@/lib/api/chat";

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
