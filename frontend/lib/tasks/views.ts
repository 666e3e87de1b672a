import type { FilterQuery } from "@/lib/api/filters";
import type { Defaults } from "@/lib/api/tasks";
import type { Task } from "@/lib/api/types";
import { addDays, dayHeading, daysBetween, localDue, monthOf } from "./dates";
import { isSameName, nameKey } from "./names";
import type { Target } from "./drop";
import { byOrder, topsOf } from "./tree";

/** By a word that no task holds, those that are looked for in its place. */
export type Similar = Record<string, string[]>;

export type View =
  | { kind: "today" | "upcoming" | "all" | "done" }
  | { kind: "project" | "tag"; name: string }
  | { kind: "filter"; name: string; query?: FilterQuery | null }
  | { kind: "search"; text: string; similar?: Similar };

export interface Group {
  key: string;
  name: string | null;
  detail?: string;
  tone?: "overdue";
  /** What a task gets that is dropped under the heading. */
  target?: Target;
  tasks: Task[];
}

/** The moment and place that views are computed for. */
export interface Here {
  now: Date;
  today: string;
  zone: string;
}

const FAR_AHEAD_DAYS = 14;
/** So many of the next days are shown also where they are free: that is what a plan for the week is looked at for. */
const WEEK = 7;

export const viewKey = (view: View): string => ("name" in view ? `${view.kind}:${nameKey(view.name)}` : view.kind);

export function isOverdue(task: Task, here: Here): boolean {
  return task.status === "open" && task.due_at !== null && new Date(task.due_at) <= here.now;
}


/** A text that sorts by day, then time; a day alone comes after the times. */
function dueKey(task: Task, zone: string): string {
  const due = localDue(task, zone);
  return due ? `${due.date}T${due.time ?? "99"}` : "9999";
}

/** By what is due first, then the user's own order. Each key is made once: a comparison is made many times. */
export function byDue(tasks: Task[], zone: string): Task[] {
  const keyed = tasks.map((task) => ({ task, key: dueKey(task, zone) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : byOrder(a.task, b.task)));
  return keyed.map(({ task }) => task);
}

function todayGroups(tasks: Task[], here: Here): Group[] {
  const due = byDue(tasks.filter((task) => (localDue(task, here.zone)?.date ?? "9999") <= here.today), here.zone);
  // A time earlier today stays under Today, its label in red; Overdue is for the days before.
  const late = due.filter((task) => localDue(task, here.zone)!.date < here.today);
  const now = due.filter((task) => localDue(task, here.zone)!.date === here.today);
  const groups: Group[] = [];
  if (late.length > 0) groups.push({ key: "overdue", name: "Overdue", tone: "overdue", tasks: late });
  if (now.length > 0) groups.push({ key: "today", name: late.length > 0 ? "Today" : null, target: { kind: "day", day: here.today }, tasks: now });
  return groups;
}

/** The next two weeks are grouped by day, what follows by month. */
export const upcomingKey = (day: string, here: Here): string => (daysBetween(here.today, day) <= FAR_AHEAD_DAYS ? day : day.slice(0, 7));

export function upcomingHeading(key: string, here: Here): Pick<Group, "name" | "detail" | "target"> {
  const isDay = key.length > "2027-01".length;
  return isDay ? { ...dayHeading(key, here.today), target: { kind: "day", day: key } } : { name: monthOf(key) };
}

const nextDays = (today: string): string[] => Array.from({ length: WEEK }, (_, index) => addDays(today, index + 1));

function upcomingGroups(tasks: Task[], here: Here): Group[] {
  const tomorrow = addDays(here.today, 1);
  const ahead = tasks.filter((task) => (localDue(task, here.zone)?.date ?? "") >= tomorrow);
  const groups = new Map<string, Group>();
  for (const day of ahead.length > 0 ? nextDays(here.today) : []) groups.set(day, { key: day, ...upcomingHeading(day, here), tasks: [] });
  for (const task of byDue(ahead, here.zone)) {
    const key = upcomingKey(localDue(task, here.zone)!.date, here);
    const group = groups.get(key) ?? { key, ...upcomingHeading(key, here), tasks: [] };
    group.tasks.push(task);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function matches(task: Task, view: View): boolean {
  if (view.kind === "project") return task.project !== null && isSameName(task.project, view.name);
  if (view.kind === "tag") return task.tags.some((tag) => isSameName(tag, view.name));
  if (view.kind !== "search") return true;
  return holds(task, view.text, view.similar);
}

function holds(task: Task, text: string, similar?: Similar): boolean {
  const haystack = [task.title, task.notes ?? "", task.project ?? "", ...task.tags].join("\n").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => (similar?.[word] ?? [word]).some((spelling) => haystack.includes(spelling)));
}

function isInDays(task: Task, query: FilterQuery, here: Here): boolean {
  const date = localDue(task, here.zone)?.date;
  if (query.no_due) return date === undefined;
  if (!query.due_from && !query.due_to) return true;
  return date !== undefined && date >= (query.due_from ?? "") && date <= (query.due_to ?? "9999");
}

const isIn = (task: Task, project: string): boolean => task.project !== null && isSameName(task.project, project);
const hasTag = (task: Task, tag: string): boolean => task.tags.some((one) => isSameName(one, tag));

/** Whether an open task passes what a saved filter asks for, as `GET /api/tasks` does. */
export function passes(task: Task, query: FilterQuery, here: Here): boolean {
  if (!isInDays(task, query, here) || (query.overdue && !isOverdue(task, here))) return false;
  if (query.priority && task.priority !== query.priority) return false;
  if ((query.project && !isIn(task, query.project)) || (query.not_project && isIn(task, query.not_project))) return false;
  if ((query.tag && !hasTag(task, query.tag)) || (query.not_tag && hasTag(task, query.not_tag))) return false;
  return !query.search || holds(task, query.search);
}

/** By what is due first. A subtask that passes stands by itself: its parent need not pass. */
function filterGroups(query: FilterQuery | null | undefined, tasks: Task[], here: Here): Group[] {
  const found = query ? byDue(tasks.filter((task) => passes(task, query, here)), here.zone) : [];
  return found.length > 0 ? [{ key: "all", name: null, tasks: found }] : [];
}

/** What a view shows of the open tasks (those just ticked stay until the caller drops them), in groups. */
export function groupsFor(view: View, tasks: Task[], here: Here): Group[] {
  if (view.kind === "today") return todayGroups(tasks, here);
  if (view.kind === "upcoming") return upcomingGroups(tasks, here);
  if (view.kind === "done") return [];
  if (view.kind === "filter") return filterGroups(view.query, tasks, here);
  const found = tasks.filter((task) => matches(task, view)).sort(byOrder);
  // A search shows what it finds by itself; elsewhere a subtask stands within its parent.
  const shown = view.kind === "search" ? found : topsOf(found);
  return shown.length > 0 ? [{ key: "all", name: null, tasks: shown }] : [];
}

/** The first day from today on that a filter shows; none where it asks for no day, or for days that are over. */
function dayFor({ due_from: from, due_to: to, no_due, overdue }: FilterQuery, today: string): string | undefined {
  if (no_due || overdue || (!from && !to) || (to && to < today)) return undefined;
  return from && from > today ? from : today;
}

function defaultsOf(query: FilterQuery, here: Here): Defaults {
  const { project, priority, tag } = query;
  const due = dayFor(query, here.today);
  return { ...(due && { due }), ...(project && { project }), ...(priority && { priority }), ...(tag && { tags: [tag] }) };
}

/** The fields that a task added in this view starts with, so that it appears where it was typed. */
export function defaultsFor(view: View, here: Here): Defaults {
  if (view.kind === "today") return { due: here.today };
  if (view.kind === "upcoming") return { due: addDays(here.today, 1) };
  if (view.kind === "project") return { project: view.name };
  if (view.kind === "tag") return { tags: [view.name] };
  if (view.kind === "filter" && view.query) return defaultsOf(view.query, here);
  return {};
}

/** Open tasks by name of project or tag, in alphabetical order; names that differ only in case are one. */
export function countsBy(tasks: Task[], namesOf: (task: Task) => string[]): { name: string; open: number }[] {
  const counts = new Map<string, { name: string; open: number }>();
  for (const task of tasks) {
    for (const name of namesOf(task)) {
      const known = counts.get(nameKey(name));
      if (known) known.open += 1;
      else counts.set(nameKey(name), { name, open: 1 });
    }
  }
  return [...counts.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** The order value that puts a task between two neighbours; null stands for the list's end. */
export function orderBetween(before: number | null, after: number | null): number {
  if (before === null && after === null) return 1;
  if (before === null) return after! - 1;
  if (after === null) return before + 1;
  return (before + after) / 2;
}
