"use client";

import { useEffect, useId, useState } from "react";
import { Input } from "@/components/ui/field";

interface TimeOfDayProps {
  label: string;
  /** The label's words where they stand alone. */
  name: string;
  value: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** A time of day, kept once the field is left or Enter is pressed: half a time is none. */
export function TimeOfDay({ label, name, value, disabled, onChange }: TimeOfDayProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const keep = () => {
    if (!typed) setTyped(value);
    else if (typed !== value) onChange(typed);
  };
  return (
    <label htmlFor={id} className="flex items-center gap-2 text-sm text-muted">
      <span aria-hidden>{label}</span>
      <Input
        id={id}
        aria-label={name}
        type="time"
        value={typed}
        disabled={disabled}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={keep}
        onKeyDown={(event) => event.key === "Enter" && keep()}
        className="w-32"
      />
    </label>
  );
}
