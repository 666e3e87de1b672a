"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Task } from "@/lib/api/types";
import { sayDeed, type Deed } from "@/lib/tasks/bulk";
import { dayLabel } from "@/lib/tasks/dates";
import type { Here } from "@/lib/tasks/views";

const SHOWN = 100;

/** What the tasks would get, in words. */
function sayFields(deed: Deed, here: Here): string {
  if (deed.act !== "update") return "";
  const said: string[] = [];
  if ("due" in deed) said.push(deed.due ? `due ${dayLabel(deed.due, here.today)}` : "no date");
  if ("priority" in deed) said.push(deed.priority ? `priority ${deed.priority}` : "no priority");
  if ("project" in deed) said.push(deed.project ? `project “${deed.project}”` : "no project");
  if (deed.add_tags?.length) said.push(`with ${deed.add_tags.map((tag) => `#${tag}`).join(" ")}`);
  if (deed.remove_tags?.length) said.push(`without ${deed.remove_tags.map((tag) => `#${tag}`).join(" ")}`);
  return said.join(", ");
}

interface ConfirmDialogProps {
  deed: Deed | null;
  tasks: Task[];
  here: Here;
  onClose: () => void;
  onAgreed: (deed: Deed) => void;
}

/** What would be done to which tasks, before it is done. */
export function ConfirmDialog({ deed, tasks, here, onClose, onAgreed }: ConfirmDialogProps) {
  if (!deed) return null;
  const label = sayDeed(deed.act, tasks.length);
  const within = tasks.some(({ subtasks }) => subtasks);
  const open = deed.act === "complete" && tasks.some(({ subtasks, recurrence }) => subtasks?.open && !recurrence);
  const fields = sayFields(deed, here);
  const description = [
    fields && `Each of them: ${fields}.`,
    deed.act === "delete" && within && "Their subtasks go with them.",
    open && "Some of their subtasks are still open.",
    "You can undo it.",
  ];
  return (
    <Dialog open onOpenChange={(shown) => !shown && onClose()} title={`${label}?`} description={description.filter(Boolean).join(" ")}>
      <div className="flex flex-col gap-4 p-5">
        <ul aria-label={label} tabIndex={0} className="max-h-72 overflow-y-auto rounded-xl border bg-background py-1.5 text-sm">
          {tasks.slice(0, SHOWN).map(({ id, title }) => (
            <li key={id} className="px-3.5 py-1 break-words">{title}</li>
          ))}
          {tasks.length > SHOWN && <li className="px-3.5 py-1 text-muted">and {tasks.length - SHOWN} more</li>}
        </ul>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>No, leave {tasks.length === 1 ? "it" : "them"}</Button>
          {open && <Button onClick={() => onAgreed({ act: "complete", subtasks: "complete" })}>With their subtasks</Button>}
          <Button variant="primary" onClick={() => onAgreed(deed)}>{open ? "Only these" : "Yes, do it"}</Button>
        </div>
      </div>
    </Dialog>
  );
}
