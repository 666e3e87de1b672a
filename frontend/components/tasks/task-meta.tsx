"use client";

import { AlignLeft, Bell, BellOff, CalendarDays, Clock, CornerDownRight, Flag, Folder, Repeat } from "lucide-react";
import type { ReactNode } from "react";
import type { GroupKind } from "@/lib/api/groups";
import type { Task } from "@/lib/api/types";
import { cn } from "@/lib/shell/cn";
import { dueLabel, localDue, momentLabel } from "@/lib/tasks/dates";
import { hasTime, nextMoment } from "@/lib/reminders/moments";
import { reminderDefaults } from "@/lib/reminders/settings";
import { instantLabel } from "@/lib/reminders/words";
import { useStore } from "@/lib/shell/store";
import { TONES, useLabel } from "@/lib/tasks/labels";
import { isSameName } from "@/lib/tasks/names";
import { useTitleOf } from "@/lib/tasks/subtasks";
import { ruleLabel } from "@/lib/tasks/recurrence";
import { isOverdue, type Here, type View } from "@/lib/tasks/views";
import { Progress } from "./subtasks/progress";

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

/** A bell with the moment at which the row reminds next; alone where that is its time, which stands beside it. */
function NextReminder({ task, here }: { task: Task; here: Here }) {
  const defaults = useStore(reminderDefaults);
  if (task.reminders?.length === 0 && hasTime(task)) {
    return (
      <Item icon={<BellOff aria-hidden />}>
        <span className="sr-only">No reminder</span>
      </Item>
    );
  }
  const next = nextMoment(task, defaults, here.zone, here.now);
  if (!next) return null;
  const isItsTime = task.due_at !== null && next.getTime() === new Date(task.due_at).getTime();
  return (
    <Item icon={<Bell aria-hidden />}>
      <span className="sr-only">Reminds {isItsTime ? "at its time" : ""}</span>
      {!isItsTime && instantLabel(next, here.today)}
    </Item>
  );
}

/** What a subtask is part of, where it stands by itself. */
function PartOf({ id }: { id: string }) {
  const title = useTitleOf(id);
  if (!title) return null;
  return (
    <Item icon={<CornerDownRight aria-hidden />}>
      <span className="sr-only">Part of </span>
      {title}
    </Item>
  );
}

/** A project or tag in its colour, if it has one. */
function Name({ kind, name }: { kind: GroupKind; name: string }) {
  const colour = useLabel(kind, name)?.colour;
  const tone = colour ? TONES[colour] : "";
  if (kind === "project") return <Item icon={<Folder aria-hidden className={tone} />}>{name}</Item>;
  return (
    <Item>
      <span className={cn("font-medium", tone)}>#</span>
      {name}
    </Item>
  );
}

/** The second line of a row: when, how often, how urgent, where, and whether there are notes. */
export function TaskMeta({ task, here, view, within }: { task: Task; here: Here; view: View; /** It is shown within its parent. */ within?: boolean }) {
  const done = task.status === "done" && task.completed_at;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-[0.8125rem] text-muted empty:hidden">
      {done && view.kind === "done" && <Item>Done {momentLabel(task.completed_at!, here.now)}</Item>}
      {!done && <Due task={task} here={here} view={view} />}
      {!done && <NextReminder task={task} here={here} />}
      <Progress task={task} />
      {task.parent_id && !within && <PartOf id={task.parent_id} />}
      {task.recurrence && <Item icon={<Repeat aria-hidden />}>{ruleLabel(task.recurrence, task.recurrence_from)}</Item>}
      {task.priority && (
        <Item icon={<Flag aria-hidden className={PRIORITY_TONES[task.priority]} />}>
          <span className="capitalize">{task.priority}</span>
        </Item>
      )}
      {task.project && !within && !(view.kind === "project" && isSameName(view.name, task.project)) && (
        <Name kind="project" name={task.project} />
      )}
      {task.tags.map((tag) => (
        <Name key={tag} kind="tag" name={tag} />
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
