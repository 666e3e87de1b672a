import type { Task } from "@/lib/api/types";
import { localDue } from "./dates";
import { inOrder, type Labels } from "./labels";
import { nameKey } from "./names";
import { byOrder } from "./tree";
import { byDue, countsBy, groupsFor, upcomingHeading, upcomingKey, type Group, type Here, type View } from "./views";

export const SORTS = ["own", "due", "priority", "title", "created"] as const;
export const GROUPINGS = ["none", "date", "project", "priority"] as const;
export type SortBy = (typeof SORTS)[number];
export type GroupBy = (typeof GROUPINGS)[number];

/** In which order the tasks of a view stand, and under which headings. */
export interface Arrangement {
  sort: SortBy;
  group: GroupBy;
}

/** How a view is arranged as long as nothing else was chosen. */
export function usualFor(view: View): Arrangement {
  if (view.kind === "today" || view.kind === "upcoming") return { sort: "due", group: "date" };
  return { sort: view.kind === "filter" ? "due" : "own", group: "none" };
}

export const isUsual = (view: View, { sort, group }: Arrangement): boolean => {
  const usual = usualFor(view);
  return sort === usual.sort && group === usual.group;
};

/** Rows can be dragged among each other: in their own order alone, and not among what a search found here and there. */
export const isSortable = (view: View, { sort }: Arrangement): boolean => sort === "own" && view.kind !== "search" && view.kind !== "done";

const RANKS = { high: 0, medium: 1, low: 2 } as const;
const LAST_RANK = 3;
const rankOf = ({ priority }: Task): number => (priority ? RANKS[priority] : LAST_RANK);
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Tasks in an order; those that are equal in it stand in the user's own. */
export function sorted(tasks: Task[], sort: SortBy, here: Here): Task[] {
  if (sort === "due") return byDue(tasks, here.zone);
  const compare = {
    own: byOrder,
    priority: (a: Task, b: Task) => rankOf(a) - rankOf(b) || byOrder(a, b),
    title: (a: Task, b: Task) => collator.compare(a.title, b.title) || byOrder(a, b),
    // What was added last is looked for first.
    created: (a: Task, b: Task) => (a.created_at < b.created_at ? 1 : a.created_at > b.created_at ? -1 : byOrder(a, b)),
  }[sort];
  return tasks.toSorted(compare);
}

type Heading = Omit<Group, "tasks">;

const OVERDUE = "0";
const NO_DATE = "9";
const isMonth = (key: string): boolean => key.length === "2027-01".length;

function dateKey(task: Task, here: Here): string {
  const date = localDue(task, here.zone)?.date;
  if (!date) return NO_DATE;
  return date < here.today ? OVERDUE : upcomingKey(date, here);
}

function dateHeading(key: string, here: Here): Heading {
  if (key === OVERDUE) return { key, name: "Overdue", tone: "overdue" };
  if (key === NO_DATE) return { key, name: "No date", target: { kind: "day", day: null } };
  return { key, ...upcomingHeading(key, here) };
}

/** Partition in the order of the headings; a heading without tasks is left out. */
function under(tasks: Task[], headings: Heading[], keyOf: (task: Task) => string): Group[] {
  const groups = new Map<string, Group>(headings.map((heading) => [heading.key, { ...heading, tasks: [] }]));
  for (const task of tasks) groups.get(keyOf(task))?.tasks.push(task);
  return [...groups.values()].filter((group) => group.tasks.length > 0);
}

function byDate(tasks: Task[], here: Here): Group[] {
  // A month, "2027-01", stands behind the days that are shown one by one, of which it may hold some.
  const placeOf = (key: string) => (key === NO_DATE ? 2 : isMonth(key) ? 1 : 0);
  const keys = [...new Set(tasks.map((task) => dateKey(task, here)))];
  keys.sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return under(tasks, keys.map((key) => dateHeading(key, here)), (task) => dateKey(task, here));
}

function byProject(tasks: Task[], labels: Labels): Group[] {
  const projects = inOrder(labels, "project", countsBy(tasks, ({ project }) => (project ? [project] : [])));
  const headings: Heading[] = projects.map(({ name }) => ({ key: `in ${nameKey(name)}`, name, target: { kind: "project", name } }));
  return under(tasks, [...headings, { key: "none", name: "No project", target: { kind: "project", name: null } }], ({ project }) => (project ? `in ${nameKey(project)}` : "none"));
}

const PRIORITIES: Heading[] = [
  { key: "0", name: "High priority", target: { kind: "priority", priority: "high" } },
  { key: "1", name: "Medium priority", target: { kind: "priority", priority: "medium" } },
  { key: "2", name: "Low priority", target: { kind: "priority", priority: "low" } },
  { key: "3", name: "No priority", target: { kind: "priority", priority: null } },
];

function grouped(tasks: Task[], group: GroupBy, here: Here, labels: Labels): Group[] {
  if (group === "date") return byDate(tasks, here);
  if (group === "project") return byProject(tasks, labels);
  if (group === "priority") return under(tasks, PRIORITIES, (task) => String(rankOf(task)));
  return tasks.length > 0 ? [{ key: "all", name: null, tasks }] : [];
}

/** What a view shows of the open tasks, sorted and grouped as was chosen. */
export function arranged(view: View, tasks: Task[], { sort, group }: Arrangement, here: Here, labels: Labels): Group[] {
  const groups = groupsFor(view, tasks, here);
  if (isUsual(view, { sort, group })) return groups;
  // Today and Upcoming have headings of their own for days: what is overdue, and the days that are free.
  if (group === "date" && usualFor(view).group === "date") return groups.map((one) => ({ ...one, tasks: sorted(one.tasks, sort, here) }));
  return grouped(sorted(groups.flatMap((one) => one.tasks), sort, here), group, here, labels);
}
