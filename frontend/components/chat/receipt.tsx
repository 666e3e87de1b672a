"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowRight, Check, Pencil, Plus, RotateCcw, Trash2, Undo2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Receipt as ReceiptData } from "@/lib/api/chat";
import type { Change } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { describeChange, type Difference } from "@/lib/tasks/changes";
import { useHere } from "@/lib/tasks/here";
import { undoneTurns, undoTurn } from "@/lib/tasks/undo";

const ICONS = { create: Plus, update: Pencil, complete: Check, reopen: RotateCcw, delete: Trash2 };
const SHOWN = 5;

function BeforeAfter({ difference }: { difference: Difference }) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
      <span className="sr-only">{difference.name} was </span>
      <span className="break-words line-through decoration-control">{difference.before ?? `No ${difference.name.toLowerCase()}`}</span>
      <ArrowRight className="size-3 shrink-0" aria-label="now" />
      <span className="break-words text-ink">{difference.after ?? `No ${difference.name.toLowerCase()}`}</span>
    </span>
  );
}

function ChangeLine({ change, undone, children }: { change: Change; undone: boolean; children?: ReactNode }) {
  const here = useHere();
  const line = describeChange(change, here);
  const Icon = ICONS[change.kind];
  return (
    <li className="flex items-start gap-2.5 px-3.5 py-2.5">
      <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text">
        <Icon className="size-3" strokeWidth={2.5} aria-hidden />
      </span>
      <div className="min-w-0 flex-1 text-[0.8125rem] text-muted">
        <p className={`text-sm font-medium break-words text-ink ${undone ? "line-through decoration-control" : ""}`}>{line.title}</p>
        <p>{[line.verb, ...line.details].join(" · ")}</p>
        {line.differences.map((difference) => (
          <BeforeAfter key={difference.name} difference={difference} />
        ))}
      </div>
      {children}
    </li>
  );
}

/** What a turn changed, as the journal has it, and one button that takes all of it back. */
export function Receipt({ receipt }: { receipt: ReceiptData }) {
  const client = useQueryClient();
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const token = receipt.undo_token;
  const undone = useStore(undoneTurns).has(token ?? "");
  if (receipt.changes.length === 0) return null;
  const shown = all ? receipt.changes : receipt.changes.slice(0, SHOWN);
  const undo = async () => {
    setBusy(true);
    await undoTurn(client, token!);
    setBusy(false);
  };
  const single = receipt.changes.length === 1;
  const undoButton = token && !undone && (
    <Button variant="ghost" size="small" className="-my-1 -mr-2" disabled={busy} onClick={() => void undo()}>
      <Undo2 /> Undo
    </Button>
  );
  const verdict = undone ? "Undone" : `${receipt.changes.length} changes`;
  return (
    <div role="group" aria-label="What changed" className="w-full animate-rise overflow-hidden rounded-xl border bg-background">
      <ul className="divide-y">
        {shown.map((change) => (
          <ChangeLine key={change.revision} change={change} undone={undone}>
            {single && (undoButton || <span className="text-[0.8125rem] text-muted">{undone && verdict}</span>)}
          </ChangeLine>
        ))}
      </ul>
      {!single && (
        <footer className="flex min-h-11 items-center gap-2 border-t px-3.5 text-[0.8125rem] text-muted">
          <span className="flex-1">{verdict}</span>
          {receipt.changes.length > shown.length && (
            <Button variant="ghost" size="small" className="-my-1" onClick={() => setAll(true)}>
              Show all
            </Button>
          )}
          {undoButton}
        </footer>
      )}
    </div>
  );
}
