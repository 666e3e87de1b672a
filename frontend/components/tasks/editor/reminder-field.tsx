"use client";

import { AddReminder } from "@/components/reminders/add-reminder";
import { ReminderRows } from "@/components/reminders/reminder-rows";
import { Button } from "@/components/ui/button";
import type { Reminder } from "@/lib/api/reminders";
import { readDuration } from "@/lib/reminders/durations";
import { reminderDefaults } from "@/lib/reminders/settings";
import { remindersPhrase } from "@/lib/reminders/words";
import { useStore } from "@/lib/shell/store";
import type { FieldsProps } from "./schedule-fields";

/** The server takes as many for one task. */
const MOST = 20;

const whenOf = ({ before, at, zone }: Reminder): string => JSON.stringify(at ? [at, zone] : readDuration(before ?? ""));

/** When the task reminds: as the settings say, at times of its own, or not at all. */
export function ReminderField({ values, set, here }: FieldsProps) {
  const defaults = useStore(reminderDefaults);
  const { reminders } = values;
  const timed = Boolean(values.date && values.time);
  const own = reminders ?? (timed ? defaults : []);
  const task = { due: values.date ? values.date + (values.time ? `T${values.time}` : "") : null, due_at: null, timezone: here.zone };
  const add = (reminder: Reminder) => {
    if (!own.some((known) => whenOf(known) === whenOf(reminder))) set({ reminders: [...own, reminder] });
  };
  return (
    <fieldset className="flex flex-col gap-2 sm:col-span-2">
      <legend className="mb-1.5 text-[0.8125rem] font-medium text-muted">Reminders</legend>
      {reminders && reminders.length > 0 && (
        <ReminderRows reminders={reminders} here={here} task={task} onChange={(next) => set({ reminders: next })} />
      )}
      {!reminders?.length && <p className="text-sm text-muted">{explain(reminders, defaults, values, here)}</p>}
      <div className="flex flex-wrap items-start gap-2">
        {own.length < MOST && <AddReminder here={here} moments offsets={timed} onAdd={add} />}
        {reminders !== null && (
          <Button variant="ghost" size="small" onClick={() => set({ reminders: null })}>
            As in the settings
          </Button>
        )}
        {(reminders === null ? timed : reminders.length > 0) && (
          <Button variant="ghost" size="small" onClick={() => set({ reminders: [] })}>
            No reminder
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function explain(reminders: Reminder[] | null, defaults: Reminder[], { date, time }: FieldsProps["values"], here: FieldsProps["here"]): string {
  if (reminders) return "None for this task.";
  if (date && time) return `As in the settings: ${remindersPhrase(defaults, here)}.`;
  return date ? "A day alone is told in the daily digest; give it a time, or a reminder of its own." : "None: there is no time to remind at.";
}
