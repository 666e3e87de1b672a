"use client";

import { useQueryClient } from "@tanstack/react-query";
import { History, Undo2 } from "lucide-react";
import { useState } from "react";
import { ChangeLine } from "@/components/chat/cards/change-line";
import { Button } from "@/components/ui/button";
import { sayVia, type TurnGroup } from "@/lib/tasks/history";
import { undoTurn } from "@/lib/tasks/undo";

/** Changes drawn of one turn: a bulk change has thousands. */
const SHOWN = 20;

interface TurnCardProps {
  group: TurnGroup;
  /** The list is as this turn left it. */
  newest: boolean;
  onBack: () => void;
}

/** What one turn did: when, through what, asked for by which words; with its undo, and the way back to it. */
export function TurnCard({ group, newest, onBack }: TurnCardProps) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { entries, undone, turn, newest: last } = group;
  const time = new Date(last.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const label = `${time}, ${sayVia(last)}`;
  const undo = async () => {
    setBusy(true);
    await undoTurn(client, turn);
    setBusy(false);
  };
  return (
    <li className="overflow-hidden rounded-2xl border bg-surface">
      <div className="flex flex-wrap items-baseline gap-x-2 border-b px-3.5 py-2 text-[0.8125rem] text-muted">
        <time dateTime={last.at}>{time}</time>
        <span>{sayVia(last)}</span>
        {undone && <span className="font-medium text-ink">Undone</span>}
        {last.said && <q className="min-w-0 basis-full break-words text-ink">{last.said}</q>}
      </div>
      <ul>
        {entries.slice(0, SHOWN).map((entry) => (
          <ChangeLine key={entry.revision} change={entry} undone={entry.undone_by !== null} />
        ))}
      </ul>
      {entries.length > SHOWN && <p className="px-3.5 pb-2 text-[0.8125rem] text-muted">and {entries.length - SHOWN} more</p>}
      <div className="flex flex-wrap justify-end gap-2 px-3.5 pb-2.5">
        {!newest && (
          <Button size="small" variant="ghost" aria-label={`Put the list back to here: ${label}`} onClick={onBack}>
            <History /> Put the list back to here
          </Button>
        )}
        {!undone && (
          <Button size="small" variant="ghost" disabled={busy} aria-label={`Undo this: ${label}`} onClick={() => void undo()}>
            <Undo2 /> Undo this
          </Button>
        )}
      </div>
    </li>
  );
}
