import type { Task } from "@/lib/api/types";

/** What a person sees: a calendar day `YYYY-MM-DD` and, if there is one, a wall-clock time `HH:MM`, in the browser's zone. */
export interface LocalDue {
  date: string;
  time: string | null;
}

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const LONG_WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const two = (value: number): string => String(value).padStart(2, "0");

/** The day of `instant` in the browser's zone. */
export function dayOf(instant: Date): string {
  return `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
}

/** Noon keeps day arithmetic clear of clock changes. */
function atNoon(day: string): Date {
  return new Date(`${day}T12:00:00`);
}

export function addDays(day: string, count: number): string {
  const moved = atNoon(day);
  moved.setDate(moved.getDate() + count);
  return dayOf(moved);
}

/** Whole days from `from` to `to`; negative if `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((atNoon(to).getTime() - atNoon(from).getTime()) / 86_400_000);
}

export function weekday(day: string): number {
  return atNoon(day).getDay();
}

export function nextMonday(today: string): string {
  return addDays(today, ((8 - weekday(today)) % 7) || 7);
}

/** A task's due date as this browser's clock shows it: a time set in another zone is converted, a day alone is not. */
export function localDue(task: Pick<Task, "due" | "due_at" | "timezone">, zone: string): LocalDue | null {
  if (!task.due) return null;
  const [date = "", time] = task.due.split("T");
  if (!time) return { date, time: null };
  if (task.timezone === zone || !task.due_at) return { date, time: time.slice(0, 5) };
  const instant = new Date(task.due_at);
  return { date: dayOf(instant), time: `${two(instant.getHours())}:${two(instant.getMinutes())}` };
}

/** "January 2027", of "2027-01". */
export const monthOf = (month: string): string => atNoon(`${month}-01`).toLocaleDateString("en-GB", { month: "long", year: "numeric" });

/** "6 Mar", with the year only if it is not `today`'s. */
export function shortDate(day: string, today: string): string {
  const date = atNoon(day);
  const text = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return day.slice(0, 4) === today.slice(0, 4) ? text : `${text} ${date.getFullYear()}`;
}

/** "Today", "Tomorrow", "Yesterday", a weekday within six days, else a date. */
export function dayLabel(day: string, today: string): string {
  const distance = daysBetween(today, day);
  if (distance === 0) return "Today";
  if (distance === 1) return "Tomorrow";
  if (distance === -1) return "Yesterday";
  if (distance > 1 && distance < 7) return WEEKDAYS[weekday(day)]!;
  return shortDate(day, today);
}

/** "Tomorrow, 17:00"; with `weekday` a far day's too: "Tue 12 Jan 2027". */
export function dueLabel(due: LocalDue, today: string, { weekday: named = false } = {}): string {
  const plain = dayLabel(due.date, today);
  const day = named && plain === shortDate(due.date, today) ? `${WEEKDAYS[weekday(due.date)]} ${plain}` : plain;
  return due.time ? `${day}, ${due.time}` : day;
}

/** A heading for a day's group: "Tomorrow · Mon 23 Nov". */
export function dayHeading(day: string, today: string): { name: string; detail: string } {
  const date = shortDate(day, today);
  const distance = daysBetween(today, day);
  if (distance === 0 || distance === 1) return { name: dayLabel(day, today), detail: `${WEEKDAYS[weekday(day)]} ${date}` };
  return { name: LONG_WEEKDAYS[weekday(day)]!, detail: date };
}

/** "Sunday 22 November"-like line for the top of Today. */
export function longDate(day: string): string {
  return atNoon(day).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}

/** "just now", "5 min ago", "14:05", "Mon 23 Nov": when something happened. */
export function momentLabel(at: string, now: Date): string {
  const instant = new Date(at);
  const minutes = Math.round((now.getTime() - instant.getTime()) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const day = dayOf(instant);
  const today = dayOf(now);
  return day === today ? `${two(instant.getHours())}:${two(instant.getMinutes())}` : dayLabel(day, today);
}

/** The time of day of an instant, here. */
export function timeLabel(at: string): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
