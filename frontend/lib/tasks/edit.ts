"use client";

import type { QueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Reminder } from "@/lib/api/reminders";
import type { Priority, Task, TaskFields } from "@/lib/api/types";
import { readDraft, saveDraft } from "@/lib/shell/drafts";
import { localDue } from "./dates";
import { editTask } from "./write";

/** The editor's fields as their inputs hold them; the empty string is "none". */
export interface EditValues {
  title: string;
  notes: string;
  date: string;
  time: string;
  recurrence: string;
  fromCompletion: boolean;
  priority: Priority | "";
  project: string;
  tags: string[];
  /** Null: those of the settings. */
  reminders: Reminder[] | null;
}

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

export function valuesOf(task: Task, zone: string): EditValues {
  const due = localDue(task, zone);
  return {
    title: task.title,
    notes: task.notes ?? "",
    date: due?.date ?? "",
    time: due?.time ?? "",
    recurrence: task.recurrence ?? "",
    fromCompletion: task.recurrence_from === "completion",
    priority: task.priority ?? "",
    project: task.project ?? "",
    tags: task.tags,
    reminders: task.reminders ?? null,
  };
}

/** Only what differs between two states of the editor, as the API takes it. */
export function changedFields(before: EditValues, after: EditValues, zone: string): TaskFields {
  const fields: TaskFields = {};
  if (after.title.trim() !== before.title) fields.title = after.title.trim();
  if (after.notes.trim() !== before.notes) fields.notes = after.notes.trim() || null;
  if (after.date !== before.date || after.time !== before.time) {
    fields.due = after.date ? after.date + (after.time ? `T${after.time}` : "") : null;
    if (fields.due) fields.timezone = zone;
  }
  if (after.recurrence !== before.recurrence) fields.recurrence = after.recurrence || null;
  if (after.recurrence && (fields.recurrence || after.fromCompletion !== before.fromCompletion)) {
    fields.recurrence_from = after.fromCompletion ? "completion" : "due";
  }
  if (after.priority !== before.priority) fields.priority = after.priority || null;
  if (after.project.trim() !== before.project) fields.project = after.project.trim() || null;
  if (!same(after.tags, before.tags)) fields.tags = after.tags;
  if (!same(after.reminders, before.reminders)) fields.reminders = after.reminders;
  return fields;
}

function restore(draft: string): Partial<EditValues> {
  try {
    return draft ? (JSON.parse(draft) as Partial<EditValues>) : {};
  } catch {
    return {};
  }
}

/** The values that differ from `start`: only those are a draft worth keeping. */
function differing(start: EditValues, values: EditValues): Partial<EditValues> {
  const names = Object.keys(values) as (keyof EditValues)[];
  const changed = names.filter((name) => !same(values[name], start[name]));
  return Object.fromEntries(changed.map((name) => [name, values[name]]));
}

/** An edit of one task: starts from the task, or from what was typed and not saved. */
export function useEdit(task: Task, zone: string) {
  const draftName = `edit:${task.id}`;
  const [start] = useState(() => ({ values: valuesOf(task, zone), version: task.version, draft: restore(readDraft(draftName)) }));
  const [values, setValues] = useState<EditValues>({ ...start.values, ...start.draft });
  const keep = (next: EditValues) => {
    const changed = differing(start.values, next);
    saveDraft(draftName, Object.keys(changed).length > 0 ? JSON.stringify(changed) : "");
  };
  const set = (changed: Partial<EditValues>) => {
    const next = { ...values, ...changed };
    setValues(next);
    keep(next);
  };
  const discard = () => saveDraft(draftName, "");
  const save = (client: QueryClient) => {
    discard();
    const ours = changedFields(start.values, values, zone);
    if (Object.keys(ours).length === 0) return;
    // What others changed meanwhile is overwritten only where they left the same fields alone.
    const theirs = changedFields(start.values, valuesOf(task, zone), zone);
    const contested = Object.keys(ours).some((name) => name in theirs);
    const version = contested ? start.version : task.version;
    void editTask(client, task, ours, { version, keep: () => keep(values) });
  };
  return { values, set, save, discard, restored: Object.keys(start.draft).length > 0 };
}
