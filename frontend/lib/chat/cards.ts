import type { Approval, PlannedChange, Receipt } from "@/lib/api/chat";
import type { Change } from "@/lib/api/types";

/** What one call changed, and the token that undoes just that. */
export interface ReceiptCall {
  token: string;
  changes: Change[];
}

/** A receipt call by call; one of before calls had tokens is one call. */
export function callsOf({ changes, undo_token, calls }: Receipt): ReceiptCall[] {
  if (!calls) return changes.length > 0 && undo_token ? [{ token: undo_token, changes }] : [];
  return calls.map((call) => ({
    token: call.undo_token,
    changes: changes.filter(({ revision }) => call.revisions.includes(revision)),
  }));
}

/** What a question would do of one kind: the changes, and the titles of those that are too many to show whole. */
export interface AskedChanges {
  label: string;
  changes: PlannedChange[];
  more: string[];
}

/** Calls of one tool are shown as one. */
export function askedOf({ calls }: Approval): AskedChanges[] {
  const tools = [...new Set(calls.map(({ tool }) => tool))];
  return tools.map((name) => {
    const same = calls.filter(({ tool }) => tool === name);
    const changes = same.flatMap((call) => call.changes ?? []);
    const more = same.flatMap((call) => call.tasks.slice(call.changes?.length ?? 0).map(({ title }) => title));
    const { label } = same[0]!;
    const count = changes.length + more.length;
    return { label: same.length === 1 ? label : label.replace(/\d+ tasks?$/, `${count} tasks`), changes, more };
  });
}
