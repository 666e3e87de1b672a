"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label, Select } from "@/components/ui/field";
import type { Reminder } from "@/lib/api/reminders";
import { writeDuration } from "@/lib/reminders/durations";
import { instantOf } from "@/lib/reminders/moments";
import { OFFSETS, offsetLabel } from "@/lib/reminders/words";
import type { Here } from "@/lib/tasks/views";

const CUSTOM = "custom";
const MOMENT = "moment";
const UNITS = {
  minutes: (count: number) => ({ days: 0, minutes: count }),
  hours: (count: number) => ({ days: 0, minutes: 60 * count }),
  days: (count: number) => ({ days: count, minutes: 0 }),
  weeks: (count: number) => ({ days: 7 * count, minutes: 0 }),
};
type Unit = keyof typeof UNITS;
/** The server takes up to 366 days. */
const MOST: Record<Unit, number> = { minutes: 527_040, hours: 8_784, days: 366, weeks: 52 };

interface AddReminderProps {
  here: Here;
  /** Offer a day and time of its own too. */
  moments?: boolean;
  /** Offer offsets: there is, or will be, a time to count from. */
  offsets?: boolean;
  onAdd: (reminder: Reminder) => void;
}

/** One more reminder: a usual offset at once, any other or a moment of its own by a small form. */
export function AddReminder({ here, moments = false, offsets = true, onAdd }: AddReminderProps) {
  const [form, setForm] = useState<typeof CUSTOM | typeof MOMENT | null>(null);
  const pick = (choice: string) => {
    if (choice === CUSTOM || choice === MOMENT) return setForm(choice);
    if (choice) onAdd({ before: choice });
  };
  const add = (reminder: Reminder) => {
    setForm(null);
    onAdd(reminder);
  };
  return (
    <div className="contents">
      <Select aria-label="Add a reminder" value="" onChange={(event) => pick(event.target.value)} className="sm:w-56">
        <option value="">Add a reminder…</option>
        {offsets && OFFSETS.map((before) => (
          <option key={before} value={before}>
            {offsetLabel(before)}
          </option>
        ))}
        {offsets && <option value={CUSTOM}>Some other time before…</option>}
        {moments && <option value={MOMENT}>On a day and time…</option>}
      </Select>
      {form === CUSTOM && <OffsetForm onAdd={add} onClose={() => setForm(null)} />}
      {form === MOMENT && <MomentForm here={here} onAdd={add} onClose={() => setForm(null)} />}
    </div>
  );
}

interface FormProps {
  onAdd: (reminder: Reminder) => void;
  onClose: () => void;
}

function OffsetForm({ onAdd, onClose }: FormProps) {
  const [count, setCount] = useState("15");
  const [unit, setUnit] = useState<Unit>("minutes");
  const [problem, setProblem] = useState("");
  const id = useId();
  const add = () => {
    const number = Number(count);
    if (!Number.isInteger(number) || number < 1 || number > MOST[unit]) return setProblem(`Give a whole number from 1 to ${MOST[unit]} of ${unit}.`);
    onAdd({ before: writeDuration(UNITS[unit](number)) });
  };
  return (
    <Small legend="Some other time before" problem={problem} problemId={`${id}-problem`} onAdd={add} onClose={onClose}>
      <Input aria-label="How many" type="number" min={1} value={count} autoFocus className="w-24" aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined} onChange={(event) => setCount(event.target.value)}
      />
      <Select aria-label="Unit" value={unit} onChange={(event) => setUnit(event.target.value as Unit)} className="w-32">
        {Object.keys(UNITS).map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </Select>
      <span className="text-sm text-muted">before</span>
    </Small>
  );
}

function MomentForm({ here, onAdd, onClose }: FormProps & { here: Here }) {
  const [date, setDate] = useState(here.today);
  const [time, setTime] = useState("");
  const [problem, setProblem] = useState("");
  const id = useId();
  const add = () => {
    if (!date || !time) return setProblem("Give a day and a time.");
    const at = `${date}T${time}`;
    if (instantOf(at, here.zone) <= new Date()) return setProblem("That has passed; give a moment to come.");
    onAdd({ at, zone: here.zone });
  };
  return (
    <Small legend="On a day and time" problem={problem} problemId={`${id}-problem`} onAdd={add} onClose={onClose}>
      <Label htmlFor={`${id}-day`} className="sr-only">
        Day of the reminder
      </Label>
      <Input id={`${id}-day`} type="date" max="9999-12-31" min={here.today} value={date} autoFocus className="w-40"
        aria-describedby={problem ? `${id}-problem` : undefined} onChange={(event) => setDate(event.target.value)}
      />
      <Label htmlFor={`${id}-time`} className="sr-only">
        Time of the reminder
      </Label>
      <Input id={`${id}-time`} type="time" value={time} className="w-32" aria-describedby={problem ? `${id}-problem` : undefined}
        onChange={(event) => setTime(event.target.value)}
      />
    </Small>
  );
}

interface SmallProps {
  legend: string;
  problem: string;
  problemId: string;
  onAdd: () => void;
  onClose: () => void;
  children: React.ReactNode;
}

/** A form inside a form: Enter adds the reminder, and saves nothing around it. */
function Small({ legend, problem, problemId, onAdd, onClose, children }: SmallProps) {
  return (
    <fieldset
      className="order-last flex w-full flex-wrap items-center gap-2"
      onKeyDown={(event) => {
        if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement)) {
          event.preventDefault();
          event.stopPropagation();
          onAdd();
        } else if (event.key === "Escape") {
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <legend className="sr-only">{legend}</legend>
      {children}
      <Button size="small" onClick={onAdd}>
        Add
      </Button>
      <Button size="small" variant="ghost" onClick={onClose}>
        Cancel
      </Button>
      <div role="alert" className="w-full empty:hidden">
        {problem && <FieldError id={problemId}>{problem}</FieldError>}
      </div>
    </fieldset>
  );
}
