import type { QueryClient } from "@tanstack/react-query";
import { ApiError, failureMessage } from "@/lib/api/http";
import { redo as redoAny } from "@/lib/api/history";
import { COMING, REMINDER_SETTINGS } from "@/lib/api/reminders";
import { undo } from "@/lib/api/tasks";
import type { Undone } from "@/lib/api/types";
import { createStore } from "@/lib/shell/store";
import { toast } from "@/lib/shell/toasts";
import { applyChanges } from "./cache";
import { LABELS } from "./labels";

/** Tokens of this tab's changes that can still be undone, the latest last. */
const stack = createStore<string[]>([]);
/** Writes on their way; what they did has no token yet. */
const underway = new Set<Promise<unknown>>();

/** Tell of a write that was sent, so that an undo waits for it. */
export function awaitBeforeUndo(write: Promise<unknown>): void {
  const settled = write.catch(() => undefined).finally(() => underway.delete(settled));
  underway.add(settled);
}

/** So many changes are drawn one by one; after more, the list is read again. */
const MOST_DRAWN = 100;

/** Which changes are taken back, by conversation: read anew after each undo, here or elsewhere. */
export const UNDONE = ["undone"] as const;

export function pushUndo(token: string | null): void {
  if (token) stack.set((tokens) => [...tokens, token].slice(-50));
}

/** The reminder settings that an undo or a redo put back are those that hold now. */
function applySettings(client: QueryClient, { reminder_settings }: Undone): void {
  if (!reminder_settings) return;
  client.setQueryData(REMINDER_SETTINGS, reminder_settings);
  void client.invalidateQueries({ queryKey: COMING });
}

function changeCount(undone: Undone): string {
  if (undone.changes.length === 0 && undone.reminder_settings) return "Undone: the reminder settings are as they were.";
  if (undone.total === 0) return "Undone: how your lists look.";
  const [first] = undone.changes;
  const title = (first?.after ?? first?.before)?.title;
  if (undone.total === 1 && title) return `Undone: “${title}”.`;
  return `Undone: ${undone.total.toLocaleString("en")} changes.`;
}

/** What was taken back, or done again, as it is now. The answer tells the first some hundred changes. */
async function takeIn(client: QueryClient, undone: Undone): Promise<void> {
  if (undone.changes.length > MOST_DRAWN) await client.invalidateQueries({ queryKey: ["tasks"] });
  else applyChanges(client, undone.changes);
  applySettings(client, undone);
  await Promise.all([UNDONE, LABELS].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Undo one turn or call, or the latest change; shows what happened and offers to redo it. Tells whether it worked. */
export async function undoTurn(client: QueryClient, token?: string): Promise<boolean> {
  stack.set((tokens) => tokens.filter((known) => known !== token));
  try {
    const undone = await undo(token);
    await takeIn(client, undone);
    toast(changeCount(undone), { action: { label: "Redo", run: () => void redo(client, undone) } });
    return true;
  } catch (error) {
    const nothing = error instanceof ApiError && error.status === 409 && !token;
    toast(nothing ? "There is nothing to undo." : failureMessage(error), { tone: nothing ? "plain" : "error" });
    return false;
  }
}

/** What Ctrl Y does: take the latest undo that stands back, wherever it was made. */
export async function redoLatest(client: QueryClient): Promise<void> {
  await Promise.all(underway);
  try {
    const redone = await redoAny();
    await takeIn(client, redone);
    pushUndo(redone.undo_token);
    toast("Done again.");
  } catch (error) {
    toast(failureMessage(error), { tone: error instanceof ApiError && error.status === 409 ? "plain" : "error" });
  }
}

async function redo(client: QueryClient, undone: Undone): Promise<void> {
  try {
    const redone = await undo(undone.undo_token);
    await takeIn(client, redone);
    pushUndo(redone.undo_token);
    toast("Done again.");
  } catch (error) {
    toast(failureMessage(error), { tone: "error" });
  }
}

/** What the `z` key does: this tab's latest change first, then whatever the user changed last anywhere. */
export async function undoLatest(client: QueryClient): Promise<void> {
  await Promise.all(underway);
  await undoTurn(client, stack.get().at(-1));
}
