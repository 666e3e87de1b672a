"use client";

import { useId } from "react";
import { Input, Label } from "@/components/ui/field";
import { addDays, nextMonday } from "@/lib/tasks/dates";
import type { EditValues } from "@/lib/tasks/edit";
import type { Here } from "@/lib/tasks/views";

export interface FieldsProps {
  values: EditValues;
  set: (changed: Partial<EditValues>) => void;
  here: Here;
}

function Shortcut({ label, active, onPick }: { label: string; active: boolean; onPick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={active}
      onClick={onPick}
      className="h-7 rounded-full border border-line-strong px-2.5 text-[0.8125rem] text-muted transition-colors hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text max-md:h-11 max-md:px-4"
    >
      {label}
    </button>
  );
}

/** The day with its shortcuts, and the time; a task without a day has no time. */
export function ScheduleFields({ values, set, here, recurring }: FieldsProps & { recurring: boolean }) {
  const id = useId();
  const days = [
    { label: "Today", date: here.today },
    { label: "Tomorrow", date: addDays(here.today, 1) },
    { label: "Next week", date: nextMonday(here.today) },
  ];
  return (
    <div className="flex flex-col gap-2.5 sm:col-span-2">
      <div className="grid grid-cols-2 gap-4">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-date`}>Date</Label>
          <Input
            id={`${id}-date`}
            type="date"
            max="9999-12-31"
            required={recurring}
            value={values.date}
            onChange={(event) => set(event.target.value ? { date: event.target.value } : { date: "", time: "" })}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-time`}>Time</Label>
          <Input
            id={`${id}-time`}
            type="time"
            value={values.time}
            onChange={(event) => set({ time: event.target.value, date: values.date || here.today })}
          />
        </div>
      </div>
      <div className="flex flex-wrap gap-1.5">
        {days.map(({ label, date }) => (
          <Shortcut key={label} label={label} active={values.date === date} onPick={() => set({ date })} />
        ))}
        {!recurring && <Shortcut label="No date" active={!values.date} onPick={() => set({ date: "", time: "" })} />}
      </div>
    </div>
  );
}
