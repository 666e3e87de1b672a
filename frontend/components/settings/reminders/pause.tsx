"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/field";
import type { ReminderSettings } from "@/lib/api/reminders";
import { addDays, dayOf, dueLabel, nextMonday } from "@/lib/tasks/dates";
import type { Here } from "@/lib/tasks/views";
import { Row } from "./rows";

interface PauseProps {
  settings: ReminderSettings;
  here: Here;
  onChange: (changed: Partial<ReminderSettings>) => void;
}

const MORNING = "08:00";
const OWN = "own";

function inAnHour(now: Date): string {
  const then = new Date(now.getTime() + 3_600_000);
  return `${dayOf(then)}T${then.toTimeString().slice(0, 5)}`;
}

/** Hold all reminders back for a while. */
export function Pause({ settings, here, onChange }: PauseProps) {
  const [own, setOwn] = useState("");
  const [asking, setAsking] = useState(false);
  const until = settings.paused_until;
  const paused = until !== null && until > `${here.today}T${here.now.toTimeString().slice(0, 5)}`;
  const set = (moment: string) => {
    setAsking(moment === OWN);
    if (moment && moment !== OWN) onChange({ paused_until: moment });
  };
  const [date = "", time = ""] = (until ?? "").split("T");
  return (
    <Row title="Pause" detail="All reminders wait until it is over, then they come.">
      {paused ? (
        <p className="flex flex-wrap items-center gap-3 text-sm">
          Paused until {dueLabel({ date, time: time.slice(0, 5) }, here.today)}.
          <Button size="small" onClick={() => onChange({ paused_until: null })}>
            Resume now
          </Button>
        </p>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Select aria-label="Pause reminders" value={asking ? OWN : ""} onChange={(event) => set(event.target.value)} className="w-56 max-sm:w-full">
            <option value="">Not paused</option>
            <option value={inAnHour(here.now)}>For an hour</option>
            <option value={`${addDays(here.today, 1)}T${MORNING}`}>Until tomorrow, {MORNING}</option>
            <option value={`${nextMonday(here.today)}T${MORNING}`}>Until Monday, {MORNING}</option>
            <option value={OWN}>Until…</option>
          </Select>
          {asking && (
            <>
              <Input aria-label="Paused until" type="datetime-local" min={`${here.today}T00:00`} value={own} onChange={(event) => setOwn(event.target.value)} className="w-56" />
              <Button
                size="small"
                disabled={!own}
                onClick={() => {
                  setAsking(false);
                  onChange({ paused_until: own.slice(0, 16) });
                }}
              >
                Pause
              </Button>
            </>
          )}
        </div>
      )}
    </Row>
  );
}
