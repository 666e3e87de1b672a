"use client";

import type { QueryClient } from "@tanstack/react-query";
import { renameGroup, type GroupKind } from "@/lib/api/groups";
import { createStore } from "@/lib/shell/store";
import { currentView, openView } from "@/lib/shell/view";
import { quietly } from "./live";
import { isSameName } from "./names";
import { awaitBeforeUndo, pushUndo } from "./undo";
import { offerUndo } from "./write";

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
  });
}
