"use client";

import type { Change } from "@/lib/api/types";
import { createStore } from "@/lib/shell/store";
import type { Notice } from "./notice";

const PREFIX = "todo-reminders:";
/** So many ids are remembered, so that a reload or a repeated event tells nothing twice. */
const REMEMBERED = 300;
const DAY = 86_400_000;

/** What the tabs of one browser share of a user's reminders: those not dealt with, and all that came. */
interface Shared {
  waiting: Notice[];
  seen: string[];
  /** Those that were told by a notification or a sound. */
  told: string[];
}

const EMPTY: Shared = { waiting: [], seen: [], told: [] };
let owner: string | null = null;
const shared = createStore<Shared>(EMPTY);

function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null; // Storage is denied: each tab then keeps its own.
  }
}

function parsed(text: string | null): Shared {
  if (!text) return EMPTY;
  try {
    const kept = JSON.parse(text) as Partial<Shared>;
    const fresh = (kept.waiting ?? []).filter(({ due_at: due }) => Date.now() - Date.parse(due) < 7 * DAY);
    return { waiting: fresh, seen: kept.seen ?? [], told: kept.told ?? [] };
  } catch {
    return EMPTY;
  }
}

function change(next: (current: Shared) => Shared): void {
  // Another tab may have written since its event came here.
  const store = storage();
  const current = owner && store ? parsed(store.getItem(PREFIX + owner)) : shared.get();
  const changed = next(current);
  shared.set(changed);
  try {
    if (owner) store?.setItem(PREFIX + owner, JSON.stringify(changed));
  } catch (error) {
    console.warn("The reminders could not be stored; they are kept until the page is closed.", error);
  }
}

/** Keep the reminders of this user, together with the other tabs, until the returned function is called. */
export function openInbox(userId: string): () => void {
  owner = userId;
  shared.set(parsed(storage()?.getItem(PREFIX + userId) ?? null));
  const onStorage = (event: StorageEvent) => {
    if (event.key === PREFIX + userId) shared.set(parsed(event.newValue));
  };
  window.addEventListener("storage", onStorage);
  return () => {
    window.removeEventListener("storage", onStorage);
    owner = null;
    shared.set(EMPTY);
  };
}

/** Forget this user's reminders here: another person may sign in next. */
export function emptyInbox(): void {
  try {
    if (owner) storage()?.removeItem(PREFIX + owner);
  } finally {
    shared.set(EMPTY);
  }
}

/** Take in what the server tells; what came before is passed over. */
export function receive(notice: Notice): void {
  change((now) => {
    if (now.seen.includes(notice.id)) return now;
    // A later reminder of a task takes the place of the one before: one card a task.
    const others = now.waiting.filter(({ task_id: task }) => !task || task !== notice.task_id);
    return { ...now, waiting: [...others, notice], seen: [...now.seen, notice.id].slice(-REMEMBERED) };
  });
}

/** Those to be told now, by this caller alone: none of them is given again. */
export function claimUntold(): Notice[] {
  const untold = shared.get().waiting.filter(({ id }) => !shared.get().told.includes(id));
  if (untold.length > 0) change((now) => ({ ...now, told: [...now.told, ...untold.map(({ id }) => id)].slice(-REMEMBERED) }));
  return untold;
}

export function putBack(notice: Notice): void {
  change((now) => ({ ...now, waiting: [...now.waiting.filter(({ id }) => id !== notice.id), notice] }));
}

/** It was dealt with. */
export function dismiss(id: string): void {
  change((now) => ({ ...now, waiting: now.waiting.filter((notice) => notice.id !== id) }));
}

/** True for a change after which a reminder of the task that came before is no longer news. */
function settles({ before, after }: Change): boolean {
  if (!after || after.status === "done") return true;
  return before?.due !== after.due || JSON.stringify(before?.reminders ?? null) !== JSON.stringify(after.reminders ?? null);
}

/** A task that was done, moved, snoozed or deleted anywhere needs no card here. */
export function settleBy(changed: Change): void {
  if (shared.get().waiting.some(({ task_id: task }) => task === changed.task_id) && settles(changed)) {
    change((now) => ({ ...now, waiting: now.waiting.filter(({ task_id: task }) => task !== changed.task_id) }));
  }
}

/** Take away the cards of tasks that are no longer open. */
export function keepOnly(open: ReadonlySet<string>): void {
  if (shared.get().waiting.some(({ task_id: task }) => task && !open.has(task))) {
    change((now) => ({ ...now, waiting: now.waiting.filter(({ task_id: task }) => !task || open.has(task)) }));
  }
}

export const inbox = shared;
