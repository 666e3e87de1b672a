"use client";

import type { QueryClient } from "@tanstack/react-query";
import { renameGroup, setLook, setOrder, type Colour, type GroupKind, type Label } from "@/lib/api/groups";
import type { Written } from "@/lib/api/tasks";
import { createStore } from "@/lib/shell/store";
import { currentView, openView } from "@/lib/shell/view";
import { LABELS, takeLabels } from "./labels";
import { quietly } from "./live";
import { isSameName } from "./names";
import { awaitBeforeUndo, pushUndo } from "./undo";
import { failed, offerUndo } from "./write";

/** A project or tag of the sidebar. */
export interface GroupName {
  kind: GroupKind;
  name: string;
}

/** The one whose new name is asked for. */
export const renamedGroup = createStore<GroupName | null>(null);

export const GROUPS = (kind: GroupKind) => ["tasks", "groups", kind] as const;

const count = (tasks: number): string => `${tasks} ${tasks === 1 ? "task" : "tasks"}`;

/** Rename or merge, as it was agreed to. Raises ApiError. */
export async function rename(client: QueryClient, group: GroupName, to: string, merge: boolean): Promise<void> {
  const { kind, name } = group;
  const sent = renameGroup(kind, name, to, merge);
  awaitBeforeUndo(sent);
  await quietly(client, async () => {
    const written = await sent;
    pushUndo(written.undoToken);
    const { name: now, changed, merged } = written.value;
    const view = currentView();
    if (view.kind === kind && isSameName(view.name, name)) openView({ kind, name: now }, { replace: true });
    const said = merged ? `Merged “${name}” into “${now}”` : `Renamed “${name}” to “${now}”`;
    offerUndo(client, `${said}: ${count(changed)}.`, written);
    await client.invalidateQueries({ queryKey: LABELS });
  });
}

async function change(client: QueryClient, sent: Promise<Written<Label[]>>, said: string): Promise<void> {
  awaitBeforeUndo(sent);
  try {
    const written = await sent;
    takeLabels(written.value);
    pushUndo(written.undoToken);
    offerUndo(client, said, written);
  } catch (error) {
    failed("Nothing was changed.", error);
  }
}

export function colourGroup(client: QueryClient, { kind, name }: GroupName, colour: Colour | null): Promise<void> {
  return change(client, setLook(kind, name, { colour }), colour ? `“${name}” is ${colour} now.` : `“${name}” has no colour now.`);
}

/** An archived project's tasks are left out of the usual views. */
export function archiveProject(client: QueryClient, name: string, archived: boolean): Promise<void> {
  return change(client, setLook("project", name, { archived }), archived ? `Archived “${name}”.` : `Brought “${name}” back.`);
}

/** Move it by a place among `names`, which are all of its kind in their order. */
export function moveGroup(client: QueryClient, { kind, name }: GroupName, names: string[], step: -1 | 1): Promise<void> {
  const from = names.indexOf(name);
  const moved = names.toSpliced(from, 1).toSpliced(from + step, 0, name);
  return change(client, setOrder(kind, moved), `Moved “${name}”.`);
}
