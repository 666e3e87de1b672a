"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Change } from "@/lib/api/types";
import { sayTogether, titleOf } from "@/lib/tasks/changes";
import { undoTurn } from "@/lib/tasks/undo";
import { ChangeLine, ICONS } from "./change-line";

const SHOWN = 5;

interface CallCardProps {
  /** What one tool call changed, in order; one or more. */
  changes: Change[];
  /** Undoes these changes and no others. */
  token: string;
  undone: boolean;
}

/** One thing that the assistant did, with its own undo. */
export function CallCard({ changes, token, undone }: CallCardProps) {
  const [all, setAll] = useState(false);
  const [first] = changes;
  const end = <CallEnd token={token} undone={undone} what={changes.length === 1 ? `“${titleOf(first!)}”` : `these ${changes.length} changes`} />;
  if (changes.length === 1)
    return (
      <ul className="rounded-xl border bg-background">
        <ChangeLine change={first!} undone={undone}>
          {end}
        </ChangeLine>
      </ul>
    );
  const Icon = ICONS[first!.kind];
  const shown = all ? changes : changes.slice(0, SHOWN);
  return (
    <div className="rounded-xl border bg-background">
      <div className="flex items-start gap-2.5 border-b px-3.5 py-2.5">
        <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text">
          <Icon className="size-3" strokeWidth={2.5} aria-hidden />
        </span>
        <p className="flex-1 text-sm font-medium">{sayTogether(changes)}</p>
        {end}
      </div>
      <ul className="py-1.5 pl-7.5">
        {shown.map((change) => (
          <ChangeLine key={change.revision} change={change} undone={undone} brief />
        ))}
      </ul>
      {changes.length > shown.length && (
        <Button variant="ghost" size="small" className="mb-1.5 ml-8.5" onClick={() => setAll(true)}>
          Show all {changes.length}
        </Button>
      )}
    </div>
  );
}

interface CallEndProps {
  token: string;
  undone: boolean;
  what: string;
}

/** The way back, or that it was taken. */
function CallEnd({ token, undone, what }: CallEndProps) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const undo = async () => {
    setBusy(true);
    await undoTurn(client, token);
    setBusy(false);
  };
  if (undone) return <span className="shrink-0 text-[0.8125rem] text-muted">Undone</span>;
  return (
    <Button
      variant="ghost"
      size="small"
      className="-my-1 -mr-2"
      aria-label={`Undo ${what}`}
      disabled={busy}
      onClick={() => void undo()}
    >
      <Undo2 /> Undo
    </Button>
  );
}
