import type { Task } from "@/lib/api/types";
import type { Deed } from "./bulk";
import { dayLabel, localDue } from "./dates";
import { isSameName } from "./names";
import type { Here } from "./views";

/** What a task gets that is dropped on it; null where it loses what it has of the kind. */
export type Target =
  | { kind: "project"; name: string | null }
  | { kind: "tag"; name: string }
  | { kind: "day"; day: string | null }
  | { kind: "priority"; priority: Task["priority"] };

/** Whether a task has it already. */
export function isThere(task: Task, target: Target, zone: string): boolean {
  if (target.kind === "day") return (localDue(task, zone)?.date ?? null) === target.day;
  if (target.kind === "priority") return task.priority === target.priority;
  if (target.kind === "tag") return task.tags.some((tag) => isSameName(tag, target.name));
  return target.name === null ? task.project === null : task.project !== null && isSameName(task.project, target.name);
}

/** The same as the selection's bar does. */
export function deedOf(target: Target, zone: string): Deed {
  switch (target.kind) {
    case "day":
      return { act: "update", due: target.day, timezone: zone };
    case "project":
      return { act: "update", project: target.name };
    case "priority":
      return { act: "update", priority: target.priority };
    case "tag":
      return { act: "update", add_tags: [target.name] };
  }
}

/** "the project work", "Tomorrow": where it is, in words. */
export function sayTarget(target: Target, here: Here): string {
  if (target.kind === "day") return target.day ? dayLabel(target.day, here.today) : "no date";
  if (target.kind === "priority") return target.priority ? `${target.priority} priority` : "no priority";
  if (target.kind === "tag") return `the tag ${target.name}`;
  return target.name === null ? "no project" : `the project ${target.name}`;
}
