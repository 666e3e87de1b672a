import { errorFrom, tracedFetch } from "./http";
import type { Task } from "./types";
import type { Written } from "./tasks";

export type ChannelKind = "page" | "push" | "email" | "apprise";

/** Repeated `every` so long (ISO 8601) until the task is done, `times` at most, not after `until` (wall clock). */
export interface Again {
  every: string;
  until?: string | null;
  times?: number;
}

/** So long `before` the task's time (ISO 8601), or `at` a wall-clock moment in `zone`. */
export interface Reminder {
  before?: string | null;
  at?: string | null;
  zone?: string | null;
  again?: Again | null;
  channels?: ChannelKind[] | null;
  urgent?: boolean;
  /** A snooze made it: the next one takes its place. */
  snooze?: boolean;
}

/** Times of day are `HH:MM`, `paused_until` is `YYYY-MM-DDTHH:MM`, all on the clocks of the user's zone. */
export interface ReminderSettings {
  default: Reminder[];
  digest_on: boolean;
  digest_at: string;
  quiet_from: string | null;
  quiet_to: string | null;
  paused_until: string | null;
  sound: boolean;
}

/** One thing that will be sent: at an instant, which is `local` in `zone`. */
export interface Coming {
  id: string;
  task_id: string;
  number: number;
  title: string;
  at: string;
  local: string;
  zone: string;
  /** Null: all that are on. */
  channels: ChannelKind[] | null;
  urgent: boolean;
  /** The instant to which quiet hours or a pause put it off. */
  held_until: string | null;
}

export interface ComingPage {
  items: Coming[];
  next_cursor: string | null;
}

/** The queries' keys. */
export const REMINDER_SETTINGS = ["reminders", "settings"] as const;
export const COMING = ["reminders", "coming"] as const;

const SETTINGS_FIELDS = ["default", "digest_on", "digest_at", "quiet_from", "quiet_to", "paused_until", "sound"] as const;

/** An answer's JSON and its response. Raises ApiError for any that is not a success. */
export async function ask<Value>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<{ value: Value; response: Response }> {
  const headers = body === undefined ? undefined : { "content-type": "application/json" };
  const response = await tracedFetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store", signal });
  const text = await response.text();
  if (!response.ok) throw errorFrom(response.status, text);
  return { value: (text ? JSON.parse(text) : null) as Value, response };
}

export async function readReminderSettings(signal?: AbortSignal): Promise<ReminderSettings> {
  return (await ask<ReminderSettings>("GET", "/api/reminders/settings", undefined, signal)).value;
}

export async function saveReminderSettings(settings: ReminderSettings): Promise<Written<ReminderSettings>> {
  const body = Object.fromEntries(SETTINGS_FIELDS.map((name) => [name, settings[name]]));
  const { value, response } = await ask<ReminderSettings>("PUT", "/api/reminders/settings", body);
  return { value, undoToken: response.headers.get("Undo-Token") };
}

export async function readComing(cursor: string | null, signal?: AbortSignal): Promise<ComingPage> {
  const query = new URLSearchParams({ limit: "50", ...(cursor ? { cursor } : {}) });
  return (await ask<ComingPage>("GET", `/api/reminders/upcoming?${query}`, undefined, signal)).value;
}

export type Snooze = { minutes: number } | { until: string } | { tomorrow: true };

/** Remind again of a task then. */
export async function snoozeTask(id: string, snooze: Snooze): Promise<Written<Task>> {
  const { value, response } = await ask<Task>("POST", `/api/tasks/${encodeURIComponent(id)}/snooze`, snooze);
  return { value, undoToken: response.headers.get("Undo-Token") };
}
