import type { PlannedChange } from "@/lib/api/chat";
import type { Task } from "@/lib/api/types";
import { ownReminders } from "@/lib/reminders/words";
import { dueLabel, localDue } from "./dates";
import { ruleLabel } from "./recurrence";
import type { Here } from "./views";

export interface Difference {
  name: string;
  before: string | null;
  after: string | null;
}

const VERBS = { create: "Added", update: "Changed", complete: "Completed", reopen: "Reopened", delete: "Deleted" };
/** The same for a change that takes another back. */
const BACK = { create: "Brought back", update: "Put back", complete: "Done again", reopen: "Open again", delete: "Removed again" };

const verbOf = ({ kind, undoes }: PlannedChange): string => (undoes ? BACK : VERBS)[kind];

export function titleOf({ after, before }: PlannedChange): string {
  return (after ?? before)?.title ?? "";
}

/** Several changes in a heading: "Completed 3 tasks". */
export function sayTogether(changes: PlannedChange[]): string {
  const verbs = new Set(changes.map(verbOf));
  return `${verbs.size === 1 ? [...verbs][0] : "Changed"} ${changes.length} tasks`;
}

/** The title of the task of an id, where the page knows it. */
export type Named = (id: string) => string | undefined;

function fieldsOf(task: Task | null, here: Here, named: Named): Record<string, string | null> {
  if (!task) return {};
  const due = localDue(task, here.zone);
  return {
    Title: task.title,
    Due: due && dueLabel(due, here.today),
    Repeat: task.recurrence && ruleLabel(task.recurrence, task.recurrence_from),
    Priority: task.priority && task.priority.charAt(0).toUpperCase() + task.priority.slice(1),
    Project: task.project,
    Tags: task.tags.length > 0 ? task.tags.map((tag) => `#${tag}`).join(" ") : null,
    Notes: task.notes,
    "Parent task": task.parent_id ? (named(task.parent_id) ?? "another task") : null,
    Reminders: ownReminders(task.reminders ?? null, here),
  };
}

/** The fields that a change altered, in words. */
export function differences(change: PlannedChange, here: Here, named: Named): Difference[] {
  const before = fieldsOf(change.before, here, named);
  const after = fieldsOf(change.after, here, named);
  const names = Object.keys(change.after ? after : before);
  return names
    .map((name) => ({ name, before: before[name] ?? null, after: after[name] ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

export interface Line {
  verb: string;
  title: string;
  details: string[];
  differences: Difference[];
}

/** One line of a receipt: what happened to which task; a new task's fields as details, a changed one's before and after. */
export function describeChange(change: PlannedChange, here: Here, named: Named): Line {
  const title = titleOf(change);
  const own = change.after?.reminders ?? null;
  const found = differences(change, here, named).filter(
    ({ name }) => change.kind !== "create" || (name !== "Title" && (name !== "Reminders" || own !== null)),
  );
  const isNew = change.kind === "create";
  const details = isNew ? found.flatMap(({ after }) => (after ? [after] : [])) : [];
  // A repeating task that was completed is open again on its next date: that move is the news.
  const shown = isNew || change.kind === "delete" ? [] : found;
  return { verb: verbOf(change), title, details, differences: shown };
}
