import type { Reminder } from "@/lib/api/reminders";
import { dayOf, dueLabel } from "@/lib/tasks/dates";
import type { Here } from "@/lib/tasks/views";
import { durationWords, readDuration } from "./durations";
import { instantOf } from "./moments";

const two = (value: number): string => String(value).padStart(2, "0");

/** "Tomorrow, 06:30": an instant as this browser's clock shows it. */
export function instantLabel(at: Date, today: string): string {
  return dueLabel({ date: dayOf(at), time: `${two(at.getHours())}:${two(at.getMinutes())}` }, today);
}

/** "30 minutes before", "At the time", "Tue, 06:30". */
export function reminderLabel(reminder: Reminder, here: Here): string {
  if (reminder.at) return instantLabel(instantOf(reminder.at, reminder.zone ?? here.zone), here.today);
  return offsetLabel(reminder.before ?? "");
}

export function offsetLabel(before: string): string {
  const duration = readDuration(before);
  if (!duration) return before;
  const words = durationWords(duration);
  return words ? `${words} before` : "At the time";
}

/** A label within a sentence; names of days keep their capital. */
const inSentence = (label: string): string => label.replace(/^(At|Today|Tomorrow|Every)\b/, (word) => word.toLowerCase());

/** "at the time and 1 day before", "nothing": a list in a sentence. */
export function remindersPhrase(reminders: Reminder[], here: Here): string {
  const labels = reminders.map((reminder) => inSentence(reminderLabel(reminder, here)));
  if (labels.length < 2) return labels[0] ?? "none";
  return `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
}

/** A task's own reminders as a receipt tells them; null: those of the settings. */
export function ownReminders(reminders: Reminder[] | null, here: Here): string {
  if (!reminders) return "Usual reminders";
  if (reminders.length === 0) return "No reminders";
  const paces = new Set(reminders.flatMap(({ again }) => (again ? [inSentence(paceLabel(again.every))] : [])));
  return [`Reminds ${remindersPhrase(reminders, here)}`, ...paces].join(", ");
}

/** The offsets that are offered; others are typed. */
export const OFFSETS = ["PT0M", "PT5M", "PT10M", "PT30M", "PT1H", "P1D", "P7D"] as const;

/** How often a reminder is repeated until the task is done; empty: once. */
export const PACES = ["", "PT5M", "PT10M", "PT30M", "PT1H"] as const;

export function paceLabel(every: string): string {
  if (!every) return "Once";
  return `Every ${durationWords(readDuration(every) ?? { days: 0, minutes: 0 }).replace(/^1 /, "")} until done`;
}
