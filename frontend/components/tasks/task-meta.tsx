"use client";

import { AlignLeft, CalendarDays, Clock, Flag, Folder, Repeat } from "lucide-react";
import type { ReactNode } from "react";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { dueLabel, localDue, momentLabel } from "@/lib/tasks/dates";
import { ruleLabel } from "@/lib/tasks/recurrence";
import { isOverdue, type Here, type View } from "@/lib/tasks/views";

const PRIORITY_TONES = { high: "text-high", medium: "text-medium", low: "text-low" };

function Item({ icon, tone, children }: { icon?: ReactNode; tone?: string; children: ReactNode }) {
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1 [&_svg]:size-3.5 [&_svg]:shrink-0", tone)}>
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}

function Due({ task, here, view }: { task: Task; here: Here; view: View }) {
  const due = localDue(task, here.zone);
  if (!due) return null;
  const late = isOverdue(task, here);
  const isToday = due.date === here.today;
  // On today's own list only the time is news; everywhere else a row tells its date, wherever the eye or a screen reader lands.
  const known = view.kind === "today" && isToday;
  const label = known ? (due.time ?? "") : dueLabel(due, here.today, { weekday: view.kind === "upcoming" });
  if (!label) return null;
  return (
    <Item icon={known ? <Clock aria-hidden /> : <CalendarDays aria-hidden />} tone={late ? "text-danger" : isToday ? "text-accent-text" : ""}>
      {late && <span className="sr-only">Overdue: </span>}
      {label}
    </Item>
  );
}

/** The second line of a row: when, how often, how urgent, where, and whether there are notes. */
export function TaskMeta({ task, here, view }: { task: Task; here: Here; view: View }) {
  const done = task.status === "done" && task.completed_at;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-[0.8125rem] text-muted empty:hidden">
      {done && view.kind === "done" && <Item>Done {momentLabel(task.completed_at!, here.now)}</Item>}
      {!done && <Due task={task} here={here} view={view} />}
      {task.recurrence && <Item icon={<Repeat aria-hidden />}>{ruleLabel(task.recurrence)}</Item>}
      {task.priority && (
        <Item icon={<Flag aria-hidden className={PRIORITY_TONES[task.priority]} />}>
          <span className="capitalize">{task.priority}</span>
        </Item>
      )}
      {task.project && !(view.kind === "project" && view.name === task.project) && (
        <Item icon={<Folder aria-hidden />}>{task.project}</Item>
      )}
      {task.tags.map((tag) => (
        <Item key={tag}>#{tag}</Item>
      ))}
      {task.notes && (
        <Item icon={<AlignLeft aria-hidden />}>
          <span className="sr-only">Notes: </span>
          {task.notes.split("\n")[0]!.slice(0, 60)}
        </Item>
      )}
    </div>
  );
}
