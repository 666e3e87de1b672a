"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CalendarDays, Check, Flag, Folder, Hash, RotateCcw, Trash2, X } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator, useAfterMenu } from "@/components/ui/menu";
import type { Task } from "@/lib/api/types";
import { useShortcuts, type Shortcuts } from "@/lib/shell/shortcuts";
import { focusSoon, rowId, selectedTask } from "@/lib/shell/ui";
import { mustAsk, doToMany, type Deed } from "@/lib/tasks/bulk";
import { findTasks } from "@/lib/tasks/cache";
import { chooseAll, endChoice, keepChosen, MOST_CHOSEN, useChosenIds } from "@/lib/tasks/choice";
import { addDays, nextMonday } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { useOpenTasks } from "@/lib/tasks/queries";
import { countsBy } from "@/lib/tasks/views";
import { ConfirmDialog } from "./confirm-dialog";
import { DateDialog, NameDialog } from "./field-dialogs";

type Asking = { kind: "confirm"; deed: Deed } | { kind: "date" | "project" | "tags" } | null;

/** The chosen tasks as the page has them; those that are gone are chosen no more. */
function useChosenTasks(): Task[] {
  const client = useQueryClient();
  const ids = useChosenIds();
  useOpenTasks();
  const tasks = findTasks(client, ids);
  useEffect(() => {
    if (tasks.length < ids.size) keepChosen(new Set(tasks.map(({ id }) => id)));
  }, [tasks.length, ids]);
  return tasks;
}

/** Back to the row that was looked at last, if it is still there. */
function leave(): void {
  endChoice();
  const row = selectedTask.get();
  if (row) focusSoon(rowId(row));
}

/** What can be done with all tasks that are chosen: at once or, as in the chat, after a question. */
export function ChoiceBar() {
  const client = useQueryClient();
  const tasks = useChosenTasks();
  const here = useHere();
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const { later, onClosed } = useAfterMenu();
  const allDone = tasks.every(({ status }) => status === "done");

  const carryOut = async (deed: Deed) => {
    setAsking(null);
    setBusy(true);
    const done = await doToMany(client, tasks, deed);
    setBusy(false);
    if (done) leave();
  };
  const ask = (deed: Deed) => {
    const rest = deed.act === "complete" && tasks.some(({ subtasks, recurrence }) => subtasks?.open && !recurrence);
    if (rest || mustAsk(deed.act, tasks)) setAsking({ kind: "confirm", deed });
    else void carryOut(deed);
  };
  const change = (fields: Omit<Extract<Deed, { act: "update" }>, "act">) => ask({ act: "update", ...fields } as Deed);
  const moveTo = (due: string | null) => change({ due, timezone: here.zone });
  const tick = () => ask({ act: allDone ? "reopen" : "complete" } as Deed);
  const remove = () => ask({ act: "delete" });
  const enter = () => document.querySelector<HTMLElement>("#choice-bar button")?.focus();
  const shortcuts: Shortcuts = { escape: leave, b: enter, x: tick, "#": remove, delete: remove };
  useShortcuts(shortcuts);

  if (tasks.length === 0) return null;
  return (
    <div id="choice-bar" role="group" aria-label="Selected tasks" aria-busy={busy || undefined}
      className="flex shrink-0 animate-rise flex-wrap items-center gap-x-1 gap-y-0.5 border-t bg-raised px-3 py-2 shadow-raised sm:px-6">
      <p role="status" className="mr-1 text-sm font-medium tabular-nums max-sm:flex-1">{tasks.length.toLocaleString("en")} selected</p>
      <Button variant="link" size="small" className="mr-auto max-sm:mr-0" aria-label="Select all" onClick={chooseAll}>All</Button>
      {/* On a phone the acts have a line of their own. */}
      <span className="w-full sm:hidden" />
      <Act icon={allDone ? <RotateCcw /> : <Check />} name={allDone ? "Reopen" : "Complete"} disabled={busy} onClick={tick} />
      <Menu align="end" label="Move to a date" onClosed={onClosed} trigger={<Button variant="ghost" size="small" disabled={busy} aria-label="Date"><CalendarDays /><Word>Date</Word></Button>}>
        <MenuItem onSelect={() => moveTo(here.today)}>Today</MenuItem>
        <MenuItem onSelect={() => moveTo(addDays(here.today, 1))}>Tomorrow</MenuItem>
        <MenuItem onSelect={() => moveTo(nextMonday(here.today))}>Next week</MenuItem>
        <MenuItem onSelect={later(() => setAsking({ kind: "date" }))}>Another day…</MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => moveTo(null)}>No date</MenuItem>
      </Menu>
      <ProjectMenu busy={busy} onProject={(project) => change({ project })} onOther={later(() => setAsking({ kind: "project" }))} onClosed={onClosed} />
      <Act icon={<Hash />} name="Tags" disabled={busy} onClick={() => setAsking({ kind: "tags" })} />
      <Menu align="end" label="Priority" trigger={<Button variant="ghost" size="small" disabled={busy} aria-label="Priority"><Flag /><Word>Priority</Word></Button>}>
        {(["high", "medium", "low"] as const).map((priority) => (
          <MenuItem key={priority} onSelect={() => change({ priority })}><span className="capitalize">{priority}</span></MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => change({ priority: null })}>None</MenuItem>
      </Menu>
      <Act icon={<Trash2 />} name="Delete" tone="danger" disabled={busy} onClick={remove} />
      <Button variant="ghost" size="icon" aria-label="End the selection" onClick={leave}><X /></Button>
      {tasks.length === MOST_CHOSEN && <p className="w-full text-[0.8125rem] text-muted">That is as many as can be changed at once.</p>}
      <ConfirmDialog deed={asking?.kind === "confirm" ? asking.deed : null} tasks={tasks} here={here}
        onClose={() => setAsking(null)} onAgreed={(deed) => void carryOut(deed)} />
      {asking?.kind === "date" && <DateDialog onClose={() => setAsking(null)} onDay={moveTo} />}
      {asking?.kind === "project" && <NameDialog kind="project" tasks={tasks} onClose={() => setAsking(null)} onChange={change} />}
      {asking?.kind === "tags" && <NameDialog kind="tag" tasks={tasks} onClose={() => setAsking(null)} onChange={change} />}
    </div>
  );
}

/** A word beside an icon, where there is room. */
function Word({ children }: { children: ReactNode }) {
  return <span className="max-2xl:hidden">{children}</span>;
}

interface ActProps {
  icon: ReactNode;
  name: string;
  tone?: "danger";
  disabled: boolean;
  onClick: () => void;
}

function Act({ icon, name, tone, disabled, onClick }: ActProps) {
  return (
    <Button variant={tone ?? "ghost"} size="small" aria-label={name} title={name} disabled={disabled} onClick={onClick}>
      {icon}
      <Word>{name}</Word>
    </Button>
  );
}

interface ProjectMenuProps {
  busy: boolean;
  onProject: (name: string | null) => void;
  onOther: () => void;
  onClosed: () => void;
}

function ProjectMenu({ busy, onProject, onOther, onClosed }: ProjectMenuProps) {
  const open = useOpenTasks().data ?? [];
  const projects = countsBy(open, (task) => (task.project ? [task.project] : []));
  return (
    <Menu align="end" label="Move to a project" onClosed={onClosed} trigger={<Button variant="ghost" size="small" disabled={busy} aria-label="Project"><Folder /><Word>Project</Word></Button>}>
      {projects.map(({ name }) => <MenuItem key={name} onSelect={() => onProject(name)}>{name}</MenuItem>)}
      {projects.length > 0 && <MenuSeparator />}
      <MenuItem onSelect={onOther}>Another project…</MenuItem>
      <MenuItem onSelect={() => onProject(null)}>No project</MenuItem>
    </Menu>
  );
}
