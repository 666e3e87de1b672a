"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { Approval } from "@/lib/api/chat";
import type { Outcome } from "@/lib/chat/outcome";
import { askedOf, type AskedChanges } from "@/lib/chat/cards";
import { timeLabel } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { ChangeLine } from "./change-line";

const LONG = 3;
const ENDED = {
  done: "You said yes.",
  declined: "Declined. Nothing was changed.",
  "passed over": "Not answered. Nothing was changed.",
};

interface ApprovalCardProps {
  approval: Approval;
  active: boolean;
  outcome: Outcome;
  onAnswer: (approved: boolean) => void;
}

/** Changes that wait for a yes: exactly what would happen, and until when it can be answered. */
export function ApprovalCard({ approval, active, outcome, onAnswer }: ApprovalCardProps) {
  const { now } = useHere();
  const expired = new Date(approval.expires_at) <= now;
  const open = active && !expired;
  return (
    <div
      role="group"
      aria-label="Waiting for your answer"
      className="w-full animate-rise overflow-hidden rounded-xl border border-line-strong bg-background"
    >
      {askedOf(approval).map((asked) => (
        <AskedList key={asked.label} asked={asked} />
      ))}
      <div className="flex flex-wrap items-center justify-end gap-2 p-2 pl-3.5">
        <p role="status" className="mr-auto text-[0.8125rem] text-muted">
          {outcome ? ENDED[outcome] : expired ? "This question has expired. Nothing was changed." : active && `Open until ${timeLabel(approval.expires_at)}`}
        </p>
        <Button size="small" variant="ghost" disabled={!open} onClick={() => onAnswer(false)}>
          No, leave it
        </Button>
        <Button size="small" variant="primary" disabled={!open} onClick={() => onAnswer(true)}>
          Yes, do it
        </Button>
      </div>
    </div>
  );
}

function AskedList({ asked }: { asked: AskedChanges }) {
  const listed = asked.changes.length + asked.more.length;
  return (
    <div className="border-b pt-3 pb-2">
      <p className="flex items-center gap-2 px-3.5 text-sm font-medium">
        <TriangleAlert className="size-4 shrink-0 text-medium" aria-hidden />
        <span className="first-letter:uppercase">{asked.label}</span>
      </p>
      <ul
        aria-label={asked.label}
        className="mt-1 max-h-72 overflow-y-auto pl-6"
        tabIndex={listed > LONG ? 0 : undefined}
      >
        {asked.changes.map((change, index) => (
          <ChangeLine key={index} change={change} brief />
        ))}
        {asked.more.map((title, index) => (
          <li key={index} className="px-3.5 py-1.5 text-sm break-words">
            {title}
          </li>
        ))}
      </ul>
    </div>
  );
}
