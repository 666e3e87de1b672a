"use client";

import { CalendarDays, CircleHelp, ListChecks, Repeat } from "lucide-react";

const EXAMPLES = [
  [ListChecks, "remind me to buy milk tomorrow at 5pm"],
  [Repeat, "pay rent on the 1st of every month"],
  [CalendarDays, "what is due this week?"],
  [CircleHelp, "what can you do?"],
] as const;

/** An empty conversation: what one can say. Picking one puts it in the input, to be read and changed before it is sent. */
export function Suggestions({ name, onPick }: { name: string; onPick: (text: string) => void }) {
  return (
    <div className="flex flex-1 flex-col justify-end gap-4 pb-2">
      <div>
        <h2 className="text-lg font-semibold tracking-tight">Hello, {name}.</h2>
        <p className="mt-1 text-muted">Say what is on your mind. I keep the list, and everything can be undone.</p>
      </div>
      <ul className="flex flex-col gap-1.5">
        {EXAMPLES.map(([Icon, text]) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => onPick(text)}
              className="flex min-h-10 w-full items-center gap-3 rounded-xl border px-3.5 py-2 text-left text-sm transition-colors hover:border-line-strong hover:bg-hover max-md:min-h-11"
            >
              <Icon className="size-4 shrink-0 text-accent-text" aria-hidden />
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
