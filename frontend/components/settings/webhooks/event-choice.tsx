"use client";

import type { WebhookEvent } from "@/lib/api/webhooks";
import { Check } from "../reminders/rows";

const EVENTS: [WebhookEvent, string][] = [
  ["task.created", "Task added"],
  ["task.updated", "Task changed"],
  ["task.completed", "Task done"],
  ["task.reopened", "Task reopened"],
  ["task.deleted", "Task deleted"],
  ["reminder.due", "Reminder due"],
];

/** All events, as a new webhook hears them. */
export const ALL: WebhookEvent[] = EVENTS.map(([event]) => event);

/** "Task added, Reminder due", or that it hears all of them. */
export function eventsLabel(events: WebhookEvent[]): string {
  if (events.length === EVENTS.length) return "All events";
  return EVENTS.filter(([event]) => events.includes(event))
    .map(([, label]) => label)
    .join(", ");
}

interface EventChoiceProps {
  chosen: WebhookEvent[];
  onChange: (chosen: WebhookEvent[]) => void;
}

export function EventChoice({ chosen, onChange }: EventChoiceProps) {
  const toggle = (event: WebhookEvent, on: boolean) => onChange(ALL.filter((one) => (one === event ? on : chosen.includes(one))));
  return (
    <fieldset>
      <legend className="text-sm font-medium">Events</legend>
      <div className="mt-1 grid grid-cols-2 gap-x-3 sm:grid-cols-3">
        {EVENTS.map(([event, label]) => (
          <Check key={event} label={label} checked={chosen.includes(event)} onChange={(on) => toggle(event, on)} />
        ))}
      </div>
    </fieldset>
  );
}
