"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useBatches } from "@/lib/tasks/batches";
import { MOST, type Line } from "@/lib/tasks/lines";
import type { Here, View } from "@/lib/tasks/views";

const SHOWN = 5;
const number = (count: number) => count.toLocaleString("en");

interface PasteDialogProps {
  /** The lines that were pasted; null for none. */
  lines: Line[] | null;
  view: View;
  here: Here;
  onClose: () => void;
}

/** Many pasted lines are asked about first, then added in batches that can be stopped. */
export function PasteDialog({ lines, view, here, onClose }: PasteDialogProps) {
  const { state, added, problem, start, stop } = useBatches(lines, { view, here }, onClose);
  const all = lines ?? [];
  const tooMany = all.length > MOST;
  const rest = all.slice(added);
  return (
    <Dialog
      open={lines !== null}
      onOpenChange={(open) => !open && (state === "adding" ? stop() : onClose())}
      title={all.length === 1 ? "Add this as one task?" : `Add ${number(all.length)} tasks?`}
      description={
        tooMany
          ? `That is more than ${number(MOST)} lines. Paste it in parts; nothing was added.`
          : "Each line becomes a task, an indented one a subtask of the line above it. You can undo it."
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <ul aria-label="What was pasted" className="rounded-xl border bg-background py-1.5 text-sm">
          {rest.slice(0, SHOWN).map((line, index) => (
            <li key={index} className="truncate px-3.5 py-1">
              <span className="text-muted">{"– ".repeat(line.level ?? 0)}</span>
              {line.text.slice(0, 200)}
            </li>
          ))}
          {rest.length > SHOWN && <li className="px-3.5 py-1 text-muted">and {number(rest.length - SHOWN)} more</li>}
        </ul>
        {state !== "asked" && (
          <label className="flex flex-col gap-1.5 text-sm">
            {number(added)} of {number(all.length)} added
            <progress className="h-2 w-full accent-accent" max={all.length} value={added} />
          </label>
        )}
        {problem && (
          <p role="alert" className="rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm break-words text-danger">
            Stopped after {number(added)}. {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={state === "adding" ? stop : onClose}>{state === "adding" ? "Stop" : "Cancel"}</Button>
          <Button variant="primary" disabled={tooMany || state === "adding"} onClick={start}>
            {state === "asked" ? `Add ${number(all.length)}` : "Go on"}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
