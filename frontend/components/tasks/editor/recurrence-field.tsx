"use client";

import { useId, useState } from "react";
import { Input, Label, Select } from "@/components/ui/field";
import { dayCode, dayName, DAYS, formatRule, parseRule, ruleLabel, unitName, type Repeat } from "@/lib/tasks/recurrence";
import type { FieldsProps } from "./schedule-fields";

const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;
const CUSTOM = "custom";
const MOST = 999;

/** How often: the usual rules in one list, and a small form for the others. */
export function RecurrenceField({ values, set, here }: FieldsProps) {
  const id = useId();
  const date = values.date || here.today;
  const usual = ["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", `FREQ=WEEKLY;BYDAY=${dayCode(date)}`, "FREQ=MONTHLY", "FREQ=YEARLY"];
  const [custom, setCustom] = useState(false);
  const options = values.recurrence && !usual.includes(values.recurrence) ? [...usual, values.recurrence] : usual;
  const choose = (rule: string) => {
    setCustom(rule === CUSTOM);
    if (rule === CUSTOM) set({ recurrence: values.recurrence || "FREQ=WEEKLY", date });
    else set(rule ? { recurrence: rule, date } : { recurrence: "" });
  };
  const repeat = custom ? parseRule(values.recurrence) : null;
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={`${id}-repeat`}>Repeat</Label>
      <Select id={`${id}-repeat`} value={custom ? CUSTOM : values.recurrence} onChange={(event) => choose(event.target.value)}>
        <option value="">Does not repeat</option>
        {options.map((rule) => (
          <option key={rule} value={rule}>
            {ruleLabel(rule)}
          </option>
        ))}
        <option value={CUSTOM}>Custom…</option>
      </Select>
      {values.recurrence && (
        <Select
          aria-label="Count from"
          value={values.fromCompletion ? "completion" : "due"}
          onChange={(event) => set({ fromCompletion: event.target.value === "completion" })}
        >
          <option value="due">from the due date</option>
          <option value="completion">after completion</option>
        </Select>
      )}
      {repeat && <CustomRule repeat={repeat} onChange={(next) => set({ recurrence: formatRule(next) })} />}
    </div>
  );
}

function CustomRule({ repeat, onChange }: { repeat: Repeat; onChange: (repeat: Repeat) => void }) {
  const toggle = (day: string) => {
    const days = repeat.days.includes(day) ? repeat.days.filter((known) => known !== day) : [...repeat.days, day];
    onChange({ ...repeat, days });
  };
  return (
    <fieldset className="mt-1 flex flex-col gap-2">
      <legend className="sr-only">Custom repeat</legend>
      <div className="flex items-center gap-2 text-sm text-muted">
        every
        <Input
          aria-label="Interval"
          type="number"
          min={1}
          max={MOST}
          className="w-16 px-2"
          value={repeat.interval}
          onChange={(event) => onChange({ ...repeat, interval: Math.min(Math.max(Number(event.target.value) || 1, 1), MOST) })}
        />
        <Select
          aria-label="Unit"
          className="flex-1"
          value={repeat.frequency}
          onChange={(event) => onChange({ ...repeat, frequency: event.target.value as Repeat["frequency"], days: [], rest: [] })}
        >
          {FREQUENCIES.map((frequency) => (
            <option key={frequency} value={frequency}>
              {unitName(frequency, repeat.interval)}
            </option>
          ))}
        </Select>
      </div>
      {repeat.frequency === "WEEKLY" && (
        <div className="flex gap-1">
          {DAYS.map((day) => (
            <button
              key={day}
              type="button"
              aria-pressed={repeat.days.includes(day)}
              onClick={() => toggle(day)}
              className="h-8 min-w-0 flex-1 rounded-md border border-line-strong text-xs text-muted transition-colors hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text max-md:h-11"
            >
              {dayName(day)}
            </button>
          ))}
        </div>
      )}
    </fieldset>
  );
}
