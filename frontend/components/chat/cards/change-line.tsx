"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowRight, Check, Pencil, Plus, RotateCcw, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { PlannedChange } from "@/lib/api/chat";
import { findTask } from "@/lib/tasks/cache";
import { describeChange, type Difference } from "@/lib/tasks/changes";
import { useHere } from "@/lib/tasks/here";

export const ICONS = { create: Plus, update: Pencil, complete: Check, reopen: RotateCcw, delete: Trash2 };

function BeforeAfter({ difference }: { difference: Difference }) {
  const nothing = `No ${difference.name.toLowerCase()}`;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-1.5">
      <span className="sr-only">{difference.name} was </span>
      {/* Only what was there can be struck out. */}
      <span className={`break-words ${difference.before ? "line-through decoration-control" : ""}`}>{difference.before ?? nothing}</span>
      <ArrowRight className="size-3 shrink-0" aria-label="now" />
      <span className="break-words text-ink">{difference.after ?? nothing}</span>
    </span>
  );
}

interface ChangeLineProps {
  change: PlannedChange;
  undone?: boolean;
  /** Leave out what was done: a heading above says it of all lines. */
  brief?: boolean;
  children?: ReactNode;
}

/** What happened, or would happen, to one task: its fields, or what they were and are now. */
export function ChangeLine({ change, undone, brief, children }: ChangeLineProps) {
  const client = useQueryClient();
  const line = describeChange(change, useHere(), (id) => findTask(client, id)?.title);
  const Icon = ICONS[change.kind];
  const facts = brief ? line.details : [line.verb, ...line.details];
  return (
    <li className={`flex items-start gap-2.5 px-3.5 ${brief ? "py-1.5" : "py-2.5"}`}>
      {!brief && (
        <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text">
          <Icon className="size-3" strokeWidth={2.5} aria-hidden />
        </span>
      )}
      <div className="min-w-0 flex-1 text-[0.8125rem] text-muted">
        <p className={`text-sm break-words text-ink ${brief ? "" : "font-medium"} ${undone ? "line-through decoration-control" : ""}`}>
          {line.title}
        </p>
        {facts.length > 0 && <p>{facts.join(" · ")}</p>}
        {line.differences.map((difference) => (
          <BeforeAfter key={difference.name} difference={difference} />
        ))}
      </div>
      {children}
    </li>
  );
}
