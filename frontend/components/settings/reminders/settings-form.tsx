"use client";

import { AddReminder } from "@/components/reminders/add-reminder";
import { ReminderRows } from "@/components/reminders/reminder-rows";
import { Button } from "@/components/ui/button";
import type { ReminderSettings } from "@/lib/api/reminders";
import { chime } from "@/lib/reminders/sound";
import { toast } from "@/lib/shell/toasts";
import { useHere } from "@/lib/tasks/here";
import { Pause } from "./pause";
import { Check, Row } from "./rows";
import { TimeOfDay } from "./time-of-day";

interface SettingsFormProps {
  settings: ReminderSettings;
  onChange: (changed: Partial<ReminderSettings>) => void;
}

const QUIET = { quiet_from: "22:00", quiet_to: "07:00" };
const MOST = 20;

export function SettingsForm({ settings, onChange }: SettingsFormProps) {
  const here = useHere();
  const quiet = settings.quiet_from !== null && settings.quiet_to !== null;
  const tryOut = async () => {
    if (!(await chime())) toast("This browser plays no sound here.", { tone: "error" });
  };
  return (
    <div className="divide-y rounded-2xl border bg-surface">
      <Row title="Tasks with a time" detail="For tasks that have no reminders of their own.">
        {settings.default.length > 0 ? (
          <ReminderRows reminders={settings.default} here={here} onChange={(next) => onChange({ default: next })} />
        ) : (
          <p className="text-sm text-muted">No reminder.</p>
        )}
        {settings.default.length < MOST && (
          <AddReminder
            here={here}
            onAdd={(added) => settings.default.some(({ before }) => before === added.before) || onChange({ default: [...settings.default, added] })}
          />
        )}
      </Row>
      <Row title="Daily digest" detail="What is due today and what is overdue; nothing comes where there is nothing to tell.">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Check label="Send it each day" checked={settings.digest_on} onChange={(on) => onChange({ digest_on: on })} />
          <TimeOfDay label="At" name="Time of the digest" value={settings.digest_at} disabled={!settings.digest_on} onChange={(at) => onChange({ digest_at: at })} />
        </div>
      </Row>
      <Row title="Quiet hours" detail="Only urgent reminders come then; the others follow after.">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Check label="Keep quiet hours" checked={quiet} onChange={(on) => onChange(on ? QUIET : { quiet_from: null, quiet_to: null })} />
          {quiet && (
            <>
              <TimeOfDay label="From" name="Quiet from" value={settings.quiet_from!} onChange={(at) => onChange({ quiet_from: at })} />
              <TimeOfDay label="to" name="Quiet to" value={settings.quiet_to!} onChange={(at) => onChange({ quiet_to: at })} />
            </>
          )}
        </div>
      </Row>
      <Pause settings={settings} here={here} onChange={onChange} />
      <Row title="Sound" detail="On the open page. A notification makes the sound of your system.">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <Check label="Make a sound" checked={settings.sound} onChange={(on) => onChange({ sound: on })} />
          <Button size="small" onClick={() => void tryOut()}>
            Hear it
          </Button>
        </div>
      </Row>
    </div>
  );
}
