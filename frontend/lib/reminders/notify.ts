"use client";

import { chime } from "./sound";
import type { Notice } from "./notice";

const ACTIONS = [
  { action: "done", title: "Done" },
  { action: "snooze10", title: "10 minutes" },
  { action: "tomorrow", title: "Tomorrow" },
];

/** Actions are of workers' notifications alone, so the browser's type leaves them out. */
type WorkerNotification = NotificationOptions & { actions: typeof ACTIONS };

export const mayNotify = (): boolean => "Notification" in window && Notification.permission === "granted";

/** Tell of reminders on this computer: by a sound if wanted, and a notification each where that was allowed. */
export async function tellHere(notices: Notice[], { sound }: { sound: boolean }): Promise<void> {
  const played = sound && (await chime());
  if (mayNotify()) for (const notice of notices) await show(notice, !sound || played);
}

/** The same form as the worker gives to what is pushed, under the same tag: whichever comes second shows nothing new. */
async function show(notice: Notice, silent: boolean): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  const url = notice.task_id ? `/?task=${notice.task_id}` : "/";
  const data = { id: notice.id, url, task_id: notice.task_id, title: notice.title, tokens: {} };
  const options: WorkerNotification = { body: notice.body, tag: notice.id, silent, data, icon: "/icon.svg", actions: notice.task_id ? ACTIONS : [] };
  await registration?.showNotification(notice.title, options);
}

/** Take a reminder's notification away: it needs no answer any more. */
export async function withdraw(id: string): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications({ tag: id })) ?? []) shown.close();
}
