"use client";

import type { Change } from "@/lib/api/types";
import { createStore } from "@/lib/shell/store";
import { hasTime } from "./moments";

const DECLINED = "todo-notify-declined";

/** True from the moment at which a reminder was set: then it makes sense to ask how the user wants to be told. */
export const reminderWasSet = createStore(false);

/** Note a change that sets a reminder. */
export function noteReminder({ before, after }: Change): void {
  // A snooze answers a reminder that has reached the user.
  if (!after || after.status !== "open" || after.reminders?.some(({ snooze }) => snooze) || reminderWasSet.get()) return;
  const reminds = (after.reminders ?? (hasTime(after) ? [0] : [])).length > 0;
  const isNew = before?.due !== after.due || JSON.stringify(before?.reminders ?? null) !== JSON.stringify(after.reminders ?? null);
  if (reminds && isNew) reminderWasSet.set(true);
}

export function wasDeclined(): boolean {
  try {
    return localStorage.getItem(DECLINED) !== null;
  } catch {
    return false;
  }
}

/** Ask no more in this browser; the settings still offer it. */
export function decline(): void {
  reminderWasSet.set(false);
  try {
    localStorage.setItem(DECLINED, "1");
  } catch {
    // Storage is denied: it is asked again at the next visit.
  }
}
