"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Receipt as ReceiptData } from "@/lib/api/chat";
import { callsOf } from "@/lib/chat/cards";
import { useUndone } from "@/lib/chat/undone";
import { undoTurn } from "@/lib/tasks/undo";
import { CallCard } from "./call-card";

/** What a turn changed, as the journal has it: a card a call, each with its own undo, and one undo for all. */
export function Receipt({ receipt }: { receipt: ReceiptData }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const undone = useUndone();
  const calls = callsOf(receipt);
  const standing = calls.filter(({ changes }) => !changes.every(({ revision }) => undone.has(revision)));
  if (calls.length === 0) return null;
  const undoAll = async () => {
    setBusy(true);
    await undoTurn(client, receipt.undo_token!);
    setBusy(false);
  };
  return (
    <div role="group" aria-label="What changed" className="flex w-full animate-rise flex-col gap-1.5">
      {calls.map((call) => (
        <CallCard key={call.token} changes={call.changes} token={call.token} undone={!standing.includes(call)} />
      ))}
      {calls.length > 1 && (
        <p className="flex min-h-8 items-center justify-between pl-3.5 text-[0.8125rem] text-muted">
          {standing.length === 0 ? "All undone" : `${receipt.changes.length} changes`}
          {standing.length > 1 && (
            <Button variant="ghost" size="small" className="mr-1.5" disabled={busy} onClick={() => void undoAll()}>
              <Undo2 /> Undo all
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
