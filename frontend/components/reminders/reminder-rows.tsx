"use client";

import { Bell, X } from "lucide-react";
import { Select } from "@/components/ui/field";
import type { Reminder } from "@/lib/api/reminders";
import type { Task } from "@/lib/api/types";
import { momentOf } from "@/lib/reminders/moments";
import { paceLabel, PACES, reminderLabel } from "@/lib/reminders/words";
import type { Here } from "@/lib/tasks/views";

interface ReminderRowsProps {
  reminders: Reminder[];
  here: Here;
  /** The task's time, to tell which of them will not come; without it none is judged. */
  task?: Pick<Task, "due" | "due_at" | "timezone">;
  onChange: (reminders: Reminder[]) => void;
}

/** Why a reminder will not come, if so. */
function trouble(reminder: Reminder, task: ReminderRowsProps["task"], here: Here): string {
  if (!task) return "";
  const moment = momentOf(reminder, task, here.zone);
  if (!moment) return "needs a time";
  return moment <= here.now && !reminder.again ? "has passed" : "";
}

/** Reminders one by one, each with how often it repeats, whether it is urgent, and a way to take it off. */
export function ReminderRows({ reminders, here, task, onChange }: ReminderRowsProps) {
  const change = (index: number, changed: Partial<Reminder>) => onChange(reminders.with(index, { ...reminders[index]!, ...changed }));
  return (
    <ul aria-label="Reminders" className="flex flex-col gap-1.5">
      {reminders.map((reminder, index) => (
        <ReminderRow
          key={JSON.stringify([reminder.before, reminder.at, reminder.zone, index])}
          reminder={reminder}
          label={reminderLabel(reminder, here)}
          trouble={trouble(reminder, task, here)}
          onChange={(changed) => change(index, changed)}
          onRemove={() => onChange(reminders.filter((_, place) => place !== index))}
        />
      ))}
    </ul>
  );
}

interface ReminderRowProps {
  reminder: Reminder;
  label: string;
  trouble: string;
  onChange: (changed: Partial<Reminder>) => void;
  onRemove: () => void;
}

function ReminderRow({ reminder, label, trouble, onChange, onRemove }: ReminderRowProps) {
  const pace = reminder.again?.every ?? "";
  const paces: string[] = PACES.some((known) => known === pace) ? [...PACES] : [...PACES, pace];
  const repeat = (every: string) => onChange({ again: every ? { ...reminder.again, every } : null });
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg bg-hover py-1 pr-1 pl-2.5 text-sm">
      <Bell aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className="min-w-32 flex-1 break-words">
        {label}
        {reminder.snooze && <span className="text-muted"> · snoozed</span>}
        {trouble && <span className="text-warning-ink"> · {trouble}</span>}
      </span>
      <Select aria-label={`${label}: repeat`} value={pace} onChange={(event) => repeat(event.target.value)} className="w-52 max-sm:w-full">
        {paces.map((every) => (
          <option key={every} value={every}>
            {paceLabel(every)}
          </option>
        ))}
      </Select>
      <label className="flex h-8 items-center gap-1.5 px-1 text-[0.8125rem] text-muted max-md:h-11">
        <input
          type="checkbox"
          aria-label={`${label}: urgent, also in quiet hours`}
          checked={reminder.urgent ?? false}
          onChange={(event) => onChange({ urgent: event.target.checked })}
          className="size-4 accent-(--accent)"
        />
        Urgent
      </label>
      <button
        type="button"
        aria-label={`Remove the reminder ${label}`}
        onClick={onRemove}
        className="ml-auto grid size-8 place-items-center rounded-lg text-muted hover:bg-hover hover:text-ink max-md:size-11"
      >
        <X className="size-4" />
      </button>
    </li>
  );
}
