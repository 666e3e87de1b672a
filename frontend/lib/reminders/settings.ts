"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { readReminderSettings, REMINDER_SETTINGS, type Reminder } from "@/lib/api/reminders";
import { createStore } from "@/lib/shell/store";

/** The user's default reminders, for the many rows that show what they come to. */
export const reminderDefaults = createStore<Reminder[]>([]);

/** The user's reminder settings; one that is not there yet, or never on an older server, leaves the default empty. */
export function useReminderSettings() {
  const settings = useQuery({ queryKey: REMINDER_SETTINGS, queryFn: ({ signal }) => readReminderSettings(signal) });
  useEffect(() => {
    if (settings.data) reminderDefaults.set(settings.data.default);
  }, [settings.data]);
  return settings;
}
