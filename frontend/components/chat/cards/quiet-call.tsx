"use client";

import { CircleSlash, Search } from "lucide-react";
import type { ToolPart } from "@/lib/api/chat";
import { typeset } from "@/lib/shell/typeset";

const DOING: Record<string, string> = {
  add_task: "Adding a task…",
  update_task: "Changing a task…",
  complete_task: "Completing a task…",
  reopen_task: "Reopening a task…",
  delete_task: "Looking for what to delete…",
  list_tasks: "Looking at your list…",
  undo: "Undoing…",
};

interface Output {
  status?: string;
  summary?: string;
  total?: number;
}

interface QuietCallProps {
  part: ToolPart;
  /** The reply: what it says already is not said again. */
  said: string;
}

/** A call that changed nothing: under way, a look at the list, or refused and why. */
export function QuietCall({ part, said }: QuietCallProps) {
  if (part.state === "input-streaming" || part.state === "input-available") {
    return <p className="animate-pulse text-[0.8125rem] text-muted">{DOING[part.type.slice("tool-".length)] ?? "Working…"}</p>;
  }
  if (part.state === "output-error") return <Refused text={part.errorText ?? "This was not done."} />;
  if (part.state !== "output-available") return null;
  const { status, summary = "", total } = (part.output ?? {}) as Output;
  if (status === "done" || !summary || said.includes(summary)) return null;
  if (status !== "listed") return <Refused text={summary} />;
  return (
    <p className="flex items-center gap-2 text-[0.8125rem] text-muted">
      <Search className="size-3.5 shrink-0" aria-hidden />
      Looked at your list · {total === 1 ? "1 task" : `${total ?? 0} tasks`}
    </p>
  );
}

function Refused({ text }: { text: string }) {
  return (
    <p className="flex items-start gap-2 text-[0.8125rem] text-muted">
      <CircleSlash className="mt-[3px] size-3.5 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">{typeset(text)}</span>
    </p>
  );
}
