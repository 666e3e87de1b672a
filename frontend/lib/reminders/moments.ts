import type { Reminder } from "@/lib/api/reminders";
import type { Task } from "@/lib/api/types";
import { addDays } from "@/lib/tasks/dates";
import { readDuration } from "./durations";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const made = new Intl.DateTimeFormat("en-US", { ...fields, timeZone: zone, hourCycle: "h23" });
  formats.set(zone, made);
  return made;
}

/** How far the clocks of `zone` are ahead of UTC at `instant`, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(formatFor(zone).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The instant of a wall-clock `YYYY-MM-DDTHH:MM` in an IANA zone; in the gap of a clock change, as if it had not come yet. */
export function instantOf(wall: string, zone: string): Date {
  const asUtc = Date.parse(`${wall.slice(0, 16)}:00Z`);
  const near = asUtc - offsetAt(asUtc, zone);
  const exact = asUtc - offsetAt(near, zone);
  return new Date(offsetAt(exact, zone) === offsetAt(near, zone) ? exact : near);
}

type Timed = Pick<Task, "due" | "due_at" | "timezone">;

/** True if the task has a time, from which reminders can count. */
export const hasTime = (task: Pick<Task, "due">): boolean => task.due?.includes("T") ?? false;

/** When a reminder of the task comes; null for one that counts from a time which the task does not have. */
export function momentOf(reminder: Reminder, task: Timed, zone: string): Date | null {
  if (reminder.at) return instantOf(reminder.at, reminder.zone ?? task.timezone ?? zone);
  const before = readDuration(reminder.before ?? "");
  if (!before || !task.due || !hasTime(task)) return null;
  const own = task.timezone ?? zone;
  const [date = "", time = ""] = task.due.split("T");
  const from = before.days > 0 || !task.due_at ? instantOf(`${addDays(date, -before.days)}T${time}`, own) : new Date(task.due_at);
  return new Date(from.getTime() - before.minutes * 60_000);
}

/** The next moment at which an open task reminds, by its own reminders or else the default ones. */
export function nextMoment(task: Task, defaults: Reminder[], zone: string, now: Date): Date | null {
  if (task.status !== "open") return null;
  const moments = (task.reminders ?? defaults).flatMap((reminder) => momentOf(reminder, task, zone) ?? []);
  const ahead = moments.filter((moment) => moment > now).sort((a, b) => a.getTime() - b.getTime());
  return ahead[0] ?? null;
}
